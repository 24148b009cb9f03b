import { AwkProblem } from './awk-syntax.ts';

/** Deeper nesting than any program has. */
const deepest = 60;
const tokens =
  /\s*(?:(#[^\n]*)|("(?:[^"\\\n]|\\[\s\S])*")|(0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(\n)|(\*\*|>>|\+\+|--|&&|\|\||[-+*/%^<>=!]=|!~|[-+*/%^<>=!~?:,;(){}[\]$|]))/y;

/** The words of a program of awk, read one after the other. */
export class AwkTokens {
  readonly #text: string;
  protected place = 0;
  protected token = '';
  protected kind: 'text' | 'number' | 'name' | 'operator' | 'end' = 'end';
  #depth = 0;

  protected readonly isBusybox: boolean;

  constructor(text: string, isBusybox: boolean) {
    this.#text = text;
    this.isBusybox = isBusybox;
    this.next();
  }

  protected next(): void {
    for (;;) {
      tokens.lastIndex = this.place;
      // Lines end statements: a line end is a token unless something goes on.
      const blank = /[ \t\r]*(\\\n)?/y;
      blank.lastIndex = this.place;
      blank.test(this.#text);
      this.place = Math.max(this.place, blank.lastIndex);
      if (this.place >= this.#text.length) {
        [this.kind, this.token] = ['end', ''];
        return;
      }
      if (this.#text[this.place] === '\n') {
        this.place += 1;
        [this.kind, this.token] = ['operator', '\n'];
        return;
      }
      tokens.lastIndex = this.place;
      const match = tokens.exec(this.#text);
      if (!match) throw this.#unknown();
      this.place += match[0].length;
      const [, comment, text, number, name, , operator = ''] = match;
      if (comment !== undefined) continue;
      if (text !== undefined) [this.kind, this.token] = ['text', unescaped(text.slice(1, -1))];
      else if (number !== undefined) [this.kind, this.token] = ['number', number];
      else if (name !== undefined) [this.kind, this.token] = ['name', name];
      else [this.kind, this.token] = ['operator', operator];
      return;
    }
  }

  /** Whether the statement ends here. */
  protected get isEnd(): boolean {
    return this.kind === 'end' || (this.kind === 'operator' && ['\n', ';', '}'].includes(this.token));
  }

  protected isWord(word: string): boolean {
    return this.kind === 'name' && this.token === word;
  }

  protected skip(): void {
    while (this.kind === 'operator' && (this.token === '\n' || this.token === ';')) this.next();
  }

  protected take(operator: string): boolean {
    if (this.kind !== 'operator' || this.token !== operator) return false;
    this.next();
    if (operator === ',' || operator === '{') this.skipLines();
    return true;
  }

  /** Goes on with the next line, where a statement cannot end. */
  protected skipLines(): void {
    while (this.kind === 'operator' && this.token === '\n') this.next();
  }

  protected demand(operator: string): void {
    if (!this.take(operator)) throw this.problem();
  }

  protected enter(): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new AwkProblem('program too deep');
  }

  protected problem(token = this.token): AwkProblem {
    if (this.isBusybox) return new AwkProblem('Unexpected token');
    return new AwkProblem(
      `syntax error at or near ${token === '\n' || token === '' ? 'end of line' : token}`,
    );
  }

  /** What is said of a character that begins nothing: a text without an end, or none at all. */
  #unknown(): AwkProblem {
    const rest = this.#text.slice(this.place);
    if (!rest.startsWith('"')) return this.problem(rest.charAt(0));
    return new AwkProblem(
      this.isBusybox ? 'Unexpected end of string' : `runaway string constant ${rest.split('\n', 1)[0]} ...`,
    );
  }

  protected leave(): void {
    this.#depth -= 1;
  }

  /** What follows, when it begins so. */
  protected ahead(pattern: RegExp): RegExpExecArray | null {
    return pattern.exec(this.#text.slice(this.place, this.place + 200));
  }

  /** The regular expression whose first slash is the token. */
  protected pattern(): string {
    const start = this.#text.lastIndexOf('/', this.place - 1) + 1;
    const match = /(?:[^/\\\n[]|\\[\s\S]|\[\^?\]?(?:\[:\w+:\]|[^\]])*\])*\//y;
    match.lastIndex = start;
    const found = match.exec(this.#text);
    if (!found) throw new AwkProblem('unterminated regular expression');
    this.place = start + found[0].length;
    this.next();
    return found[0].slice(0, -1).replaceAll('\\/', '/');
  }
}

function unescaped(text: string): string {
  const known: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '"': '"',
    '\\': '\\',
    '/': '/',
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
  };
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g,
    (whole, octal?: string, hex?: string, letter = '') => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return known[letter] ?? whole;
    },
  );
}
