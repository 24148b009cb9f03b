import { byGoYaml } from '../../../go/go-order.ts';
import { hasSpecials, isNumberOrTime } from '../../../go/go-yaml.ts';
import type { Written } from './go-struct.ts';

/**
 * YAML as compose writes it: two blanks deep, items of lists indented too, no line broken (go.yaml.in/yaml/v4;
 * tried against `docker compose config` 5.5.1). Structs keep the order of their fields.
 */
export function writeYaml(value: ReadonlyMap<string, Written>): string {
  return `${linesOf(value, 0).join('\n')}\n`;
}

function linesOf(value: Written, indent: number): string[] {
  const blanks = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return (value as readonly Written[]).flatMap((each) => {
      if (!hasLines(each)) return scalarLines(`${blanks}- `, each, indent + 2);
      const [first = '', ...rest] = linesOf(each, indent + 2);
      return [`${blanks}- ${first.slice(indent + 2)}`, ...rest];
    });
  }
  return [...(value as ReadonlyMap<string, Written>)].flatMap(([key, each]) => {
    const head = `${blanks}${scalarLines('', key, 0)[0]}:`;
    if (hasLines(each)) return [head, ...linesOf(each, indent + 2)];
    return scalarLines(`${head} `, each, indent + 2);
  });
}

function hasLines(value: Written): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof Map && value.size > 0;
}

/** A mapping of the user's, with its keys in the order that YAML gives them. */
export function inYamlOrder<Value>(entries: Iterable<readonly [string, Value]>): Map<string, Value> {
  return new Map([...entries].sort(([one], [other]) => byGoYaml(one, other)));
}

function scalarLines(head: string, value: Written, indent: number): string[] {
  if (Array.isArray(value)) return [`${head}[]`];
  if (value instanceof Map) return [`${head}{}`];
  if (typeof value !== 'string') return [`${head}${String(value)}`];
  if (value.includes('\n') && !/(^|\n)[ \t]*$/.test(value.replace(/\n+$/, '')) && !hasSpecials(value))
    return literalLines(head, value, indent);
  if (value.includes('\n') || hasSpecials(value)) return [`${head}"${escaped(value)}"`];
  if (isOther(value)) return [`${head}"${escaped(value)}"`];
  return [isBare(value) ? `${head}${value}` : `${head}'${value.replaceAll("'", "''")}'`];
}

function literalLines(head: string, text: string, indent: number): string[] {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
  return [`${head}|${hint}${chomp}`, ...lines];
}

function escaped(text: string): string {
  return [...text]
    .map((char) => {
      if (char === '"' || char === '\\') return `\\${char}`;
      if (char === '\n') return '\\n';
      if (char === '\t') return '\\t';
      if (char === '\r') return '\\r';
      if (char === '\x1b') return '\\e';
      const code = char.codePointAt(0) ?? 0;
      return hasSpecials(char) ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : char;
    })
    .join('');
}

const words =
  /^(|~|null|Null|NULL|<<|true|True|TRUE|false|False|FALSE|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** Words that YAML 1.1 took for switches; single quotes keep them texts. */
const oldSwitch = /^(y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;

/** Whether a reader would take it for something else than a text. */
function isOther(text: string): boolean {
  return words.test(text) || isNumberOrTime(text);
}

/** Whether it needs no quotes. */
function isBare(text: string): boolean {
  return !(
    oldSwitch.test(text) ||
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-]($|\s)/.test(text) ||
    /:($|\s)|\s#/.test(text) ||
    /^ | $/.test(text)
  );
}
