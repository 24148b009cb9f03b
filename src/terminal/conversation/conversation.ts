import type { Item } from '../../quiz/item.ts';

/** Something a key does at a pause. The first of the choices is what Enter does. */
export interface KeyChoice {
  readonly value: string;
  /** Names of keys as readline gives them, such as `b` or `left`; Enter and space need not be named. */
  readonly keys: readonly string[];
  /** What the key is called on the screen. */
  readonly shown: string;
  /** What it does, in a word or two. */
  readonly means: string;
}

/** One line of a menu. */
export interface MenuEntry {
  readonly value: string;
  readonly text: string;
  /** What to type for it; counted from 1 where it is left out. */
  readonly label?: string;
  /** Drawn before it when the entry before is of another group. */
  readonly group?: string;
}

export interface Menu {
  readonly entries: readonly MenuEntry[];
  /** The entry one stands on at first. */
  readonly start?: string;
  /** What `q` does; nothing when left out. */
  readonly leave?: string;
}

/** Something to be found by typing. */
export interface Search {
  readonly label: string;
  /** How many there are to find. */
  readonly count: number;
  /** The entries that words fit, the best first; all of them for no words. */
  readonly find: (words: string) => readonly Pick<MenuEntry, 'value' | 'text'>[];
}

/** How a question is asked. */
export interface Asking {
  readonly canGoBack: boolean;
  /**
   * Mixes the options for this session. Not in the linear conversation: there a number means the same in
   * every session, and to every command.
   */
  readonly seed?: number;
  /** Lines typed before, the last one last: to be had again with the arrows. */
  readonly history?: readonly string[];
}

/** What somebody does instead of answering. */
export type Aside = 'back' | 'leave';

/**
 * Talking with somebody at a terminal. There are two: with keys and a line that is redrawn, and the
 * linear one, in which every answer is a line and nothing on the screen is touched again.
 *
 * Everything that asks throws `Interrupted` on Ctrl-C and when the terminal goes away.
 */
export interface Conversation {
  say(lines: readonly string[]): void;
  /**
   * Waits for one of some keys.
   *
   * @param question what they answer, where it does not stand above
   * @returns its value
   */
  askKey(choices: readonly KeyChoice[], question?: string): Promise<string>;
  /** Shows the options of a question and takes the answer, as `grade` takes it. */
  askItem(item: Item, asking: Asking): Promise<readonly string[] | Aside>;
  /** @returns the value of the entry, or undefined when they left */
  askMenu(menu: Menu): Promise<string | undefined>;
  /** @returns the value of what they found, or undefined when they left */
  askSearch(search: Search): Promise<string | undefined>;
  /** Asks for a yes; anything else is a no. */
  askYes(question: string): Promise<boolean>;
}
