import { completionSetups } from '../completion-scripts.ts';
import { drawLine, drawParagraph } from '../prose.ts';
import type { Style } from '../style.ts';

/** How to have lines completed, in every shell that can. */
export function drawCompletionSetups(style: Style): string[] {
  return [
    ...drawParagraph(
      'Your shell completes commands, options, names of lessons and labs, and docker lines after `map`, once it has read a script of ours. Nothing edits your start-up files: copy the line you want.',
      style,
    ),
    ...Object.entries(completionSetups).flatMap(([shell, { now, always }]) => [
      '',
      ...drawLine(style.title(shell), style),
      `  ${style.faint('# in this shell')}`,
      `  ${now}`,
      `  ${style.faint('# in every shell from now on')}`,
      `  ${always}`,
    ]),
  ];
}
