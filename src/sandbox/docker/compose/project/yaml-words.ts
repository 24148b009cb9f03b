import type { ComposeRefusal } from '../../../../docker/compose/refusal.ts';
import { lineAt } from './yaml-place.ts';

/**
 * What compose says of a text that is no YAML (go.yaml.in/yaml/v4). Its reader and ours find most slips at the
 * same place.
 *
 * @returns undefined for a refusal of another kind
 */
export function yamlWords({ message, file, line, column }: ComposeRefusal, text: string): string | undefined {
  const at = `L${line}.C${column}`;
  const key = /^the key (".*") is already given in line (\d+)$/.exec(message);
  if (key) {
    return `failed to parse ${file}: yaml: construct errors: line 1: line ${line}: mapping key ${key[1]} already defined at line ${key[2]}`;
  }
  const anchor = /^\*(.*) refers to an anchor that is not there$/.exec(message);
  if (anchor) return `go-yaml load error in composer at ${at}: unknown anchor '${anchor[1]}' referenced`;
  const [, what] = /^this is not YAML: (.*)$/s.exec(message) ?? [];
  if (what === undefined) return undefined;
  const lines = text.split('\n');
  const end = `L${lines.length}.C1`;
  const tab = lines.findIndex((each) => /^ *\t/.test(each));
  if (what.includes('tab') && tab >= 0)
    return strange(`L${tab + 1}.C${lineAt(lines, tab).indexOf('\t') + 1}`);
  const odd = lines.findIndex((each) => /:\s+[@`%]/.test(each));
  if (odd >= 0) return strange(`L${odd + 1}.C${lineAt(lines, odd).search(/[@`%]/) + 1}`);
  if (/quote/.test(what)) {
    const from = lines.findIndex(
      (each) => (each.match(/"/g)?.length ?? 0) % 2 === 1 || (each.match(/'/g)?.length ?? 0) % 2 === 1,
    );
    const start = `L${from + 1}.C${lineAt(lines, from).search(/["']/) + 1}`;
    return `go-yaml load error in scanner (while scanning a quoted scalar) at ${start}-${end}: found unexpected end of stream`;
  }
  const open = lines.findIndex((each) => /[[{][^\]}]*$/.test(each));
  if (/flow|sequence|\[|\{/i.test(what) && open >= 0) {
    const column = lineAt(lines, open).search(/[[{][^\]}]*$/);
    const isList = lineAt(lines, open)[column] === '[';
    return `go-yaml load error in parser (while parsing a flow ${isList ? 'sequence' : 'mapping'}) at L${open + 1}.C${column + 1}-${end}: did not find expected ',' or '${isList ? ']' : '}'}'`;
  }
  const second = colonThatIsNotMeant(lines);
  return `go-yaml load error in scanner at ${second ?? at}: mapping values are not allowed in this context`;
}

function strange(place: string): string {
  return `go-yaml load error in scanner (while scanning for the next token) at ${place}: found character that cannot start any token`;
}

/** A colon behind a value, or below one that goes on. */
function colonThatIsNotMeant(lines: readonly string[]): string | undefined {
  for (const [place, line] of lines.entries()) {
    const twice = /^\s*(?:- )?[\w.-]+:\s+[^"'[{|>#][^:#]*(?=:(?:\s|$))/.exec(line);
    if (twice) return `L${place + 1}.C${twice[0].length + 1}`;
    const indent = line.search(/\S/);
    const before = lineAt(lines, place - 1);
    const isDeeper =
      indent > before.search(/\S/) && /^\s*(?:- )?[\w.-]+:\s+[^|>\s]|^\s*[\w.-]+\s*$/.test(before);
    const key = isDeeper ? /^\s*[\w.-]+(?=:)/.exec(line) : null;
    if (key) return `L${place + 1}.C${key[0].length + 1}`;
  }
  return undefined;
}
