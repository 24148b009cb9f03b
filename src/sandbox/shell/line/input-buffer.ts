import { type Effect, now, pause, type Steps, type Terminal, type Typing, takeInput } from '../../effects.ts';
import { asked, through } from '../../through.ts';

/** So long is waited for somebody to type, in milliseconds; what is typed ends the waiting. */
const longestLook = 1000;

/** The input that commands have in common: what one leaves, the next one finds. */
export class InputBuffer {
  #text: string;
  #isEnded: boolean;

  constructor(text = '', isEnded = false) {
    this.#text = text;
    this.#isEnded = isEnded;
  }

  /** What is there to be read. */
  get whole(): string {
    return this.#text;
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

  /**
   * What comes up to an end, such as that of a line, and with it; the last piece may have none.
   *
   * @returns undefined where nothing is left; `late` where there was not enough of it in time
   */
  *upTo(
    end: string,
    { most, patience, typing }: { most: number; patience: number; typing: Typing },
  ): Steps<string | 'late' | undefined> {
    const deadline = (yield* now()) + patience;
    for (;;) {
      const place = this.#text.indexOf(end) + 1;
      const length = place > 0 && place <= most ? place : this.#text.length >= most ? most : 0;
      if (length > 0 || this.#isEnded) {
        const piece = this.#text.slice(0, length || undefined);
        this.#text = this.#text.slice(piece.length);
        return piece === '' ? undefined : piece;
      }
      const { text, ended } = yield* takeInput(typing);
      this.#text += text;
      this.#isEnded = ended;
      if (text !== '' || ended) continue;
      const left = deadline - (yield* now());
      if (left <= 0) return 'late';
      yield* pause(Math.min(left, longestLook));
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
