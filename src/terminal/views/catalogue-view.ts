import type { CatalogueLine } from '../../mapping/catalogue.ts';
import { nothing } from '../marks.ts';
import { drawLine, drawMarks } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { drawLikeness } from './likeness.ts';

/** Catalogue lines as a table; a blank line and a heading between categories where they are many. */
export function drawCatalogue(lines: readonly CatalogueLine[], style: Style): string[] {
  const rows = lines.map((line) => [
    style.text(line.typed),
    line.kubernetes === 'none' ? nothing(style) : drawMarks(line.kubernetes, style),
    style.screen.plain
      ? `${line.grade.replace('-', ' ')}. ${drawMarks(line.caveat, style)}`
      : `${drawLikeness(line.grade, style)}\n${drawMarks(line.caveat, style)}`,
  ]);
  return drawTable(['Docker', 'Kubernetes', 'How alike, and what to mind'], rows, [0.26, 0.32, 0.42], style);
}

/** The same by category, each under its name, without the caveats: the overview. */
export function drawOverview(lines: readonly CatalogueLine[], style: Style): string[] {
  const categories = [...new Set(lines.map((line) => line.category))];
  return categories.flatMap((category, index) => {
    const rows = lines
      .filter((line) => line.category === category)
      .map((line) => [
        style.text(line.typed),
        line.kubernetes === 'none' ? nothing(style) : drawMarks(line.kubernetes, style),
        drawLikeness(line.grade, style),
      ]);
    return [
      ...(index > 0 ? [''] : []),
      ...drawLine(style.title(category), style),
      ...drawTable(['Docker', 'Kubernetes', 'How alike'], rows, [0.3, 0.38, 0.32], style),
    ];
  });
}

/** A cheat sheet in Markdown, to print or to put into a wiki. */
export function drawMarkdown(lines: readonly CatalogueLine[]): string[] {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
  const code = (text: string): string =>
    text === 'none' ? 'none' : text.includes('`') ? cell(text) : `\`${cell(text)}\``;
  return [
    '# docker to kubectl',
    ...[...new Set(lines.map((line) => line.category))].flatMap((category) => [
      '',
      `## ${category}`,
      '',
      '| Docker | Kubernetes | How alike | Mind |',
      '|---|---|---|---|',
      ...lines
        .filter((line) => line.category === category)
        .map(
          (line) =>
            `| \`${line.typed}\` | ${code(line.kubernetes)} | ${line.grade.replace('-', ' ')} | ${cell(line.caveat)} |`,
        ),
    ]),
  ];
}
