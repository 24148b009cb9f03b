import { type Cursor, lineAt } from './cursor.ts';
import { type Flavour, type Redirect, SyntaxProblem, type Word } from './syntax.ts';
import { readQuoted, readWord } from './word-reader.ts';

/** Words that begin, part and end compound commands. */
export const reserved: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  '{',
  '}',
  '!',
  'function',
]);

/** Reads the words and redirections of a script; the grammar is the parser's. */
export abstract class ScriptReader implements Cursor {
  readonly text: string;
  protected readonly flavour: Flavour;
  place = 0;
  depth = 0;
  /** Up to where lines were counted, so that they are counted once. */
  #counted = { place: 0, line: 1 };
  /** Here-documents whose text begins at the next line. */
  protected pending: {
    readonly delimiter: string;
    readonly quoted: boolean;
    readonly strips: boolean;
    redirect: { target: Word };
  }[] = [];

  readonly #isTyped: boolean;

  constructor(text: string, flavour: Flavour, isTyped = false) {
    this.text = text;
    this.flavour = flavour;
    this.#isTyped = isTyped;
  }

  abstract skipList(): void;
  /** A reader of the same kind for another text. */
  protected abstract another(text: string): ScriptReader;

  protected redirects(): readonly Redirect[] {
    const found: Redirect[] = [];
    for (;;) {
      this.skipBlanks();
      const redirect = this.redirect();
      if (!redirect) return found;
      found.push(redirect);
    }
  }

  protected redirect(): Redirect | undefined {
    const head = /^(\d*)(<<-|<<<|<<|<&|<>|<|>>|>&|>\||>)|^(&>>?)/.exec(
      this.text.slice(this.place, this.place + 8),
    );
    if (!head) return undefined;
    const [whole, number = '', plain, both = ''] = head;
    const operator = plain ?? both;
    if (operator === '<<<' && this.flavour !== 'bash') this.refuse();
    this.place += whole.length;
    this.skipBlanks();
    const start = this.place;
    const word = readWord(this);
    // To bash the end of a script is the end of its line.
    if (this.place === start && this.place >= this.text.length && this.flavour === 'bash')
      throw new SyntaxProblem({ token: '\n', line: this.line });
    if (this.place === start) this.refuse();
    const fd = number === '' ? (operator.startsWith('<') ? 0 : 1) : Number(number);
    if (operator === '<<<')
      return { fd, operator: '<<', target: [...word, { kind: 'text', text: '\n', quoted: true }] };
    if (operator === '<<' || operator === '<<-') return this.#hereDocument(fd, word, operator === '<<-');
    const same = { '<>': '<', '&>>': '&>' }[operator] ?? operator;
    return { fd, operator: same as Redirect['operator'], target: word };
  }

  #hereDocument(fd: number, word: Word, strips: boolean): Redirect {
    const delimiter = word.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const quoted = word.some((part) => part.kind === 'text' && part.quoted);
    const redirect: { fd: number; operator: '<<'; target: Word } = { fd, operator: '<<', target: [] };
    this.pending.push({ delimiter, quoted, strips, redirect });
    return redirect;
  }

  /** Takes the texts of here-documents, which begin behind the line that names them. */
  #readPending(): void {
    for (const { delimiter, quoted, strips, redirect } of this.pending) {
      let text = '';
      for (;;) {
        if (this.place >= this.text.length) {
          if (this.#isTyped) throw new SyntaxProblem({ line: this.line, expected: delimiter });
          break;
        }
        const end = this.text.indexOf('\n', this.place);
        const line = this.text.slice(this.place, end < 0 ? this.text.length : end);
        this.place = end < 0 ? this.text.length : end + 1;
        const plain = strips ? line.replace(/^\t+/, '') : line;
        if (plain === delimiter) break;
        // Only bash ends a line that the end of the script leaves open.
        text += end < 0 && this.flavour !== 'bash' ? plain : `${plain}\n`;
      }
      redirect.target = quoted ? [{ kind: 'text', text, quoted: true }] : readQuoted(this.another(text), '');
    }
    this.pending = [];
  }

  protected word(word: string): void {
    this.skipLines();
    if (this.peekWord() !== word) this.refuse(word);
    this.place += word.length;
  }

  protected demand(operator: string): void {
    this.skipLines();
    if (!this.startsWith(operator)) this.refuse(operator);
    this.place += operator.length;
  }

  /** The reserved word that stands here, or another word's beginning. */
  protected peekWord(): string {
    const word = /^[^\s;&|<>()"'$`\\]+/.exec(this.text.slice(this.place, this.place + 64))?.[0] ?? '';
    return reserved.has(word) || word === 'in' ? word : '';
  }

  protected skipBlanks(): void {
    for (;;) {
      const character = this.text[this.place];
      if (character === ' ' || character === '\t') this.place += 1;
      else if (character === '\\' && this.text[this.place + 1] === '\n') this.place += 2;
      else if (character === '#') {
        const end = this.text.indexOf('\n', this.place);
        this.place = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  protected skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.text[this.place] !== '\n') return;
      this.place += 1;
      this.#readPending();
    }
  }

  protected startsWith(text: string): boolean {
    return this.text.startsWith(text, this.place);
  }

  protected get line(): number {
    const { place, line } = this.#counted;
    if (this.place < place) return lineAt(this.text, this.place);
    const passed = this.text.slice(place, this.place).split('\n').length - 1;
    this.#counted = { place: this.place, line: line + passed };
    return line + passed;
  }

  /** What stands here must not. */
  protected refuse(expected?: string): never {
    const rest = this.text.slice(this.place, this.place + 64);
    const token = /^(?:;;|&&|\|\||\n|[;&|<>()]|[^\s;&|<>()]+)/.exec(rest)?.[0];
    throw new SyntaxProblem({
      ...(token === undefined ? {} : { token }),
      ...(expected ? { expected } : {}),
      line: this.line,
    });
  }
}
