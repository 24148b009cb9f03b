/** What somebody has done in a lab so far. It is kept with the lab's world, and is no part of what can be undone. */
export interface LabVisit {
  /** Lines that were typed, without those that only ask about the lab. */
  readonly attempts: number;
  /** How many hints were given. */
  readonly hints: number;
  /** After how many attempts the last one was given. */
  readonly hintedAt: number;
  /** Whether the solution was shown. */
  readonly skipped: boolean;
  readonly solved: boolean;
}

export const newVisit: LabVisit = { attempts: 0, hints: 0, hintedAt: -1, skipped: false, solved: false };

/** What came of asking for a hint. */
export type Hinting =
  | { readonly kind: 'hint'; readonly place: number; readonly visit: LabVisit }
  /** They have not tried anything since the last one. */
  | { readonly kind: 'try-first'; readonly place: number }
  | { readonly kind: 'no-more' };

/** Gives the next hint, when something was tried since the last one. @param count how many there are */
export function askHint(visit: LabVisit, count: number): Hinting {
  const { hints, hintedAt, attempts } = visit;
  if (hints > 0 && attempts <= hintedAt)
    return hints >= count ? { kind: 'no-more' } : { kind: 'try-first', place: hints - 1 };
  if (hints >= count) return { kind: 'no-more' };
  return { kind: 'hint', place: hints, visit: { ...visit, hints: hints + 1, hintedAt: attempts } };
}

const askingWords = ['check', 'hint', 'solution', 'goal', 'help', 'reset', 'leave', 'exit'];

/** Whether a line tries something, instead of only asking about the lab. */
export function isAttempt(line: string): boolean {
  const [word = ''] = line.trim().split(/[\s;|&]/);
  return word !== '' && !word.startsWith('#') && !askingWords.includes(word);
}

/** Reads a visit that was kept; what is no visit is a new one. */
export function readVisit(value: unknown): LabVisit {
  const { attempts, hints, hintedAt, skipped, solved } = (value ?? {}) as Partial<LabVisit>;
  const isWhole =
    [attempts, hints, hintedAt].every((each) => Number.isInteger(each)) &&
    typeof skipped === 'boolean' &&
    typeof solved === 'boolean';
  return isWhole ? (value as LabVisit) : newVisit;
}
