import { labelKeyComplaint, labelValueComplaint } from '../../kinds/label-rules.ts';
import { badRequest } from './status.ts';

/** One condition on a label. */
interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';
  readonly values: readonly string[];
}

/** Whether labels fit. */
export type LabelTest = (labels: Readonly<Record<string, string>> | undefined) => boolean;

/**
 * Reads a selector such as `app=web,tier in (front, back),!canary` (k8s.io/apimachinery/pkg/labels, Parse).
 *
 * @throws ApiError BadRequest with the parser's words
 */
export function readLabelSelector(text: string): LabelTest {
  const requirements = parse(text);
  return (labels = {}) => requirements.every((each) => fits(each, labels));
}

function fits({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
      return value !== undefined && /^[+-]?\d+$/.test(value) && Number(value) > Number(values[0]);
    default:
      return value !== undefined && /^[+-]?\d+$/.test(value) && Number(value) < Number(values[0]);
  }
}

const symbols = ['!=', '==', '=', '!', '>', '<', '(', ')', ','];
const end = '';

/** Words, and signs; keywords are words until the grammar asks for an operator. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let rest = text.replace(/^[ \t\r\n]+/, '');
  while (rest !== '') {
    const sign = symbols.find((each) => rest.startsWith(each));
    const token = sign ?? (/^[^ \t\r\n=!><(),]+/.exec(rest)?.[0] as string);
    tokens.push(token);
    rest = rest.slice(token.length).replace(/^[ \t\r\n]+/, '');
  }
  return tokens;
}

function parse(text: string): Requirement[] {
  const tokens = tokensOf(text);
  let place = 0;
  const peek = (): string => tokens[place] ?? end;
  const next = (): string => tokens[place++] ?? end;
  const found: Requirement[] = [];
  if (tokens.length === 0) return found;
  for (;;) {
    if (!isWord(peek()) && peek() !== '!') {
      throw badRequest(`found '${peek()}', expected: !, identifier, or 'end of string'`);
    }
    found.push(requirement(peek, next));
    const separator = next();
    if (separator === end) return found;
    if (separator !== ',') throw badRequest(`found '${separator}', expected: ',' or 'end of string'`);
    if (!isWord(peek()) && peek() !== '!')
      throw badRequest(`found '${peek()}', expected: identifier after ','`);
  }
}

const operators = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];

function requirement(peek: () => string, next: () => string): Requirement {
  const isNegated = peek() === '!';
  if (isNegated) next();
  const key = next();
  if (!isWord(key)) throw unparsable(`found '${key}', expected: identifier`);
  const complaint = labelKeyComplaint(key);
  if (complaint) throw unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${complaint}`);
  if (isNegated) return { key, operator: '!', values: [] };
  if (peek() === end || peek() === ',') return { key, operator: 'exists', values: [] };
  const operator = next();
  switch (operator) {
    case '=':
    case '==':
      return checked({ key, operator: 'in', values: [exactValue(peek, next)] });
    case '!=':
      return checked({ key, operator: 'notin', values: [exactValue(peek, next)] });
    case 'in':
    case 'notin':
      return checked({ key, operator, values: listOf(peek, next) });
    case '>':
    case '<':
      return checked({ key, operator: operator === '>' ? 'gt' : 'lt', values: [exactValue(peek, next)] });
    default:
      throw unparsable(`found '${operator}', expected: ${operators.join(', ')}`);
  }
}

function exactValue(peek: () => string, next: () => string): string {
  if (peek() === end || peek() === ',') return '';
  const value = next();
  if (!isWord(value)) throw unparsable(`found '${value}', expected: identifier`);
  return value;
}

function listOf(peek: () => string, next: () => string): string[] {
  const open = next();
  if (open !== '(') throw unparsable(`found '${open}' expected: '('`);
  const values: string[] = [];
  for (;;) {
    // Between two commas stands an empty value.
    values.push(isWord(peek()) ? next() : '');
    const sign = next();
    if (sign === ')') return [...new Set(values)];
    if (sign !== ',') throw unparsable(`found '${sign}', expected: ',' or ')'`);
  }
}

function checked(one: Requirement): Requirement {
  if (one.operator === 'gt' || one.operator === 'lt') {
    const [value = ''] = one.values;
    if (!/^[+-]?\d+$/.test(value)) {
      throw unparsable(
        `values[0]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
  }
  one.values.forEach((value, index) => {
    const complaint = labelValueComplaint(value);
    if (!complaint) return;
    throw unparsable(`values[${index}][${one.key}]: Invalid value: ${JSON.stringify(value)}: ${complaint}`);
  });
  return one;
}

function isWord(token: string): boolean {
  return token !== end && !symbols.includes(token);
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
