import { linesOfPiece } from './commands-of-piece.ts';
import type { FoundLine, Piece } from './found-line.ts';
import { hasPrompt, type NumberedLine, sessionPieces } from './session-pieces.ts';
import { beginsAsCommand, isWholeCommand } from './whole-command.ts';

/** Languages of a block that hold no commands to type. */
const other =
  /^(?:dockerfile|docker-compose|ya?ml|json5?|jsonc|toml|ini|xml|html|css|jsx?|tsx?|javascript|typescript|python|py|go|rust|java|ruby|php|c|cpp|csharp|sql|diff|mermaid|hcl|groovy|nginx|properties|env|dotenv)$/i;
const consoles = /^(?:console|shell-session|shellsession|sh-session|bash-session|terminal|session)$/i;

const fence = /^((?:\s|>)*)(`{3,}|~{3,})\s*\{?\.?([\w+-]*)/;

/**
 * The lines in a Markdown text: fenced and indented blocks, and inline code that is a whole command
 * (https://spec.commonmark.org/0.31.2/).
 */
export function linesOfMarkdown(text: string): FoundLine[] {
  const lines = text.split('\n').map((line, place): NumberedLine => ({ text: line, number: place + 1 }));
  const found: FoundLine[] = [];
  const judged = new Map<string, boolean>();
  const isWhole = (code: string): boolean => {
    const known = judged.get(code) ?? isWholeCommand(code);
    judged.set(code, known);
    return known;
  };
  let place = 0;
  for (let line = lines[place]; line; line = lines[place]) {
    const [, quote = '', mark, language = ''] = fence.exec(line.text) ?? [];
    if (mark === undefined) {
      const indented = indentedBlock(lines, place);
      if (indented.length > 0) found.push(...blockLines(withoutIndent(indented), ''));
      else found.push(...inlineLines(line, isWhole));
      place += Math.max(1, indented.length);
      continue;
    }
    const start = place + 1;
    let end = start;
    for (let inside = lines[end]; inside && !closes(inside.text, mark); inside = lines[end]) end += 1;
    const block = lines
      .slice(start, end)
      .map(({ text: inside, number }) => ({ text: withoutQuote(inside, quote), number }));
    if (!other.test(language)) found.push(...blockLines(withoutIndent(block), language));
    place = end + 1;
  }
  return found;
}

function closes(text: string, mark: string): boolean {
  const bare = text.replace(/^(?:\s|>)*/, '').trimEnd();
  return bare.length >= mark.length && bare.startsWith(mark) && /^(?:`+|~+)$/.test(bare);
}

function withoutQuote(text: string, quote: string): string {
  return quote.includes('>') ? text.replace(/^\s*>\s?/, '') : text;
}

function withoutIndent(lines: readonly NumberedLine[]): NumberedLine[] {
  const indents = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }) => text.length - text.trimStart().length);
  const least = indents.reduce((one, next) => Math.min(one, next), Number.POSITIVE_INFINITY);
  return lines.map(({ text, number }) => ({ text: text.slice(Number.isFinite(least) ? least : 0), number }));
}

function blockLines(block: readonly NumberedLine[], language: string): FoundLine[] {
  const first = block.find(({ text }) => text.trim() !== '')?.text.trim() ?? '';
  // In a block of no language, a comment that is a whole command has root's prompt before it.
  const isConsole =
    consoles.test(language) ||
    (/^(?:text)?$/.test(language) && first.startsWith('# ') && beginsAsCommand(first.slice(2)));
  const isQuoted = first.startsWith('> ') && beginsAsCommand(first.slice(2));
  const isSession = isConsole || isQuoted || hasPrompt(block.map(({ text }) => text));
  const pieces = isSession ? sessionPieces(block, isConsole) : [pieceOf(block, language)];
  return pieces.flatMap(linesOfPiece);
}

function pieceOf(block: readonly NumberedLine[], language: string): Piece {
  const shell = /^(?:powershell|pwsh|ps1|posh)$/i.test(language)
    ? 'powershell'
    : /^(?:cmd|bat|batch|dos)$/i.test(language)
      ? 'cmd'
      : undefined;
  return {
    text: block.map(({ text }) => text).join('\n'),
    lines: block.map(({ number }) => number),
    ...(shell === undefined ? {} : { shell }),
  };
}

/** Lines indented by four blanks or a tab, after an empty line, up to the next line that is not. */
function indentedBlock(lines: readonly NumberedLine[], from: number): NumberedLine[] {
  if (from > 0 && lines[from - 1]?.text.trim() !== '') return [];
  const block: NumberedLine[] = [];
  for (let line = lines[from]; line && isIndented(line); line = lines[from + block.length]) block.push(line);
  const [first = { text: '' }] = block;
  const typed = first.text.trim().replace(/^(?:[$#%>]|PS [^>]{0,100}>) +/, '');
  return beginsAsCommand(typed) || hasPrompt(block.map(({ text }) => text)) ? block : [];
}

function isIndented({ text }: NumberedLine): boolean {
  return /^(?: {4}|\t)\s*\S/.test(text) && !fence.test(text);
}

function inlineLines({ text, number }: NumberedLine, isWhole: (code: string) => boolean): FoundLine[] {
  if (!/docker|podman|nerdctl|kubectl/i.test(text)) return [];
  return [...text.matchAll(/(`+)([^`]{3,400})\1(?!`)/g)].flatMap(([, , code = '']) => {
    const typed = code.trim().replace(/^\$ /, '');
    return isWhole(typed) ? linesOfPiece({ text: typed, lines: [number] }) : [];
  });
}
