import { type Effect, pause, type Steps, type Terminal, takeInput } from '../effects.ts';
import { asked, through } from '../through.ts';

/** So long is waited for somebody to type, in milliseconds; what is typed ends the waiting. */
const patience = 1000;

/** The input that commands have in common: what one leaves, the next one finds. */
export class InputBuffer {
  #text: string;
  #isEnded: boolean;

  constructor(text = '', isEnded = false) {
    this.#text = text;
    this.#isEnded = isEnded;
  }

  /** Runs steps that read from here first. */
  *feed<T>(steps: Steps<T>): Steps<T> {
    return yield* through(steps, (effect) => {
      if (effect.kind === 'take-input' && (this.#text !== '' || this.#isEnded)) {
        return { heard: { text: this.#take(), ended: this.#isEnded } };
      }
      if (effect.kind === 'read-input') return this.#all();
      if (effect.kind === 'terminal' && this.#isEnded) return withoutInput(effect);
      return asked(effect);
    });
  }

  /** The next line, with its end; the last one may have none. @returns undefined where nothing is left */
  *line(): Steps<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0 || this.#isEnded) {
        const line = end < 0 ? this.#text : this.#text.slice(0, end + 1);
        this.#text = this.#text.slice(line.length);
        return line === '' ? undefined : line;
      }
      const { text, ended } = yield* takeInput();
      this.#text += text;
      this.#isEnded = ended;
      if (text === '' && !ended) yield* pause(patience);
    }
  }

  *#all(): Steps<string> {
    const before = this.#take();
    return this.#isEnded ? before : before + ((yield { kind: 'read-input' }) as string);
  }

  #take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

/** What was given as a whole comes from no terminal. */
function* withoutInput(effect: Effect): Steps<unknown> {
  const { isTerminal } = (yield effect) as Terminal;
  return { isTerminal, isInputTerminal: false };
}
