import { DockerfileError } from './dockerfile-error.ts';

/** Variables by name. */
export type Environment = ReadonlyMap<string, string>;

/** How words are read. */
export interface LexerOptions {
  /** A backslash unless the Dockerfile says otherwise. */
  readonly escape?: string;
  /** Quotes stay where they are. */
  readonly rawQuotes?: boolean;
  /** What escapes stays where it is. */
  readonly rawEscapes?: boolean;
  /** Quotes are like any other character. */
  readonly ignoreQuotes?: boolean;
  /** A variable that is not set stays as it is written. */
  readonly keepUnset?: boolean;
}

/** What became of a word. */
export interface LexedWord {
  readonly text: string;
  /** The same parted at blanks that are not quoted. */
  readonly words: readonly string[];
  /** Variables in it that were set, and those that were not, in the order they stand in. */
  readonly matched: readonly string[];
  readonly unmatched: readonly string[];
}

/** What is wrong with a word, and the variables in it that were not set. */
export class WordError extends DockerfileError {
  readonly unmatched: readonly string[];

  constructor(message: string, unmatched: readonly string[]) {
    super(message);
    this.unmatched = unmatched;
  }
}

/** Collects words: blanks part them, unless they came in quotes. */
export class WordList {
  readonly words: string[] = [];
  #word = '';

  add(text: string): void {
    for (const character of text) {
      if (!/\s/u.test(character)) this.#word += character;
      else this.finish();
    }
  }

  addRaw(text: string): void {
    this.#word += text;
  }

  finish(): readonly string[] {
    if (this.#word !== '') this.words.push(this.#word);
    this.#word = '';
    return this.words;
  }
}
