import { complain, now, print, type Steps } from '../../../effects.ts';

/** Goes to the beginning of the line and empties it, on a terminal or not. */
const eraseLine = '\r\x1b[K';

/** How lines of containers are shown. */
export interface LogStyle {
  readonly prefix: boolean;
  /** Says when a line was shown, as `up --timestamps` does. */
  readonly timestamps: boolean;
}

/**
 * Shows lines of several containers with their names before them, as wide as the longest that has said
 * something so far (cmd/formatter/logs.go).
 */
export class LogPrinter {
  readonly #style: LogStyle;
  readonly #names = new Set<string>();
  readonly #rests = new Map<string, string>();

  constructor(style: LogStyle) {
    this.#style = style;
  }

  /** Shows what is whole of a text; the rest waits for more. */
  *write(name: string, text: string, to: 'stdout' | 'stderr'): Steps<void> {
    const key = `${to} ${name}`;
    const lines = ((this.#rests.get(key) ?? '') + text).split('\n');
    this.#rests.set(key, lines.pop() ?? '');
    for (const line of lines) yield* this.#line(name, line, to);
  }

  /** Shows what is left without an end of line. */
  *flush(name: string): Steps<void> {
    for (const to of ['stdout', 'stderr'] as const) {
      const rest = this.#rests.get(`${to} ${name}`) ?? '';
      this.#rests.delete(`${to} ${name}`);
      if (rest !== '') yield* this.#line(name, rest, to);
    }
  }

  /** Says what became of a container. */
  *status(name: string, message: string): Steps<void> {
    this.#names.add(name);
    yield* print(`${eraseLine}${name} ${message}\n`);
  }

  *#line(name: string, line: string, to: 'stdout' | 'stderr'): Steps<void> {
    this.#names.add(name);
    const width = Math.max(...[...this.#names].map(({ length }) => length)) + 1;
    const prefix = this.#style.prefix ? `${name.padEnd(width)} | ` : '';
    const time = this.#style.timestamps ? `${fixedTime(yield* now())} ` : '';
    yield* to === 'stdout' ? print(`${prefix}${time}${line}\n`) : complain(`${prefix}${time}${line}\n`);
  }
}

/** RFC 3339 with nine digits behind the seconds. */
function fixedTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000000Z');
}
