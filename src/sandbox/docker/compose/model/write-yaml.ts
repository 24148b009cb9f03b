import { byGoYaml4 } from '../../../go/go-order.ts';
import { escaped, hasSpecials, isNumberOrTime } from '../../../go/go-yaml.ts';
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
  return new Map([...entries].sort(([one], [other]) => byGoYaml4(one, other)));
}

function scalarLines(head: string, value: Written, indent: number): string[] {
  if (Array.isArray(value)) return [`${head}[]`];
  if (value instanceof Map) return [`${head}{}`];
  if (typeof value !== 'string') return [`${head}${String(value)}`];
  if (value.includes('\n') && isLiteral(value)) return literalLines(head, value, indent);
  if (value.includes('\n') || hasSpecials(value) || isOther(value)) return [`${head}"${escaped(value)}"`];
  return [isBare(value) ? `${head}${value}` : `${head}'${value.replaceAll("'", "''")}'`];
}

/** Whether a text of several lines can stand as it is: with tabs, but without blanks at the end of a line. */
function isLiteral(text: string): boolean {
  return /\S/.test(text) && !/ (\n|$)/.test(text) && !hasSpecials(text.replaceAll('\t', ''));
}

/** Blanks at its beginning would be taken for a part of the indent, where nothing is said of that. */
function literalLines(head: string, text: string, indent: number): string[] {
  const hint = text.startsWith(' ') ? '2' : '';
  const body = text.replace(/\n+$/, '');
  const end = text.slice(body.length);
  const chomp = ['-', ''][end.length] ?? '+';
  const lines = `${body}${end.slice(1)}`.split('\n');
  return [`${head}|${hint}${chomp}`, ...lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))];
}

const words = /^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** Words that YAML 1.1 took for switches; single quotes keep them texts. */
const oldSwitch = /^(y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
/** The same for numbers of base 60, such as times and addresses of cards. */
const oldNumber = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;

/** Whether a reader would take it for something else than a text. */
function isOther(text: string): boolean {
  return words.test(text) || (isNumberOrTime(text) && !oldNumber.test(text));
}

/** Whether it needs no quotes. */
function isBare(text: string): boolean {
  return !(
    text === '<<' ||
    oldSwitch.test(text) ||
    oldNumber.test(text) ||
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-]($|\s)/.test(text) ||
    /:($|\s)|\s#/.test(text) ||
    /^ | $/.test(text)
  );
}
