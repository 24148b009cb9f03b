import type { Diagram } from '../../lesson/lesson.ts';
import { drawParagraph, indented } from '../prose.ts';
import { margin, type Style } from '../style.ts';

/** A drawing where it fits and is of use; otherwise what it shows, in words. */
export function drawDiagram(diagram: Diagram, style: Style): string[] {
  const widest = Math.max(...diagram.lines.map((line) => [...line].length));
  if (style.screen.plain || widest > style.screen.columns - margin) {
    return drawParagraph(`Drawing: ${diagram.title}. ${diagram.description}`, style);
  }
  return indented(diagram.lines.map((line) => style.drawing(line)));
}
