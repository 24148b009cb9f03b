import type { Source } from '../../lesson/lesson.ts';
import type { DockerfileTranslation } from '../../mapping/dockerfile.ts';
import type { Fate } from '../../mapping/dockerfile-rules.ts';
import { showControls } from '../control-characters.ts';
import { nothing } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawCaveats, drawLearnMore, drawSuggested } from './answer-parts.ts';
import { drawGiven } from './given.ts';

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
  const rows = verdicts.map(({ instruction, value, line, fate, kubernetes, why }) => {
    const reason = drawMarks(showControls(why), style);
    return [
      drawGiven(line, instruction, value, style),
      kubernetes === 'none' ? nothing(style) : drawMarks(showControls(kubernetes), style),
      style.screen.plain ? `${fates[fate]}. ${reason}` : `${style.strong(fates[fate])}\n${reason}`,
    ];
  });
  return [
    ...drawLine(style.title('Dockerfile'), style),
    ...drawParagraph(showControls(summary), style),
    ...drawTable(['Instruction', 'Kubernetes', 'What becomes of it'], rows, [0.28, 0.24, 0.48], style),
    ...drawSuggested(commands, style),
    ...drawCaveats(caveats, style),
    ...drawLearnMore(lesson, sources, style),
  ];
}
