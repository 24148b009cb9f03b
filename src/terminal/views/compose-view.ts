import type { Source } from '../../lesson/lesson.ts';
import type {
  ComposeTranslation,
  KeyVerdict,
  ServiceTranslation,
} from '../../mapping/compose/compose-translation.ts';
import { showControls } from '../control-characters.ts';
import { drawLine, drawParagraph } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawAsked, drawCaveats, drawLearnMore, drawSuggested, verdictCells } from './answer-parts.ts';
import { drawList } from './blocks.ts';
import { drawGiven } from './given.ts';

/** A compose project: the answer first, what to type, then service by service what became of each key. */
export function drawCompose(
  translation: ComposeTranslation,
  sources: readonly Source[],
  style: Style,
): string[] {
  const { grade, summary, commands, services, shared, caveats, lesson } = translation;
  const hint = 'The manifests: add -o yaml, or -o dir=k8s for one file an object.';
  return [
    ...drawAsked('docker compose', grade, style),
    ...drawParagraph(showControls(summary), style),
    ...drawLine(style.faint(hint), style),
    ...drawSuggested(commands, style),
    ...services.flatMap((service) => ['', ...drawService(service, style)]),
    ...(shared.verdicts.length === 0
      ? []
      : ['', ...drawLine(style.title('Beside the services'), style), ...drawKeys(shared.verdicts, style)]),
    ...drawCaveats(caveats, style),
    ...drawLearnMore(lesson, sources, style),
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
    drawGiven(line, key, value, style),
    ...verdictCells(kubernetes, grade, why, style),
  ]);
  return drawTable(['Key', 'Kubernetes', 'How alike, and why'], rows, [0.28, 0.24, 0.48], style);
}
