import { throwUnless } from '../thrown.ts';

/**
 * What Go says of a text that is no JSON (encoding/json, scanner.go).
 *
 * @returns undefined for a text that is JSON
 */
export function goJsonComplaint(text: string): string | undefined {
  try {
    const reader = new Reader(text);
    reader.value();
    reader.end();
    return undefined;
  } catch (error) {
    throwUnless(error, Complaint);
    return error.message;
  }
}

class Complaint extends Error {}

const cutShort = 'unexpected end of JSON input';

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

class Reader {
  readonly #text: string;
  #place = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): void {
    const char = this.#next('looking for beginning of value', /["{[\-\dtfn]/);
    if (char === '{') this.#object();
    else if (char === '[') this.#list();
    else if (char === '"') this.#string();
    else if (literals[char] !== undefined) this.#literal(literals[char]);
    else this.#number(char);
  }

  end(): void {
    this.#skipBlanks();
    const char = this.#text[this.#place];
    if (char !== undefined) this.#refuse(char, 'after top-level value');
  }

  #object(): void {
    let char = this.#next('looking for beginning of object key string', /["}]/);
    while (char !== '}') {
      this.#string();
      this.#next('after object key', /:/);
      this.value();
      char = this.#next('after object key:value pair', /[,}]/);
      if (char === ',') this.#next('looking for beginning of object key string', /"/);
    }
  }

  #list(): void {
    this.#skipBlanks();
    if (this.#text[this.#place] === ']') {
      this.#place += 1;
      return;
    }
    do this.value();
    while (this.#next('after array element', /[,\]]/) === ',');
  }

  #string(): void {
    for (;;) {
      const char = this.#taken('in string literal', /[^\u0000-\u001f]/);
      if (char === '"') return;
      if (char !== '\\') continue;
      if (this.#taken('in string escape code', /["\\/bfnrtu]/) !== 'u') continue;
      for (let count = 0; count < 4; count++) {
        this.#taken('in \\u hexadecimal character escape', /[\da-fA-F]/);
      }
    }
  }

  #literal(word: string): void {
    for (const char of word.slice(1)) {
      this.#taken(`in literal ${word} (expecting '${char}')`, new RegExp(char));
    }
  }

  #number(first: string): void {
    const start = first === '-' ? this.#taken('in numeric literal', /\d/) : first;
    if (start !== '0') this.#skip(/\d/);
    if (this.#skipOne(/\./)) this.#digits('after decimal point in numeric literal');
    if (!this.#skipOne(/[eE]/)) return;
    this.#skipOne(/[+-]/);
    this.#digits('in exponent of numeric literal');
  }

  #digits(where: string): void {
    this.#taken(where, /\d/);
    this.#skip(/\d/);
  }

  /** The next character that is no blank. */
  #next(where: string, wanted: RegExp): string {
    this.#skipBlanks();
    if (this.#place === this.#text.length) throw new Complaint(cutShort);
    return this.#taken(where, wanted);
  }

  /** The next character; at the end of the text a blank is tried, as Go does. */
  #taken(where: string, wanted: RegExp): string {
    const char = this.#text[this.#place] ?? ' ';
    if (!wanted.test(char)) this.#refuse(char, where);
    if (this.#place === this.#text.length) throw new Complaint(cutShort);
    this.#place += 1;
    return char;
  }

  #refuse(char: string, where: string): never {
    // Go looks at bytes: of a letter outside of ASCII only the first one is shown.
    const [byte = 0] = new TextEncoder().encode(char);
    const shown = char === "'" ? "\\'" : JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
    throw new Complaint(`invalid character '${shown.replace('\\"', '"')}' ${where}`);
  }

  #skipBlanks(): void {
    this.#skip(/[ \t\r\n]/);
  }

  #skip(chars: RegExp): void {
    while (this.#skipOne(chars));
  }

  #skipOne(chars: RegExp): boolean {
    const isThere = chars.test(this.#text[this.#place] ?? '');
    if (isThere) this.#place += 1;
    return isThere;
  }
}
