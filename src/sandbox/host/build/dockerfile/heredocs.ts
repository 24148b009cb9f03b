import type { Heredoc } from './instruction-line.ts';
import { lexWord } from './word-lexer.ts';

/** What opens a heredoc: its word, and how its text is read. */
export type HeredocOpening = Omit<Heredoc, 'content'>;

const nothing = new Map<string, string>();

/** What a word such as `<<EOF` or `<<-"EOF"` opens; undefined when it opens nothing. */
export function heredocOpening(word: string): HeredocOpening | undefined {
  const [, dash, rest = ''] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
  if (dash === undefined || rest === '') return undefined;
  const { words } = lexWord(rest, nothing, { keepUnset: true });
  const [name] = words;
  if (words.length !== 1 || name === undefined) return undefined;
  const [raw = ''] = lexWord(rest, nothing, { keepUnset: true, rawQuotes: true }).words;
  return { word: name, expands: quotesIn(name) === quotesIn(raw), chomps: dash === '-' };
}

/** All that a line opens, in order. */
export function heredocsOpened(line: string): readonly HeredocOpening[] {
  const { words } = lexWord(line, nothing, { rawQuotes: true, rawEscapes: true, keepUnset: true });
  return words.map(heredocOpening).filter((found) => found !== undefined);
}

/** A text without the tabs at the beginning of its lines. */
function chomped(text: string): string {
  return text.replace(/^\t+/gm, '');
}

/** The text of a heredoc as it is meant. */
export function heredocText({ content, chomps }: Heredoc): string {
  return chomps ? chomped(content) : content;
}

function quotesIn(word: string): number {
  return word.split(/['"]/).length - 1;
}
