import { caught } from '../../../thrown.ts';
import { compiledExpression, ExpressionError } from '../text/regular-expression.ts';

/** What a line of a script of sed applies to; `last` regular expressions are the one that was used last. */
export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'expression'; readonly expression: RegExp | undefined }
  /** Every so many lines, from a line on. */
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** So many lines more, as the end of a range. */
  | { readonly kind: 'more'; readonly count: number }
  /** Up to a line that is a multiple, as the end of a range. */
  | { readonly kind: 'multiple'; readonly of: number };

/** A command of a script. */
export interface Edit {
  readonly from?: Address;
  readonly to?: Address;
  readonly isNot: boolean;
  readonly command: string;
  /** What `a`, `i` and `c` print, a label, a file, the right side of `s` or of `y`. */
  readonly text: string;
  /** Of `s`; without it the one that was used last. */
  readonly expression?: RegExp;
  /** Of `s`; the left side of `y`. */
  readonly flags: string;
  /** The file that `s` writes to. */
  readonly file?: string;
  /** Of `q` and `Q`. */
  readonly code: number;
  /** Of `{`: behind which command its block ends; 0 where it does not, which busybox minds when it looks for it. */
  readonly end: number;
}

/** Thrown for a script that is none. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  /** How many characters had been read: 0 where it is said of no place. */
  readonly place: number;
  readonly code: number;

  constructor(message: string, place: number, code = 1) {
    super(message);
    this.place = place;
    this.code = code;
  }
}

/**
 * Reads a script of sed.
 *
 * @param isExtended whether its regular expressions are extended ones
 * @throws ScriptError
 */
export function readScript(text: string, isExtended: boolean, isBusybox: boolean): readonly Edit[] {
  return new ScriptReader(text, isExtended, isBusybox).edits();
}

class ScriptReader {
  readonly #text: string;
  readonly #isExtended: boolean;
  readonly #isBusybox: boolean;
  #place = 0;
  readonly #edits: Edit[] = [];
  readonly #open: number[] = [];

  constructor(text: string, isExtended: boolean, isBusybox: boolean) {
    this.#text = text;
    this.#isExtended = isExtended;
    this.#isBusybox = isBusybox;
  }

