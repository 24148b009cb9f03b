import { ComposeRefusal } from './refusal.ts';
import { type Lookup, substitute, VariableError } from './variables.ts';

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/**
 * The variables of a file `.env` (dotenv/parser.go of compose-go): `KEY=value`, `export KEY=value`,
 * `KEY: value`, comments, single quotes that keep everything, double quotes with escapes and variables.
 *
 * @param lookup what is set already, for variables in the values
 */
export function readDotenv(text: string, file: string, lookup: Lookup): Map<string, string> {
  const found = new Map<string, string>();
  const known: Lookup = (name) => lookup(name) ?? found.get(name);
  let at = 0;
  let line = 1;
  const fail = (message: string): ComposeRefusal =>
    new ComposeRefusal(message, 'A line of this file is KEY=value.', { file, line, column: 1 });
  const expand = (value: string): string => {
    try {
      return substitute(value, known, () => {});
    } catch (error) {
      throw error instanceof VariableError ? fail(error.message) : error;
    }
  };
  while (at < text.length) {
    if (text[at] === '\n') line += 1;
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const end = endOfLine(text, at);
    if (text[at] === '#') {
      at = end;
      continue;
    }
    const statement = text.slice(at, end).replace(/^export\s+/, '');
    const from = end - statement.length;
    const [whole = '', spelled = '', separator] = /^([^=:\n]*)([=:])?[^\S\n]*/.exec(statement) ?? [];
    const key = spelled.trimEnd();
    const strange = /[^\p{L}\p{N}_.\-[\]\s]/u.exec(spelled)?.[0];
    if (strange !== undefined)
      throw fail(`unexpected character ${JSON.stringify(strange)} in the name of a variable`);
    if (/\s/.test(key) || key === '') throw fail('key cannot contain a space');
    if (separator === undefined) {
      const value = lookup(key);
      if (value !== undefined) found.set(key, value);
      at = end;
      continue;
    }
    const start = from + whole.length;
    const quote = text[start];
    if (quote !== '"' && quote !== "'") {
      const value = (text.slice(start, Math.max(start, end)).split(' #', 1)[0] ?? '').trimEnd();
      found.set(key, expand(value));
      at = end;
      continue;
    }
    const close = closingQuote(text, start, quote);
    if (close < 0) throw fail('a quote is not closed');
    const inside = text.slice(start + 1, close).replaceAll(`\\${quote}`, quote);
    found.set(key, quote === '"' ? expand(withoutEscapes(inside)) : inside);
    line += inside.split('\n').length - 1;
    at = close + 1;
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([abfnrtv"\\$])/g, (_, letter: string) =>
    letter === '$' ? '$$' : (escapes[letter] ?? letter),
  );
}
