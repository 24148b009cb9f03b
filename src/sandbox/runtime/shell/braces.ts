import type { Word, WordPart } from './syntax.ts';

/** More words than a range is expanded to. */
const most = 10_000;

/** Bash's `{a,b}` and `{1..3}`: one word becomes several. Only braces within one unquoted part count. */
export function expandBraces(word: Word): readonly Word[] {
  for (const [index, part] of word.entries()) {
    if (part.kind !== 'text' || part.quoted) continue;
    const found = split(part.text);
    if (!found) continue;
    const [before, choices, after] = found;
    const text = (value: string): WordPart[] =>
      value === '' ? [] : [{ kind: 'text', text: value, quoted: false }];
    return choices.flatMap((choice) =>
      expandBraces([
        ...word.slice(0, index),
        ...text(`${before}${choice}${after}`),
        ...word.slice(index + 1),
      ]),
    );
  }
  return [word];
}

function split(
  text: string,
): readonly [before: string, choices: readonly string[], after: string] | undefined {
  const range = /\{(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])\}/.exec(text);
  const list = /\{([^{}]*,[^{}]*)\}/.exec(text);
  if (list && (!range || list.index < range.index)) {
    const choices = (list[1] ?? '').split(',');
    return [text.slice(0, list.index), choices, text.slice(list.index + list[0].length)];
  }
  if (!range) return undefined;
  const choices = between(range[1] ?? '', range[2] ?? '');
  return choices && [text.slice(0, range.index), choices, text.slice(range.index + range[0].length)];
}

function between(from: string, to: string): readonly string[] | undefined {
  const isNumber = /\d/.test(from) && /\d/.test(to);
  if (!isNumber && (/\d/.test(from) || /\d/.test(to))) return undefined;
  const [start, end] = isNumber ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const step = start <= end ? 1 : -1;
  const count = Math.min(Math.abs(end - start) + 1, most);
  return Array.from({ length: count }, (_, index) => {
    const value = start + index * step;
    return isNumber ? `${value}` : String.fromCharCode(value);
  });
}
