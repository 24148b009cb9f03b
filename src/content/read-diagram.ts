import type { z } from 'zod';
import type { Diagram } from '../lesson/lesson.ts';
import type { Finding } from './finding.ts';
import { diagramSchema } from './schema.ts';
import { readYaml } from './yaml-source.ts';

/** A drawing with the sources its front matter names. */
export interface DiagramText {
  readonly diagram: Diagram;
  readonly file: string;
  readonly sources: readonly string[];
}

/** Fits a terminal of 60 columns with the two of the margin. */
const mostColumns = 58;
const mostLines = 18;
const drawable = /^[\x20-\x7e─│┌┐└┘├┤┬┴┼╌╎═║▶◀▲▼→←↑↓●○·…✓✗]*$/;

/** Reads one lessons/diagrams/<id>.txt: front matter, then the drawing. */
export function readDiagram(
  text: string,
  file: string,
  id: string,
): { drawing?: DiagramText; findings: Finding[] } {
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (!front) {
    return { findings: [{ file, line: 1, message: 'starts with front matter: title and description' }] };
  }
  const [head, yaml = ''] = front;
  const fields = readYaml(yaml, diagramSchema, file, 2);
  if (Array.isArray(fields)) return { findings: fields };

  const firstLine = head.split('\n').length;
  const lines = text
    .slice(head.length)
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) => line.trimEnd());
  const { title, description, sources = [] }: z.infer<typeof diagramSchema> = fields.value;
  return {
    drawing: { diagram: { id, title, description, lines }, file, sources },
    findings: lintDrawing(lines, file, firstLine),
  };
}

function lintDrawing(lines: readonly string[], file: string, firstLine: number): Finding[] {
  const findings = lines.flatMap((line, index): Finding[] => {
    const at = { file, line: firstLine + index };
    if ([...line].length > mostColumns) {
      return [
        { ...at, message: `is ${[...line].length} columns wide; a drawing has at most ${mostColumns}` },
      ];
    }
    if (!drawable.test(line)) {
      return [
        {
          ...at,
          message: 'holds a character without an ASCII twin; see CONTRIBUTING for those that have one',
        },
      ];
    }
    return [];
  });
  if (lines.length > mostLines) {
    findings.push({
      file,
      line: firstLine,
      message: `is ${lines.length} lines tall; a drawing has at most ${mostLines}`,
    });
  }
  return [...findings, ...looseEnds(lines, file, firstLine)];
}

const goesDown = new Set('│┌┐├┤┬┼╎║▲↑');
const goesUp = new Set('│└┘├┤┴┼╎║▼↓');
const goesRight = new Set('─┌└├┬┴┼╌═◀←');
const goesLeft = new Set('─┐┘┤┬┴┼╌═▶→');

/** Corners and walls whose line goes on into nothing: the mark of a box that does not line up. */
function looseEnds(lines: readonly string[], file: string, firstLine: number): Finding[] {
  const grid = lines.map((line) => [...line]);
  return grid.flatMap((row, y) =>
    row.flatMap((char, x): Finding[] => {
      const below = grid[y + 1]?.[x] ?? ' ';
      const above = grid[y - 1]?.[x] ?? ' ';
      const isLoose =
        ('┌┐'.includes(char) && !goesUp.has(below)) ||
        ('└┘'.includes(char) && !goesDown.has(above)) ||
        ('┌└'.includes(char) && !goesLeft.has(row[x + 1] ?? ' ')) ||
        ('┐┘'.includes(char) && !goesRight.has(row[x - 1] ?? ' ')) ||
        ('│║'.includes(char) && above === ' ' && below === ' ');
      if (!isLoose) return [];
      return [
        {
          file,
          line: firstLine + y,
          message: `the ${char} in column ${x + 1} meets no line; the box does not close`,
        },
      ];
    }),
  );
}
