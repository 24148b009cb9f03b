import type { Source } from '../../lesson/lesson.ts';
import type { FlagVerdict, Translation } from '../../mapping/translation.ts';
import { showControls } from '../control-characters.ts';
import { shellLine } from '../conversation/shell-line.ts';
import { drawLine, drawParagraph } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawAsked, drawCaveats, drawLearnMore, drawSuggested, verdictCells } from './answer-parts.ts';
import { drawListing } from './blocks.ts';

/**
 * A translation: the answer first, then what to type, what to apply, and what became of each flag.
 *
 * @param manifest the objects as YAML; empty where there are none
 * @param sources the pages of the translation itself
 */
export function drawTranslation(
  translation: Translation,
  manifest: string,
  sources: readonly Source[],
  style: Style,
): string[] {
  const { command, grade, summary, commands, flags, caveats, lesson } = translation;
  return [
    ...drawAsked(command, grade, style),
    ...drawParagraph(showControls(summary), style),
    ...drawSuggested(commands, style),
    ...(manifest === ''
      ? []
      : ['', ...drawLine(style.strong('Manifest'), style), ...drawListing(shownLines(manifest), style)]),
    ...(flags.length === 0
      ? []
      : [
          '',
          ...drawLine(style.strong('What became of each flag'), style),
          ...drawVerdicts(flags, otherSide(command), style),
        ]),
    ...drawCaveats(caveats, style),
    ...drawLearnMore(lesson, sources, style),
  ];
}

function shownLines(text: string): string {
  return text.trimEnd().split('\n').map(showControls).join('\n');
}

/** What the middle column is called: a kubectl line is answered in docker's terms. */
function otherSide(command: string): string {
  return command.startsWith('kubectl') ? 'Docker' : 'Kubernetes';
}

function drawVerdicts(flags: readonly FlagVerdict[], side: string, style: Style): string[] {
  const rows = flags.map(({ flag, value, grade, kubernetes, why }) => [
    value === undefined ? flag : `${flag}${value === 'false' ? '=' : ' '}${style.text(showControls(value))}`,
    ...verdictCells(kubernetes, grade, why, style),
  ]);
  return drawTable(['Flag', side, 'How alike, and why'], rows, [0.24, 0.26, 0.5], style);
}

/** Only the commands, to be copied. */
export function drawCommandLines(commands: Translation['commands']): string[] {
  return commands.map(({ argv }) => shellLine(argv));
}
