import type { Source } from '../lesson/lesson.ts';
import type { DockerfileTranslation, Fate } from '../mapping/dockerfile.ts';
import { drawList } from './blocks.ts';
import { showControls } from './control-characters.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken } from './prose.ts';
import { shellWords } from './shell-line.ts';
import type { Style } from './style.ts';
import { drawTable } from './table.ts';
import { drawCommand } from './translation-view.ts';

const fates: Readonly<Record<Fate, string>> = {
  used: 'used',
  overridable: 'used, can be replaced',
  ignored: 'ignored',
  build: 'over when built',
};

/** A Dockerfile, instruction by instruction: what Kubernetes uses, replaces or ignores of it. */
export function drawDockerfile(
  translation: DockerfileTranslation,
  sources: readonly Source[],
  style: Style,
): string[] {
  const { summary, verdicts, commands, caveats, lesson } = translation;
  const rows = verdicts.map(({ instruction, value, line, fate, kubernetes, why }) => [
    `${style.faint(`${line}:`)} ${instruction} ${style.text(showControls(shortened(value)))}`,
    kubernetes === 'none' ? '-' : drawMarks(showControls(kubernetes), style),
    style.screen.plain
      ? `${fates[fate]}. ${drawMarks(showControls(why), style)}`
      : `${style.strong(fates[fate])}\n${drawMarks(showControls(why), style)}`,
  ]);
  return [
    ...drawLine(style.title('Dockerfile'), style),
    ...drawParagraph(showControls(summary), style),
    ...drawTable(['Instruction', 'Kubernetes', 'What becomes of it'], rows, [0.28, 0.24, 0.48], style),
    ...(commands.length === 0 ? [] : ['', ...drawLine(style.strong('Type'), style)]),
    ...commands.flatMap(({ argv, why }, index) => [
      ...(index > 0 ? [''] : []),
      ...drawCommand(shellWords(argv), style),
      ...drawParagraph(showControls(why), style, undefined, 2),
    ]),
    ...(caveats.length === 0
      ? []
      : ['', ...drawLine(style.strong('Mind'), style), ...drawList(caveats.map(showControls), false, style)]),
    '',
    ...drawLine(style.faint(`Learn more: k8s-docker-tutor learn ${lesson}`), style),
    ...sources.flatMap((source) => [
      ...drawLine(style.faint(`Source: ${style.text(source.title)} (${style.text(source.versions)})`), style),
      ...drawUnbroken(style.faint(source.url), 8),
    ]),
  ];
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}
