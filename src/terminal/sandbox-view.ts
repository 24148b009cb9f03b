import { drawLine, drawParagraph } from './prose.ts';
import type { Style } from './style.ts';

/** What one sees who enters the sandbox. */
export function drawSandboxOpening(nodes: number, style: Style): string[] {
  return [
    '',
    ...drawLine(style.title('A cluster in memory'), style),
    ...drawParagraph(
      `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, Kubernetes 1.36. Nothing you do here reaches a real cluster. Type kubectl as at home; help lists the rest, undo takes a line back, Ctrl-D leaves.`,
      style,
    ),
    '',
  ];
}
