import { escapeHtml } from '../../../go/go-json.ts';
import type { Written } from './go-struct.ts';

/** JSON as Go writes it, with keys in the order they stand in; indented by two blanks, or in one line. */
export function writeJson(value: Written, isIndented: boolean): string {
  return escapeHtml(jsonOf(value, isIndented ? '\n' : ''));
}

/** @param lineEnd with the indentation of the line that the value began in; empty for one line */
function jsonOf(value: Written, lineEnd: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = lineEnd === '' ? '' : `${lineEnd}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? (value as readonly Written[]).map((each) => jsonOf(each, inner))
    : [...(value as ReadonlyMap<string, Written>)].map(
        ([key, each]) => `${JSON.stringify(key)}:${lineEnd === '' ? '' : ' '}${jsonOf(each, inner)}`,
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return parts.length === 0
    ? `${open}${close}`
    : `${open}${inner}${parts.join(`,${inner}`)}${lineEnd}${close}`;
}
