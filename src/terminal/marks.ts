import type { Style } from './style.ts';

/** What stands before something right or wrong: a sign, or a word where signs are heard as noise. */
export function markOf(isRight: boolean | undefined, style: Style): string {
  if (style.screen.plain) return isRight ? 'Right: ' : 'Wrong: ';
  return isRight ? `${style.good(style.sign.right)} ` : `${style.bad(style.sign.wrong)} `;
}

/** Columns that a mark takes. */
export function markWidth(style: Style): number {
  return style.screen.plain ? 'Right: '.length : 2;
}

/** A sign before a sentence that says the same; only the sentence where signs are heard as noise. */
export function signed(sign: string, sentence: string, style: Style): string {
  return style.screen.plain ? sentence : `${sign} ${sentence}`;
}

/** What stands for a counterpart that there is not. */
export function nothing(style: Style): string {
  return style.screen.plain ? 'none' : '-';
}

/** Between two that belong together, the second being what becomes of the first. */
export function between(style: Style): string {
  return style.screen.plain ? 'goes with' : style.sign.way;
}
