import type { Io } from '../io.ts';
import type { LineQuestion } from './conversation/line-editor.ts';
import { suspend } from './conversation/typed-input.ts';

/** A key that sends several characters, or one character. */
const keys = /\x1b[[O][0-9;]*[A-Za-z~]|./gsu;

/**
 * Asks for a line in the linear form: what is typed is shown once, and nothing on the screen is drawn again
 * but what backspace takes away, as a terminal does by itself. A line that the arrows bring back, and what
 * Tab finds, stand on lines of their own.
 *
 * @returns undefined at the end of the input (Ctrl-D)
 */
export function askLinearLine(io: Io, question: LineQuestion): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = new LinearLine(io, question, (text) => {
      io.stdin.off('data', take);
      io.stdin.off('end', end);
      io.stdin.setRawMode?.(false);
      io.stdin.pause();
      resolve(text);
    });
    const take = (chunk: Buffer | string): void => asked.type(chunk.toString());
    const end = (): void => asked.end();
    io.stdin.setRawMode?.(true);
    io.stdin.on('data', take);
    io.stdin.once('end', end);
    io.stdin.resume();
    asked.begin();
  });
}

class LinearLine {
  /** Lines that this one goes on with, each with its end. */
  #before = '';
  #line = '';
  /** Place in the history; -1 is the line that is being typed. */
  #at = -1;
  #draft = '';
  #isDone = false;
  readonly #io: Io;
  readonly #question: LineQuestion;
  readonly #finish: (text: string | undefined) => void;

  constructor(io: Io, question: LineQuestion, finish: (text: string | undefined) => void) {
    this.#io = io;
    this.#question = question;
    this.#finish = finish;
  }

  begin(): void {
    this.#ask();
    const { text } = this.#question.ahead;
    this.#question.ahead.text = '';
    this.type(text);
  }

  type(text: string): void {
    for (const key of text.replaceAll('\r\n', '\n').match(keys) ?? []) {
      // Of what is pasted, further lines are for the next question.
      if (this.#isDone) this.#question.ahead.text += key;
      else this.#press(key);
    }
  }

  /** The terminal has gone, or nothing more will be typed. */
  end(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#show('\n');
    this.#finish(undefined);
  }

  #press(key: string): void {
    switch (key) {
      case '\r':
      case '\n':
        return this.#enter();
      case '\x03':
        this.#before = '';
        this.#line = '';
        this.#at = -1;
        this.#show('^C\n');
        return this.#ask();
      case '\x04':
        return this.#line === '' ? this.end() : undefined;
      case '\x1a':
        return suspend(this.#io, () => this.#ask());
      case '\x7f':
      case '\b':
        return this.#erase(1);
      case '\x15':
        return this.#erase([...this.#line].length);
      case '\x17':
        return this.#erase([...(/\S*\s*$/.exec(this.#line)?.[0] ?? '')].length);
      case '\t':
        return this.#complete();
      case '\x1b[A':
      case '\x1bOA':
        return this.#recall(1);
      case '\x1b[B':
      case '\x1bOB':
        return this.#recall(-1);
      default:
        // Other keys type nothing.
        if (key < ' ') return;
        this.#line += key;
        this.#show(key);
    }
  }

  #enter(): void {
    const { history, isUnfinished } = this.#question;
    this.#show('\n');
    if (this.#line.trim() !== '') {
      history.splice(0, history.length, this.#line, ...history.filter((each) => each !== this.#line));
    }
    const text = this.#before + this.#line;
    this.#line = '';
    this.#at = -1;
    if (isUnfinished(text)) {
      this.#before = `${text}\n`;
      return this.#ask();
    }
    this.#isDone = true;
    this.#finish(text);
  }

  /** Another line of the history, on a line of its own. */
  #recall(step: 1 | -1): void {
    const { history } = this.#question;
    const at = Math.max(-1, Math.min(history.length - 1, this.#at + step));
    if (at === this.#at) return;
    if (this.#at === -1) this.#draft = this.#line;
    this.#at = at;
    this.#line = history[at] ?? this.#draft;
    this.#show('\n');
    this.#ask();
  }

  #complete(): void {
    const word = /\S*$/.exec(this.#line)?.[0] ?? '';
    const found = this.#question.complete(this.#line).filter((each) => each.startsWith(word));
    const [only] = found;
    if (only === undefined) return;
    const common = found.length === 1 ? only : found.reduce(sharedStart);
    const rest = common.slice(word.length) + (found.length === 1 && !/[/:=]$/.test(only) ? ' ' : '');
    if (rest !== '') {
      this.#line += rest;
      return this.#show(rest);
    }
    this.#show(`\n${found.join('\n')}\n`);
    this.#ask();
  }

  #erase(count: number): void {
    const left = [...this.#line];
    const erased = left.splice(left.length - Math.min(count, left.length));
    this.#line = left.join('');
    this.#show('\b \b'.repeat(erased.length));
  }

  /** The prompt, with what of the line is there. */
  #ask(): void {
    this.#show((this.#before === '' ? this.#question.prompt : this.#question.more) + this.#line);
  }

  #show(text: string): void {
    this.#io.stdout.write(text);
  }
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
