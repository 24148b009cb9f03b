import type { Source } from '../lesson/lesson.ts';
import type { FlagVerdict, Translation } from '../mapping/translation.ts';
import { drawList, drawListing } from './blocks.ts';
import { showControls } from './control-characters.ts';
import { drawLikeness } from './likeness.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken, indented } from './prose.ts';
import { breakBeforeOptions, shellLine, shellWords } from './shell-line.ts';
import { margin, type Style } from './style.ts';
import { drawTable } from './table.ts';

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
  const { command, grade, summary, commands, flags, caveats, lesson } = withControlsShown(translation);
  return [
    ...drawLine(`${style.title(style.text(command))}  ${drawLikeness(grade, style)}`, style),
    ...drawParagraph(summary, style),
    ...drawCommands(commands, style),
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
    ...(caveats.length === 0
      ? []
      : ['', ...drawLine(style.strong('Mind'), style), ...drawList(caveats, false, style)]),
    '',
    ...drawLine(style.faint(`Learn more: k8s-docker-tutor learn ${lesson}`), style),
    ...sources.flatMap((source) => [
      ...drawLine(style.faint(`Source: ${style.text(source.title)} (${style.text(source.versions)})`), style),
      ...drawUnbroken(style.faint(source.url), 8),
    ]),
  ];
}

/** What came from the line is in the sentences too. */
function withControlsShown(translation: Translation): Translation {
  return {
    ...translation,
    summary: showControls(translation.summary),
    commands: translation.commands.map(({ argv, why }) => ({ argv, why: showControls(why) })),
    flags: translation.flags.map((verdict) => ({
      ...verdict,
      ...(verdict.value === undefined ? {} : { value: showControls(verdict.value) }),
      kubernetes: showControls(verdict.kubernetes),
      why: showControls(verdict.why),
    })),
    caveats: translation.caveats.map(showControls),
  };
}

function shownLines(text: string): string {
  return text.trimEnd().split('\n').map(showControls).join('\n');
}

function drawCommands(commands: Translation['commands'], style: Style): string[] {
  if (commands.length === 0) return [];
  return [
    '',
    ...drawLine(style.strong('Type'), style),
    ...commands.flatMap(({ argv, why }, index) => [
      ...(index > 0 ? [''] : []),
      ...drawCommand(shellWords(argv), style),
      ...drawParagraph(why, style, undefined, 2),
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

/** What the middle column is called: a kubectl line is answered in docker's terms. */
function otherSide(command: string): string {
  return command.startsWith('kubectl') ? 'Docker' : 'Kubernetes';
}

function drawVerdicts(flags: readonly FlagVerdict[], side: string, style: Style): string[] {
  const rows = flags.map(({ flag, value, grade, kubernetes, why }) => [
    value === undefined ? flag : `${flag}${value === 'false' ? '=' : ' '}${style.text(value)}`,
    kubernetes === 'none' ? '-' : drawMarks(kubernetes, style),
    style.screen.plain
      ? `${grade.replace('-', ' ')}. ${drawMarks(why, style)}`
      : `${drawLikeness(grade, style)}\n${drawMarks(why, style)}`,
  ]);
  return drawTable(['Flag', side, 'How alike, and why'], rows, [0.24, 0.26, 0.5], style);
}

/** Only the commands, to be copied. */
export function drawCommandLines(commands: Translation['commands']): string[] {
  return commands.map(({ argv }) => shellLine(argv));
}
