import type { Source } from '../lesson/lesson.ts';
import type {
  ComposeTranslation,
  KeyVerdict,
  ServiceTranslation,
} from '../mapping/compose/compose-translation.ts';
import { drawList } from './blocks.ts';
import { showControls } from './control-characters.ts';
import { drawLikeness } from './likeness.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken } from './prose.ts';
import { shellWords } from './shell-line.ts';
import type { Style } from './style.ts';
import { drawTable } from './table.ts';
import { drawCommand } from './translation-view.ts';

/** A compose project: the answer first, what to type, then service by service what became of each key. */
export function drawCompose(
  translation: ComposeTranslation,
  sources: readonly Source[],
  style: Style,
): string[] {
  const { grade, summary, commands, services, shared, caveats, lesson } = translation;
  const hint = 'The manifests: add -o yaml, or -o dir=k8s for one file an object.';
  return [
    ...drawLine(`${style.title('docker compose')}  ${drawLikeness(grade, style)}`, style),
    ...drawParagraph(showControls(summary), style),
    ...drawLine(style.faint(hint), style),
    ...(commands.length === 0 ? [] : ['', ...drawLine(style.strong('Type'), style)]),
    ...commands.flatMap(({ argv, why }, index) => [
      ...(index > 0 ? [''] : []),
      ...drawCommand(shellWords(argv), style),
      ...drawParagraph(showControls(why), style, undefined, 2),
    ]),
    ...services.flatMap((service) => ['', ...drawService(service, style)]),
    ...(shared.verdicts.length === 0
      ? []
      : ['', ...drawLine(style.title('Beside the services'), style), ...drawKeys(shared.verdicts, style)]),
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

function drawService(
  { name, summary, objects, verdicts, caveats }: ServiceTranslation,
  style: Style,
): string[] {
  const made = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  return [
    ...drawLine(style.title(style.text(showControls(name))), style),
    ...drawParagraph(showControls(summary), style),
    ...(made === '' ? [] : drawLine(style.faint(style.text(made)), style)),
    ...(verdicts.length === 0 ? [] : drawKeys(verdicts, style)),
    ...(caveats.length === 0 ? [] : drawList(caveats.map(showControls), false, style)),
  ];
}

function drawKeys(verdicts: readonly KeyVerdict[], style: Style): string[] {
  const rows = verdicts.map(({ key, value, grade, kubernetes, why, line }) => [
    `${style.faint(`${line}:`)} ${style.text(showControls(key))}${value === '' ? '' : ` ${style.text(showControls(shortened(value)))}`}`,
    kubernetes === 'none' ? '-' : drawMarks(showControls(kubernetes), style),
    style.screen.plain
      ? `${grade.replace('-', ' ')}. ${drawMarks(showControls(why), style)}`
      : `${drawLikeness(grade, style)}\n${drawMarks(showControls(why), style)}`,
  ]);
  return drawTable(['Key', 'Kubernetes', 'How alike, and why'], rows, [0.28, 0.24, 0.48], style);
}

/** A value is there to know the key by. */
function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}