  edits(): readonly Edit[] {
    for (;;) {
      this.#skip(/^[\s;]+/);
      if (this.#place >= this.#text.length) break;
      if (this.#next() === '#') this.#skip(/^[^\n]*/);
      else this.#edit();
    }
    if (this.#open.length > 0 && !this.#isBusybox) throw new ScriptError("unmatched `{'", 0);
    for (const { command, text } of this.#edits)
      if ('btT'.includes(command) && text !== '' && !this.#hasLabel(text))
        throw new ScriptError(`can't find label for jump to ${this.#isBusybox ? "'" : '`'}${text}'`, -1, 4);
    return this.#edits;
  }

  #hasLabel(name: string): boolean {
    return this.#edits.some(({ command, text }) => command === ':' && text === name);
  }

  #close(start: number): void {
    const opening = this.#edits[start];
    if (opening) this.#edits[start] = { ...opening, end: this.#edits.length };
  }

  #next(): string {
    return this.#text[this.#place] ?? '';
  }

  #skip(pattern: RegExp): string {
    const found = pattern.exec(this.#text.slice(this.#place))?.[0] ?? '';
    this.#place += found.length;
    return found;
  }

  #refuse(busybox: string, gnu: string, place = this.#place): never {
    throw new ScriptError(this.#isBusybox ? busybox : gnu, Math.min(place, this.#text.length));
  }

  #edit(): void {
    const from = this.#address();
    let to: Address | undefined;
    if (from && this.#skip(/^\s*,\s*/)) {
      to = this.#address(true);
      if (!to) this.#refuse('no address after comma', "unexpected `,'", this.#place + 1);
    }
    this.#skip(/^\s+/);
    const isNot = this.#skip(/^!\s*/) !== '';
    if (isNot && this.#next() === '!' && !this.#isBusybox) this.#refuse('', "multiple `!'s", this.#place + 1);
    const command = this.#next();
    if (command === '') this.#refuse('missing command', 'missing command');
    this.#place += 1;
    const isZero = from?.kind === 'line' && from.line === 0;
    if (isZero && !this.#isBusybox && to?.kind !== 'expression')
      this.#refuse('', 'invalid usage of line address 0');
    const begin = isZero && !to ? undefined : from;
    const base = { ...(begin ? { from: begin } : {}), ...(to ? { to } : {}), isNot, command };
    this.#command({ ...base, text: '', flags: '', code: 0, end: 0 });
  }

  #address(isEnd = false): Address | undefined {
    if (this.#skip(/^\$/)) return { kind: 'last' };
    if (isEnd) {
      const more = this.#skip(/^\+\d+/);
      if (more !== '') return { kind: 'more', count: Number(more) };
      const multiple = this.#isBusybox ? '' : this.#skip(/^~\d+/);
      if (multiple !== '') return { kind: 'multiple', of: Number(multiple.slice(1)) };
    }
    const line = this.#skip(/^\d+/);
    if (line !== '') {
      const step = this.#isBusybox ? '' : this.#skip(/^~\d+/);
      if (step === '') return { kind: 'line', line: Number(line) };
      return { kind: 'step', first: Number(line), step: Number(step.slice(1)) };
    }
    const mark = this.#skip(/^(\/|\\[^\n])/).slice(-1);
    if (mark === '') return undefined;
    const pattern = this.#upTo(mark, true);
    if (pattern === undefined)
      this.#refuse(`unmatched '${mark}'`, 'unterminated address regex', this.#text.length);
    const ignoresCase = !this.#isBusybox && this.#skip(/^I/) !== '';
    return { kind: 'expression', expression: this.#expression(pattern, ignoresCase ? 'i' : '') };
  }

  /** The text up to a mark, which is skipped; undefined when it does not come. */
  #upTo(mark: string, isPattern: boolean): string | undefined {
    let found = '';
    let isSet = false;
    for (let at = this.#place; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (character === mark && !isSet) {
        this.#place = at + 1;
        return found;
      }
      if (character === '\\' && !isSet) {
        at += 1;
        const next = this.#text[at] ?? '';
        found += next === mark ? mark : `\\${next}`;
        continue;
      }
      // A mark between brackets ends nothing.
      if (isPattern && !isSet && character === '[') {
        const set = /^\[\^?\]?(\[:\w+:\]|[^\]])*\]/.exec(this.#text.slice(at))?.[0];
        if (set === undefined) isSet = true;
        else {
          found += set;
          at += set.length - 1;
          continue;
        }
      }
      found += character;
    }
    return undefined;
  }

  #expression(pattern: string, flags: string): RegExp | undefined {
    if (pattern === '') return undefined;
    try {
      return compiledExpression(pattern, this.#isExtended, flags, 'sed');
    } catch (thrown) {
      const error = caught(thrown, ExpressionError);
      return this.#refuse(`bad regex '${pattern}': ${error.message}`, error.message);
    }
  }

  #command(edit: Edit): void {
    const { command } = edit;
    if (command === '{') {
      this.#open.push(this.#edits.length);
      this.#edits.push(edit);
      return;
    }
    if (command === '}') {
      const start = this.#open.pop();
      if (start !== undefined) this.#close(start);
      else if (!this.#isBusybox) this.#refuse('', "unexpected `}'");
    } else if (command === 's') this.#substitute(edit);
    else if (command === 'y') this.#characters(edit);
    else if ('aic'.includes(command)) {
      this.#lines(edit);
      return;
    } else if (':btT'.includes(command)) {
      this.#skip(/^[ \t]+/);
      const label = this.#skip(/^[^\s;]+/);
      if (command === ':' && label === '' && !this.#isBusybox) this.#refuse('', '":" lacks a label');
      this.#edits.push({ ...edit, text: label });
    } else if ('rw'.includes(command)) {
      const before = this.#place;
      this.#skip(/^[ \t]+/);
      const file = this.#skip(/^[^\n]+/);
      if (file === '') this.#refuse('empty filename', 'missing filename in r/R/w/W commands', before);
      this.#edits.push({ ...edit, text: file });
    } else if ('qQ'.includes(command) && !this.#isBusybox)
      this.#edits.push({ ...edit, code: Number(this.#skip(/^\s*\d+/)) & 0xff });
    else if (command === 'l' && !this.#isBusybox)
      this.#edits.push({ ...edit, code: Number(this.#skip(/^\s*\d+/) || 70) });
    else if ('=dDgGhHlnNpPqx'.includes(command) || (command === 'z' && !this.#isBusybox))
      this.#edits.push(edit);
    else this.#refuse(`unsupported command ${command}`, `unknown command: \`${command}'`);
    this.#ending();
  }

  /** Behind a command a line ends, a semicolon or a brace stands. In busybox another command may. */
  #ending(): void {
    this.#skip(/^[ \t]+/);
    if (this.#place >= this.#text.length || /[;\n}#]/.test(this.#next())) return;
    if (!this.#isBusybox) this.#refuse('', 'extra characters after command', this.#place + 1);
  }

  #lines(edit: Edit): void {
    if (this.#skip(/^[ \t]*\\[ \t]*\n/) === '') {
      this.#skip(/^[ \t]+/);
      this.#skip(/^\\/);
      if (this.#place >= this.#text.length && !this.#isBusybox)
        this.#refuse('', "expected \\ after `a', `c' or `i'");
    }
    const text = this.#skip(/^(?:[^\n\\]|\\[\s\S])*/).replace(/\\([\s\S])/g, '$1');
    this.#edits.push({ ...edit, text });
  }

  #substitute(edit: Edit): void {
    const mark = this.#next();
    if (mark === '' || mark === '\n')
      this.#refuse('bad format in substitution expression', "unterminated `s' command");
    this.#place += 1;
    const pattern = this.#upTo(mark, true);
    const text = pattern === undefined ? undefined : this.#upTo(mark, false);
    if (pattern === undefined || text === undefined)
      this.#refuse(`unmatched '${mark}'`, "unterminated `s' command", this.#text.length);
    let flags = '';
    let file: string | undefined;
    for (;;) {
      const flag = this.#skip(/^(\d+|[gpiIemM])/);
      if (flag === '') break;
      const isTwice = /[gp]/.test(flag) && flags.includes(flag);
      if (isTwice && !this.#isBusybox) this.#refuse('', `multiple \`${flag}' options to \`s' command`);
      if (/^0+$/.test(flag)) {
        if (!this.#isBusybox) this.#refuse('', "number option to `s' command may not be zero");
        continue;
      }
      flags += flag;
    }
    if (this.#skip(/^w[ \t]*/)) file = this.#skip(/^[^\n]*/);
    this.#skip(/^[ \t]+/);
    if (this.#place < this.#text.length && !/[;\n}#]/.test(this.#next()))
      this.#refuse('bad option in substitution expression', "unknown option to `s'", this.#place + 1);
    const expression = this.#expression(pattern, /i/i.test(flags) ? 'i' : '');
    const groups = new RegExp(`${expression?.source ?? ''}|`).exec('')?.length ?? 1;
    const over = [...text.matchAll(/\\([1-9])/g)].find(([, digit]) => Number(digit) >= groups)?.[1];
    if (over !== undefined && expression && !this.#isBusybox)
      this.#refuse('', `invalid reference \\${over} on \`s' command's RHS`);
    const more = { ...(expression ? { expression } : {}), ...(file === undefined ? {} : { file }) };
    this.#edits.push({ ...edit, text, flags, ...more });
  }

  #characters(edit: Edit): void {
    const mark = this.#next();
    this.#place += 1;
    const sides = [this.#upTo(mark, false), this.#upTo(mark, false)].map((side) =>
      side?.replace(/\\([\s\S])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)),
    );
    const [flags, text] = sides;
    if (flags === undefined || text === undefined)
      return this.#refuse(`unmatched '${mark}'`, "unterminated `y' command", this.#text.length);
    if (flags.length !== text.length && !this.#isBusybox)
      this.#refuse('', "strings for `y' command are different lengths");
    this.#edits.push({ ...edit, text, flags });
  }
}
