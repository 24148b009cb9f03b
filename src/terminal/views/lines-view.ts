import type { FoundLine } from '../../mapping/lines/found-line.ts';
import { maskSecrets } from '../../mapping/lines/mask-secrets.ts';
import type { Translation } from '../../mapping/translation.ts';
import { showControls } from '../control-characters.ts';
import { shellWords } from '../conversation/shell-line.ts';
import { markOf } from '../marks.ts';
import { drawLine, drawParagraph, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawCommand } from './answer-parts.ts';
import { drawLikeness } from './likeness.ts';

/**
 * A line of a text with its number, and the commands that take its place. What looks like a secret in the
 * line is not shown: a history is easily pasted on.
 */
export function drawTranslatedLine(line: FoundLine, translation: Translation, style: Style): string[] {
  const { commands, grade, summary } = translation;
  return [
    ...drawFound(line, style),
    ...(commands.length === 0
      ? drawParagraph(`${summary}`, style, undefined, 2)
      : commands.flatMap(({ argv }) => indented(drawCommand(shellWords(argv), style)))),
    ...indented([`${style.screen.plain ? 'How alike: ' : ''}${drawLikeness(grade, style)}`], 4),
    '',
  ];
}

/** A line that its program would refuse, and why. */
export function drawRefusedLine(line: FoundLine, message: string, hint: string, style: Style): string[] {
  return [
    ...drawFound(line, style),
    ...drawParagraph(
      `${style.screen.plain ? 'Refused: ' : markOf(false, style)}${showControls(message)}. ${showControls(hint)}`,
      style,
      undefined,
      2,
    ),
    '',
  ];
}

function drawFound({ line, text }: FoundLine, style: Style): string[] {
  return drawLine(
    `${style.faint(`${line}:`)} ${style.strong(style.text(showControls(maskSecrets(text))))}`,
    style,
  );
}
