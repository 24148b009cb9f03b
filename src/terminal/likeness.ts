import type { Likeness } from '../lesson/lesson.ts';
import type { Style } from './style.ts';

/** How alike two things are, as a sign and a word: colour alone says nothing. */
export function drawLikeness(grade: Likeness, style: Style): string {
  switch (grade) {
    case 'exact':
      return style.good(`${style.sign.exact} exact`);
    case 'approximate':
      return style.strong(`${style.sign.approximate} approximate`);
    case 'none':
      return style.faint(`${style.sign.none} none`);
    case 'false-friend':
      return style.bad(`${style.sign.falseFriend} false friend`);
  }
}
