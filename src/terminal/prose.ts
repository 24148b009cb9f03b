import { margin, type Style } from './style.ts';
import { noBreak, wrap } from './wrap.ts';

/** Gives the number a cited page is listed under; undefined leaves the citation out. */
export type Cite = (sourceId: string) => number | undefined;

const marks =
  /`([^`]+)`|\*\*(.+?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]^][^\]]*)\]\((https:[^)\s]+)\)|\s*\[\^([^\]]+)\]/g;

/** Draws the marks inside a text: `code`, **strong**, *em*, [text](url) and citations. */
export function drawMarks(text: string, style: Style, cite: Cite = () => undefined): string {
  return style
    .text(text)
    .replace(
      marks,
      (whole, code?: string, strong?: string, em?: string, label?: string, url?: string, source?: string) => {
        if (code !== undefined) return style.code(code);
        if (strong !== undefined) return style.strong(drawMarks(strong, style));
        if (em !== undefined) return style.emphasis(drawMarks(em, style));
        if (label !== undefined) return `${label} (${url})`;
        if (source === undefined) return whole;
        const number = cite(source);
        return number === undefined ? '' : noBreak + style.faint(`[${number}]`);
      },
    );
}

/** Wraps with a first line that starts with a label, the others below its text: `1  text…`. */
export function hang(label: string, labelWidth: number, text: string, width: number): string[] {
  const pad = ' '.repeat(labelWidth);
  return wrap(text, width - labelWidth).map((line, index) => (index === 0 ? label : pad) + line);
}

/** A paragraph: marks drawn, wrapped to the screen's width, inside the margin. */
export function drawParagraph(text: string, style: Style, cite?: Cite, indent = 0): string[] {
  return indented(wrap(drawMarks(text, style, cite), style.width - indent), margin + indent);
}

/** Something that is one line where it fits: already drawn, wrapped inside the margin. */
export function drawLine(drawn: string, style: Style): string[] {
  return indented(wrap(drawn, style.width));
}

/** An address or a path: never broken, so that it can be copied; the terminal wraps it. */
export function drawUnbroken(drawn: string, indent = 0): string[] {
  return indented([drawn], margin + indent);
}

/** Lines moved to the right; empty ones stay empty. */
export function indented(lines: readonly string[], columns = margin): string[] {
  const pad = ' '.repeat(columns);
  return lines.map((line) => (line === '' ? line : pad + line));
}
