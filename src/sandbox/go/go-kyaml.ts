import { isNumberOrTime } from './go-yaml.ts';

/**
 * A value as kubectl prints it with `-o kyaml`: YAML with braces and commas, every text in quotes, and keys as they
 * come (sigs.k8s.io/yaml/kyaml, v1.6.0; tried against kubectl 1.36).
 */
export function goKyaml(value: unknown): string {
  return `---\n${rendered(value, 0)}\n`;
}

function rendered(value: unknown, indent: number): string {
  if (typeof value === 'string') return quoted(value, indent + 1);
  if (Array.isArray(value)) return list(value, indent);
  if (typeof value === 'object' && value !== null) return mapping(value, indent);
  return String(value);
}

/** Brackets of lists whose items have brackets of their own stand next to these. */
function list(items: readonly unknown[], indent: number): string {
  if (items.every((item) => typeof item === 'object' && item !== null)) {
    return `[${items.map((item) => rendered(item, indent)).join(', ')}]`;
  }
  const lines = items.map((item) => `${blank(indent + 1)}${rendered(item, indent + 1)},\n`);
  return `[\n${lines.join('')}${blank(indent)}]`;
}

function mapping(value: object, indent: number): string {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, each]) => `${blank(indent + 1)}${keyText(key)}: ${rendered(each, indent + 1)},\n`,
  );
  return `{\n${lines.join('')}${blank(indent)}}`;
}

function blank(level: number): string {
  return '  '.repeat(level);
}

/** Words that a reader of YAML might take for something else than a text. */
const ambiguous = /^(null|~|true|t|y|yes|on|false|f|n|no|off|[-+]?\.inf|\.nan)$/i;

function keyText(key: string): string {
  const isPlain = /^[\p{L}\p{N}_]([\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(key);
  const isClear = isPlain && !ambiguous.test(key) && !isNumberOrTime(key);
  return isClear ? key : `"${[...key].map(escapedChar).join('').replaceAll('\t', '\\t')}"`;
}

/** Each line of a text stands on a line of its own, with a mark that they belong together. */
function quoted(text: string, indent: number): string {
  if (!text.includes('\n')) return `"${[...text].map(escapedChar).join('')}"`;
  const lines = text.split('\n').map((line) => {
    if (line === '') return line;
    // What is blank at the beginning of a line counts only behind a backslash.
    const mark = /^\s/.test(line) ? '\\' : ' ';
    return `${mark}${[...line].map(escapedChar).join('')}`;
  });
  const isEnded = lines.at(-1) === '';
  const shown = isEnded ? lines.slice(0, -1) : lines;
  const folded = shown.map((line, place) => {
    const end = place < shown.length - 1 || isEnded ? '\\n' : '';
    return `${blank(indent)}${line === '' ? ' ' : line}${end}\\\n`;
  });
  return `"\\\n${folded.join('')}${blank(indent)}"`;
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\v': '\\v',
  '\0': '\\0',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escapedChar(char: string): string {
  const known = named[char];
  if (known !== undefined) return known;
  if (char === '\t' || /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char)) return char;
  const code = char.codePointAt(0) as number;
  const digits = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
