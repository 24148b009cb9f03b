import type { PublishedLab } from '../../content/content.ts';
import type { LabVoice } from '../../sandbox/labs/lab-shell.ts';
import { foldHelp, helpText } from '../../sandbox/shell/help/help-text.ts';
import type { Style } from '../../terminal/style.ts';
import {
  drawBegunAnew,
  drawBrief,
  drawChecked,
  drawDebrief,
  drawLabHelp,
  drawLabHint,
  drawLabSolution,
  drawNoMoreHints,
  drawTryFirst,
} from '../../terminal/views/lab-view.ts';

/** Has a lab speak as a screen can show it. */
export function voiceFor(lab: PublishedLab, style: Style): LabVoice {
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return {
    brief: () => text(drawBrief(lab, style)),
    checked: (seen) => text(drawChecked(seen, style)),
    hint: (hint, place) => text(drawLabHint(hint, place, style)),
    tryFirst: (hint, place) => text(drawTryFirst(hint, place, style)),
    noMoreHints: () => text(drawNoMoreHints(style)),
    solution: (isSolved) => text(drawLabSolution(lab, isSolved, style)),
    debrief: (skipped) => text(drawDebrief(lab, skipped, style)),
    begunAnew: () => text(drawBegunAnew(style)),
    help: (commands) => text(drawLabHelp(foldHelp(helpText(commands), style.screen.columns), style)),
  };
}
