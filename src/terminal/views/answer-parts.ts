import type { Likeness, Source } from '../../lesson/lesson.ts';
import type { SuggestedCommand } from '../../mapping/translation.ts';
import { showControls } from '../control-characters.ts';
import { breakBeforeOptions, shellWords } from '../conversation/shell-line.ts';
import { nothing } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken, indented } from '../prose.ts';
import { margin, type Style } from '../style.ts';
import { drawList } from './blocks.ts';
import { drawLikeness } from './likeness.ts';

/** What the answers of `map` have in common: to a line, a compose file, a Dockerfile, a word. */

/** The name of what was asked, and how alike its counterpart is. */
export function drawAsked(name: string, grade: Likeness, style: Style): string[] {
  const gap = style.screen.plain ? ': ' : '  ';
  return drawLine(`${style.title(style.text(showControls(name)))}${gap}${drawLikeness(grade, style)}`, style);
}

/** Commands under a heading, each with what it does. */
export function drawSuggested(commands: readonly SuggestedCommand[], style: Style): string[] {
  if (commands.length === 0) return [];
  return [
    '',
    ...drawLine(style.strong('Type'), style),
    ...commands.flatMap(({ argv, why }, index) => [
      ...(index > 0 ? [''] : []),
      ...drawCommand(shellWords(argv), style),
      ...drawParagraph(showControls(why), style, undefined, 2),
    ]),
  ];
}

/**
 * A command to be typed. It stands behind no edge, and goes on after a backslash where it is too long, so
 * that it can be copied.
 *
 * @param words each with the quotes it needs
 */
export function drawCommand(words: readonly string[], style: Style): string[] {
  const prompt = '$ ';
  const lines = breakBeforeOptions(words.map(style.drawing), style.screen.columns - margin - prompt.length);
  const pad = ' '.repeat(prompt.length);
  return indented(lines.map((line, place) => style.typed((place === 0 ? prompt : pad) + line)));
}

/** The last cells of a verdict: the counterpart, and how alike it is and why. */
export function verdictCells(other: string, grade: Likeness, why: string, style: Style): [string, string] {
  const reason = drawMarks(showControls(why), style);
  return [
    other === 'none' ? nothing(style) : drawMarks(showControls(other), style),
    style.screen.plain ? `${grade.replace('-', ' ')}. ${reason}` : `${drawLikeness(grade, style)}\n${reason}`,
  ];
}

/** What to mind, under a heading. */
export function drawCaveats(caveats: readonly string[], style: Style): string[] {
  if (caveats.length === 0) return [];
  return ['', ...drawLine(style.strong('Mind'), style), ...drawList(caveats.map(showControls), false, style)];
}

/** The lesson that teaches it, and the pages it rests on. */
export function drawLearnMore(lesson: string, sources: readonly Source[], style: Style): string[] {
  return [
    '',
    ...drawLine(style.faint(`Learn more: k8s-docker-tutor learn ${lesson}`), style),
    ...sources.flatMap((source) => [
      ...drawLine(style.faint(`Source: ${style.text(source.title)} (${style.text(source.versions)})`), style),
      ...drawUnbroken(style.faint(source.url), 8),
    ]),
  ];
}
