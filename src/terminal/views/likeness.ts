import type { Likeness } from '../../lesson/lesson.ts';
import type { Style } from '../style.ts';

/** How alike two things are, as a sign and a word: colour alone says nothing. In the linear form the word. */
export function drawLikeness(grade: Likeness, style: Style): string {
  const word = grade.replace('-', ' ');
  return style.screen.plain ? word : colourOf(grade, style)(`${signOf(grade, style)} ${word}`);
}

/** The sign alone, where there is no room for the word. */
export function drawLikenessSign(grade: Likeness, style: Style): string {
  return colourOf(grade, style)(signOf(grade, style));
}

function signOf(grade: Likeness, { sign }: Style): string {
  return {
    exact: sign.exact,
    approximate: sign.approximate,
    none: sign.none,
    'false-friend': sign.falseFriend,
  }[grade];
}

function colourOf(grade: Likeness, style: Style): (text: string) => string {
  return { exact: style.good, approximate: style.strong, none: style.faint, 'false-friend': style.bad }[
    grade
  ];
}
