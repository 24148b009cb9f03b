import { posixExpression } from '../text/regular-expression.ts';

/** A record, where a whole one is there, and what is behind it. */
interface Found {
  /** Undefined where only what stands between records was passed over. */
  readonly record?: string;
  readonly rest: string;
}

/**
 * The first record of a text (POSIX, awk, RS): up to a character, or what fits a regular expression; without
 * either records are parted by empty lines.
 *
 * @param isWhole whether nothing more comes
 * @returns undefined when the record has no end yet
 */
export function recordIn(text: string, separator: string, isWhole: boolean): Found | undefined {
  if (separator === '') {
    if (text.startsWith('\n')) return { rest: text.replace(/^\n+/, '') };
    return upTo(text, /\n\n+/, isWhole, /\n$/);
  }
  if (separator === '\n') return upTo(text, /\n/, isWhole);
  const expression = separator.length === 1 ? undefined : posixExpression(separator, true, '', 'awk');
  return upTo(text, expression ?? separator, isWhole);
}

/** @param last what the last record does not have at its end */
function upTo(
  text: string,
  end: RegExp | string,
  isWhole: boolean,
  last: RegExp | string = '',
): Found | undefined {
  const found = typeof end === 'string' ? undefined : end.exec(text);
  const at = typeof end === 'string' ? text.indexOf(end) : (found?.index ?? -1);
  if (at >= 0) return { record: text.slice(0, at), rest: text.slice(at + (found?.[0] ?? `${end}`).length) };
  return isWhole ? { record: text.replace(last, ''), rest: '' } : undefined;
}
