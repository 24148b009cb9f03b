/** What has happened, in order, and what does not go on. */
export interface Account {
  /** What it is told since; undefined for all that is known. */
  readonly since: { readonly line: string; readonly at: number } | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What was asked about, such as `Pod web`; undefined for everything. */
  readonly about: string | undefined;
  readonly steps: readonly Step[];
  /** Steps before the first one that are left out. */
  readonly omitted: number;
  readonly findings: readonly Finding[];
  /** What stands as it should. */
  readonly settled: readonly string[];
}

/** Something that somebody did. In texts, `…` is what can be typed. */
export interface Step {
  readonly at: number;
  /** Who did it, such as `deployment controller`. */
  readonly who: string;
  /** What they did, as it goes on behind their name. */
  readonly did: string;
  readonly isTrouble: boolean;
}

/** Something that is not as it should be, and why. */
export interface Finding {
  /** Such as `Pod web-77768f5b79-cgzlt`. */
  readonly about: string;
  /** Sentences. */
  readonly because: readonly string[];
  /** What to look at or to do next. */
  readonly next: readonly string[];
  /** Whether it may still go by itself. */
  readonly isPassing: boolean;
}

/** Names, a few of them by name: `a, b and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  const shown = unique.length > most ? [...unique.slice(0, most - 1), ''] : unique;
  const last = unique.length > most ? `${unique.length - most + 1} more` : unique.at(-1);
  return [shown.slice(0, -1).join(', '), last].filter(Boolean).join(' and ');
}

/** A text as a sentence: with a capital letter and a full stop; nothing where nothing is said. */
export function sentence(text: string | undefined): string {
  const trimmed = text?.trim();
  if (!trimmed) return '';
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}

/** A number with what it counts: `1 Pod`, `3 Pods`. */
export function amount(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
