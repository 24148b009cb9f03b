import { byGoYaml2 } from './go-order.ts';

/** Lines are broken at the first blank behind this column. */
const widest = 80;

/**
 * A value as kubectl prints it with `-o yaml`: keys in order, lists not indented, long texts broken, quotes
 * only where the library of kubectl sets them (go-yaml 2, as sigs.k8s.io/yaml carries it; tried against
 * kubectl 1.36).
 */
export function goYaml(value: unknown): string {
  return `${linesOf(value, 0).join('\n')}\n`;
}

function linesOf(value: unknown, indent: number): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((each) => itemLines(each, indent));
  const entries = entriesOf(value);
  if (entries.length === 0) return scalarLines('', value, indent);
  return entries.flatMap(([key, each]) => {
    const head = `${' '.repeat(indent)}${keyText(key)}:`;
    if (Array.isArray(each) && each.length > 0) return [head, ...linesOf(each, indent)];
    if (entriesOf(each).length > 0) return [head, ...linesOf(each, indent + 2)];
    return scalarLines(`${head} `, each, indent + 2);
  });
}

function itemLines(value: unknown, indent: number): string[] {
  const head = `${' '.repeat(indent)}- `;
  const isNested = Array.isArray(value) ? value.length > 0 : entriesOf(value).length > 0;
  if (!isNested) return scalarLines(head, value, indent + 2);
  const [first = '', ...rest] = linesOf(value, indent + 2);
  return [`${head}${first.slice(indent + 2)}`, ...rest];
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => byGoYaml2(one, other));
}

function keyText(key: string): string {
  const [line = '""'] = key === '' ? [] : scalarLines('', key, 0);
  return line;
}

/** @param indent of the lines that go on with it */
function scalarLines(head: string, value: unknown, indent: number): string[] {
  if (typeof value === 'string') return textLines(head, value, indent);
  if (Array.isArray(value)) return [`${head}[]`];
  if (typeof value === 'object' && value !== null) return [`${head}{}`];
  return [`${head}${typeof value === 'number' ? numeral(value) : String(value)}`];
}

/** Large and small numbers have an exponent, as Go writes them. */
function numeral(value: number): string {
  const isPlain = value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e21);
  return isPlain ? String(value) : value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function textLines(head: string, text: string, indent: number): string[] {
  if (text.includes('\n') && !hasOddEnds(text) && !hasSpecials(text)) return literalLines(head, text, indent);
  if (text.includes('\n') || isOther(text) || hasSpecials(text)) {
    return broken(`${head}"`, escaped(text), '"', indent, false);
  }
  return isBare(text)
    ? broken(head, text, '', indent, true)
    : broken(`${head}'`, text.replaceAll("'", "''"), "'", indent, true);
}

/** Whether blanks stand where a literal block cannot hold them. */
function hasOddEnds(text: string): boolean {
  return text.endsWith(' ') || / \n/.test(text);
}

/** Whether something is in a text that has to be escaped. */
export function hasSpecials(text: string): boolean {
  return /[^\n\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}]/u.test(text);
}

const words = new Set(
  ['y', 'Y', 'n', 'N', '', '~', '.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF'].concat(
    ['+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'],
    ...['yes', 'no', 'on', 'off', 'true', 'false', 'null'].map((word) => [
      word,
      `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
      word.toUpperCase(),
    ]),
  ),
);

/** Whether a reader would take it for something else than a text. */
function isOther(text: string): boolean {
  return words.has(text) || isNumberOrTime(text);
}

/** Whether a reader would take a text for a number or a time, in YAML 1.1 or 1.2. */
export function isNumberOrTime(text: string): boolean {
  if (!/^[-+.\d]/.test(text)) return false;
  const plain = text.replaceAll('_', '');
  return (
    /^[-+]?(0|[1-9]\d*|0[0-7]+|0[oO][0-7]+|0[xX][\da-fA-F]+|0[bB][01]+)$/.test(plain) ||
    /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain) ||
    /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text) ||
    isTime(text)
  );
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d*)?([Zz]|[-+]\d{2}:\d{2}| [-+]?\d+)?)?$/.test(
    text,
  );
}

/** Whether it needs no quotes. */
function isBare(text: string): boolean {
  return !(
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-]($|\s)/.test(text) ||
    /:($|\s)|\s#/.test(text) ||
    /^ | $/.test(text)
  );
}

function literalLines(head: string, text: string, indent: number): string[] {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
  return [`${head}|${hint}${chomp}`, ...lines];
}

const named: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** A text as it stands between double quotes. */
export function escaped(text: string): string {
  return [...text]
    .map((char) => {
      if (named[char] !== undefined) return named[char];
      if (!hasSpecials(char)) return char;
      const code = Number(char.codePointAt(0));
      const digits = code.toString(16).toUpperCase();
      if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
      return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
    })
    .join('');
}

/**
 * Breaks a text at single blanks behind the widest column.
 *
 * @param isWhole whether a blank beside another one never breaks; in double quotes the line then ends in `\`
 */
function broken(head: string, text: string, end: string, indent: number, isWhole: boolean): string[] {
  const lines: string[] = [];
  let line = head;
  let wasBlank = false;
  for (let place = 0; place < text.length; place++) {
    const char = text.charAt(place);
    const isInside = end === '' || (place > 0 && place < text.length - 1);
    const breaks =
      char === ' ' && !wasBlank && line.length > widest && isInside && !(isWhole && text[place + 1] === ' ');
    if (breaks) {
      lines.push(line);
      line = ' '.repeat(indent) + (text[place + 1] === ' ' ? '\\' : '');
    } else line += char;
    wasBlank = char === ' ';
  }
  return [...lines, `${line}${end}`];
}
