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

type Split = readonly [before: string, choices: readonly string[], after: string];

/** The first braces of a text that stand for several words. */
function split(text: string): Split | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const inner = innerOf(text, start);
    if (inner === undefined) continue;
    const choices = between(inner) ?? listed(inner);
    if (choices) return [text.slice(0, start), choices, text.slice(start + inner.length + 2)];
  }
  return undefined;
}

/** What stands between a brace and the one that closes it. */
function innerOf(text: string, start: number): string | undefined {
  let depth = 0;
  for (let place = start; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return text.slice(start + 1, place);
  }
  return undefined;
}

/** The parts between the commas that stand in no inner braces; undefined without any. */
function listed(inner: string): readonly string[] | undefined {
  let depth = 0;
  const parts = [''];
  for (const character of inner) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts.length > 1 ? parts : undefined;
}

/** `1..10..3`, `01..10` and `a..e`: numbers as wide as the widest that begins with a nought, or letters. */
function between(inner: string): readonly string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inner);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(inner);
  const [, from, to, by = '1'] = numbers ?? letters ?? [];
  if (from === undefined || to === undefined) return undefined;
  const [start, end] = numbers ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const width = [from, to].some((word) => /^-?0\d/.test(word)) ? Math.max(from.length, to.length) : 0;
  const size = Math.abs(Number(by)) || 1;
  const count = Math.min(Math.floor(Math.abs(end - start) / size) + 1, most);
  return Array.from({ length: count }, (_, index) => {
    const value = start + index * (start <= end ? size : -size);
    if (!numbers) return String.fromCharCode(value);
    const sign = value < 0 ? '-' : '';
    return sign + `${Math.abs(value)}`.padStart(width - sign.length, '0');
  });
}
