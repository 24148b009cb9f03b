import type { Piece } from './found-line.ts';

/** Keys under which CI systems keep shell: GitHub, GitLab, CircleCI, Azure, Travis, Drone, Taskfile. */
const shellKey =
  /^(\s*(?:- +)*)(?:run|script|before_script|after_script|commands?|cmds?|bash|sh|shell_command|inline_?[sS]cript|pwsh|powershell|install|before_install|after_install|after_success|after_failure|before_deploy|pre|post)\s*:(?:[ \t]+(.*))?$/;

/**
 * The shell in a CI file, line by line: `run: …`, `run: |` with what is indented below it, and lists such as
 * `script:` (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions,
 * https://docs.gitlab.com/ci/yaml/).
 */
export function ciPieces(text: string): Piece[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const pieces: Piece[] = [];
  let next = 0;
  for (const [place, line] of lines.entries()) {
    if (place < next) continue;
    const [, indent, value] = shellKey.exec(line) ?? [];
    if (indent === undefined) continue;
    const found =
      value === undefined || value === ''
        ? listBelow(lines, place, indent)
        : valueAt(lines, place, indent, value);
    pieces.push(...found);
    // What belongs to a piece is no key.
    next = found.at(-1)?.lines.at(-1) ?? 0;
  }
  return pieces;
}

function valueAt(lines: readonly string[], place: number, indent: string, value: string): Piece[] {
  const [, style] = /^([|>])[-+\d]*\s*(?:#.*)?$/.exec(value) ?? [];
  if (style === undefined) return [{ text: plain(value), lines: [place + 1] }];
  const end = endOfIndented(lines, place + 1, indent.length);
  return blockPiece(lines, place + 1, end, style);
}

function blockPiece(lines: readonly string[], from: number, end: number, style: string): Piece[] {
  if (end <= from) return [];
  const inside = lines.slice(from, end);
  const numbers = inside.map((_line, offset) => from + offset + 1);
  // A folded block is one line, and an empty line in it ends that.
  const text =
    style === '|'
      ? inside.join('\n')
      : inside.map((line) => (line.trim() === '' ? '\n' : `${line.trim()} `)).join('');
  return [{ text, lines: style === '|' ? numbers : numbers.slice(0, 1) }];
}

/** `- docker build .` below a key, at its indent or deeper; an item may be a block of its own. */
function listBelow(lines: readonly string[], place: number, indent: string): Piece[] {
  const pieces: Piece[] = [];
  const keyIndent = indent.replace(/- +$/, (dash) => ' '.repeat(dash.length)).length;
  let itemIndent: number | undefined;
  let end = place + 1;
  for (let line = lines[end]; line !== undefined; line = lines[end]) {
    const at = end;
    end += 1;
    const typed = line.trimStart();
    if (typed === '' || typed.startsWith('#')) continue;
    const blanks = line.length - typed.length;
    const [, value] = /^- +(.*)$/.exec(typed) ?? [];
    itemIndent ??= blanks;
    if (value === undefined || blanks !== itemIndent || itemIndent < keyIndent) break;
    const [, style] = /^([|>])[-+\d]*\s*(?:#.*)?$/.exec(value) ?? [];
    end = endOfIndented(lines, end, blanks);
    if (style !== undefined) pieces.push(...blockPiece(lines, at + 1, end, style));
    else {
      const [, , own] = shellKey.exec(value) ?? [];
      const more = lines.slice(at + 1, end).map((next) => next.trim());
      // A plain item goes on in the lines that are indented below it.
      if (own !== '') pieces.push({ text: plain([own ?? value, ...more].join(' ')), lines: [at + 1] });
    }
  }
  return pieces;
}

function endOfIndented(lines: readonly string[], from: number, indent: number): number {
  let end = from;
  let at = from;
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    at += 1;
    const typed = line.trimStart();
    if (typed === '') continue;
    if (line.length - typed.length <= indent) break;
    end = at;
  }
  return end;
}

/** A plain or quoted scalar of YAML. */
function plain(value: string): string {
  const typed = value.trim();
  const [, single] = /^'((?:[^']|'')*)'\s*(?:#.*)?$/.exec(typed) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  const [, double] = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(typed) ?? [];
  if (double !== undefined) return double.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return typed;
}
