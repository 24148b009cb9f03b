import type { Block, ConsoleLine, Counterpart } from '../../lesson/lesson.ts';
import { breakBeforeOptions } from '../conversation/shell-line.ts';
import { type Cite, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import { margin, type Style } from '../style.ts';
import { drawTable } from '../table.ts';
import { wrap } from '../wrap.ts';
import { drawDiagram } from './diagram.ts';
import { drawLikeness } from './likeness.ts';

/** Draws the blocks of a step, an empty line between two. */
export function drawBlocks(blocks: readonly Block[], style: Style, cite?: Cite): string[] {
  return blocks.flatMap((block, index) => [...(index > 0 ? [''] : []), ...drawBlock(block, style, cite)]);
}

function drawBlock(block: Block, style: Style, cite?: Cite): string[] {
  switch (block.kind) {
    case 'paragraph':
      return drawParagraph(block.text, style, cite);
    case 'remark':
      return drawRemark(block.text, style, cite);
    case 'list':
      return drawList(block.items, block.ordered, style, cite);
    case 'table': {
      const share = 1 / block.head.length;
      const draw = (cell: string): string => drawMarks(cell, style, cite);
      return drawTable(
        block.head.map(draw),
        block.rows.map((row) => row.map(draw)),
        block.head.map(() => share),
        style,
      );
    }
    case 'code':
      return drawListing(block.text, style);
    case 'console':
      return drawConsole(block.lines, style);
    case 'diagram':
      return drawDiagram(block.diagram, style);
    case 'counterparts':
      return drawCounterparts(block.rows, style);
  }
}

function drawRemark(text: string, style: Style, cite?: Cite): string[] {
  if (style.screen.plain) return drawParagraph(`Note: ${text}`, style, cite);
  const lines = wrap(drawMarks(text, style, cite), style.width - 2);
  return indented(lines.map((line) => `${style.notable(style.sign.bar)} ${line}`));
}

/** Items hang below their bullet or number. */
export function drawList(items: readonly string[], ordered: boolean, style: Style, cite?: Cite): string[] {
  return items.flatMap((item, index) => {
    const label = ordered ? `${index + 1}. ` : '- ';
    return indented(hang(label, label.length, drawMarks(item, style, cite), style.width));
  });
}

/**
 * Code, manifests and output: kept as they are, cut into pieces only where the terminal is too narrow. In the
 * linear form a line is never cut, since it is heard, or copied.
 */
export function drawListing(text: string, style: Style): string[] {
  return text.split('\n').flatMap((line) => frame(pieces(style.drawing(line), style), style));
}

/** Lines that are typed: where the terminal is too narrow they go on after a backslash, between two words. */
export function drawScript(text: string, style: Style): string[] {
  return text.split('\n').flatMap((line) => frame(typedPieces('', style.drawing(line), style), style));
}

function pieces(line: string, style: Style): string[] {
  return style.screen.plain ? [line] : cut(line, room(style));
}

/** Quotes hold a word together; a comment ends with its line. */
function typedPieces(prompt: string, line: string, style: Style): string[] {
  const words = line.match(/(?:[^\s'"\\]+|\\.|'[^']*'|"[^"]*")+/g) ?? [];
  const isSplit = words.join(' ') === line && !/(^|\s)#/.test(line);
  if (style.screen.plain || !isSplit) return pieces(prompt + line, style);
  const pad = ' '.repeat(prompt.length);
  return breakBeforeOptions(words, room(style) - prompt.length)
    .map((each, place) => (place === 0 ? prompt : pad) + each)
    .flatMap((each) => cut(each, room(style)));
}

/** Commands stand out from what they printed. */
export function drawConsole(lines: readonly ConsoleLine[], style: Style): string[] {
  const prompts = { command: '$ ', 'node-command': '# ', continuation: '> ', output: '' };
  return lines.flatMap(({ kind, text }) => {
    if (kind === 'output') return frame(pieces(style.drawing(text), style), style);
    const typed = typedPieces(prompts[kind], style.drawing(text), style);
    return frame(
      typed.map((piece) => style.typed(piece)),
      style,
    );
  });
}

/** The table of Docker's ways and their counterparts. */
function drawCounterparts(rows: readonly Counterpart[], style: Style): string[] {
  const cells = rows.map((row) => [
    style.text(row.docker),
    style.text(row.kubernetes),
    style.screen.plain
      ? `${row.grade.replace('-', ' ')}. ${drawMarks(row.note, style)}`
      : `${drawLikeness(row.grade, style)}\n${drawMarks(row.note, style)}`,
  ]);
  return drawTable(['Docker', 'Kubernetes', 'How alike'], cells, [0.3, 0.32, 0.38], style);
}

/** Columns of the edge that listings and consoles stand behind. */
const frameWidth = 2;

function room(style: Style): number {
  return style.screen.columns - margin - frameWidth;
}

function frame(lines: readonly string[], style: Style): string[] {
  const edge = style.screen.plain ? '  ' : `${style.faint(style.sign.bar)} `;
  return indented(lines.map((line) => edge + line));
}

/** Cuts a line into pieces of a width; the later ones are set in, so that they read as one line. */
export function cut(line: string, width: number): string[] {
  const chars = [...line];
  if (chars.length <= width) return [line];
  const pieces = [chars.slice(0, width).join('')];
  for (let at = width; at < chars.length; at += width - 4)
    pieces.push(`    ${chars.slice(at, at + width - 4).join('')}`);
  return pieces;
}
