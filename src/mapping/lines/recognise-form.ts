import { hostBaseName } from '../../docker/base-name.ts';
import { hasPrompt } from './session-pieces.ts';

/** What a text is, for finding commands in it. `none` has no commands that somebody types. */
export type Form =
  | 'script'
  | 'session'
  | 'markdown'
  | 'ci'
  | 'makefile'
  | 'bash-history'
  | 'zsh-history'
  | 'fish-history'
  | 'powershell-history'
  | 'powershell'
  | 'cmd'
  | 'none';

const byName: readonly (readonly [RegExp, Form])[] = [
  [/^fish_history$/, 'fish-history'],
  [/consolehost_history\.txt$/, 'powershell-history'],
  [/^[._]?(?:zsh_history|zhistory|histfile)$/, 'zsh-history'],
  [/^[._]?(?:bash_|sh_)?history$/, 'bash-history'],
  [/^(?:gnu)?makefile$|\.mk$/, 'makefile'],
  [/^(?:dockerfile|containerfile)(?:\..*)?$|\.(?:dockerfile|containerfile)$/, 'none'],
  [/\.(?:md|markdown|mdx|mdown)$/, 'markdown'],
  [/\.ya?ml$/, 'ci'],
  [/\.ps1$/, 'powershell'],
  [/\.(?:bat|cmd)$/, 'cmd'],
  [/\.(?:sh|bash|zsh|ksh|fish)$/, 'script'],
];

/**
 * What a text is, by the name of its file where that says it, otherwise by what is in it.
 *
 * @param name the name of the file, or its path
 */
export function recogniseForm(text: string, name = ''): Form {
  const file = hostBaseName(name).toLowerCase();
  const named = byName.find(([pattern]) => pattern.test(file))?.[1];
  // A bash history is what it is called by default; the content knows better.
  const form = named === 'bash-history' ? (byMark(text) ?? named) : named;
  return form ?? byMark(text) ?? byContent(text);
}

/** What a single line gives away. */
function byMark(text: string): Form | undefined {
  if (/^: \d{9,11}:\d+;/m.test(text)) return 'zsh-history';
  if (/^- cmd: .*\n\s+when: \d+/m.test(text)) return 'fish-history';
  if (/^#\d{9,11}\r?$/m.test(text)) return 'bash-history';
  return undefined;
}

function byContent(text: string): Form {
  const lines = text.slice(0, 200_000).split('\n');
  const first = lines.find((line) => line.trim() !== '' && !/^\s*#(?!!)/.test(line)) ?? '';
  if (text.startsWith('#!')) return 'script';
  if (/^\s*FROM\s+\S+/i.test(first) || (/^\s*ARG\s/i.test(first) && /^FROM\s/m.test(text))) return 'none';
  if (lines.some((line) => /^\s*(?:```|~~~)/.test(line)) || isProse(lines)) return 'markdown';
  if (lines.some((line, place) => isTarget(line) && /^\t\S/.test(lines[place + 1] ?? ''))) return 'makefile';
  if (/^(?:---|[\w"'./-]+:(?:\s|$)|- [\w"'-]+:)/.test(first) && !/\w\(\)/.test(first)) return 'ci';
  if (hasPrompt(lines)) return 'session';
  return byContinuation(lines) ?? 'script';
}

/** The shells of Windows go on in the next line after marks of their own. */
function byContinuation(lines: readonly string[]): Form | undefined {
  if (lines.some((line) => /^\s*@echo off\b/i.test(line))) return 'cmd';
  const goesOn = (pattern: RegExp): boolean =>
    lines.some((line, place) => pattern.test(line) && /^\s+\S|^-/.test(lines[place + 1] ?? ''));
  if (goesOn(/^[^^`]*\s\^[ \t]*\r?$/)) return 'cmd';
  return goesOn(/^[^^`]*\s`[ \t]*\r?$/) ? 'powershell' : undefined;
}

/** A heading, and a paragraph that ends in a full stop or has a link or inline code in it. */
function isProse(lines: readonly string[]): boolean {
  const hasHeading = lines.some((line, place) => {
    return /^#{1,6} \S/.test(line) || (/^(?:=+|-{3,})\s*$/.test(line) && /^\w/.test(lines[place - 1] ?? ''));
  });
  const paragraphs = lines.filter((line) => {
    return /^[A-Z][a-z']* .*(?:[.:]\s*$|`[^`]+`|\]\()/.test(line) || /^[[*+-].*\]\(/.test(line);
  });
  return paragraphs.length > (hasHeading ? 0 : lines.length / 4);
}

function isTarget(line: string): boolean {
  return /^[\w.%/$(){}-][\w.%/$(){} -]{0,200}:(?!=)/.test(line);
}
