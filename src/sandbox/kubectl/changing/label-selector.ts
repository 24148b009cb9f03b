import type { LabelSelector } from '../../../kubernetes/api.ts';
import { CommandFailure } from '../failures.ts';
import { noLabelValue, noQualifiedName } from './name-rules.ts';

/** One condition of a selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'exists' | '!' | '=' | '==' | '!=' | 'in' | 'notin' | 'gt' | 'lt';
  /** In order, each once. */
  readonly values: readonly string[];
}

/**
 * Reads a selector such as `app=web,tier in (a, b),!old` (k8s.io/apimachinery/pkg/labels/selector.go).
 *
 * @throws CommandFailure in the library's words
 */
export function parseLabelSelector(text: string): readonly LabelRequirement[] {
  const tokens = text.match(/!=|==|[=!(),<>]|[^\s=!(),<>]+/g) ?? [];
  const requirements: LabelRequirement[] = [];
  let place = 0;
  const take = (): string => tokens[place++] ?? '';
  while (place < tokens.length) {
    if (!isWord(tokens[place]) && tokens[place] !== '!') {
      throw new CommandFailure(`found '${take()}', expected: !, identifier, or 'end of string'`);
    }
    const requirement = readRequirement(tokens, () => place, take);
    demandValid(requirement);
    requirements.push(requirement);
    if (place >= tokens.length) break;
    const separator = take();
    if (separator !== ',') {
      throw new CommandFailure(`found '${separator}', expected: ',' or 'end of string'`);
    }
    if (!isWord(tokens[place]) && tokens[place] !== '!') {
      throw new CommandFailure(`found '${take()}', expected: identifier after ','`);
    }
  }
  return requirements.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}

function readRequirement(
  tokens: readonly string[],
  place: () => number,
  take: () => string,
): LabelRequirement {
  let key = take();
  const isNegated = key === '!';
  if (isNegated) key = take();
  if (!isWord(key)) throw unreadable(`found '${key}', expected: identifier`);
  if (isNegated) return { key, operator: '!', values: [] };
  const next = tokens[place()];
  if (next === undefined || next === ',') return { key, operator: 'exists', values: [] };
  const sign = take();
  const operator = operators[sign];
  if (!operator) {
    throw unreadable(`found '${sign}', expected: in, notin, =, ==, !=, gt, lt`);
  }
  if (operator === 'in' || operator === 'notin') return { key, operator, values: readValues(take) };
  const value = tokens[place()];
  if (value === undefined || value === ',') return { key, operator, values: [''] };
  if (!isWord(take())) throw unreadable(`found '${value}', expected: identifier`);
  return { key, operator, values: [value] };
}

/** @throws CommandFailure for a key or a value that no label has */
function demandValid({ key, operator, values }: LabelRequirement): void {
  const oddKey = noQualifiedName(key, 'valid label key');
  if (oddKey !== undefined) throw unreadable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${oddKey}`);
  const [first = ''] = values;
  if ((operator === 'gt' || operator === 'lt') && !/^[-+]?\d+$/.test(first)) {
    throw unreadable(
      `values[0]: Invalid value: ${JSON.stringify(first)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  }
  const odd = values.flatMap((value, place) => {
    const why = noLabelValue(value);
    return why === undefined
      ? []
      : [`values[${place}][${key}]: Invalid value: ${JSON.stringify(value)}: ${why}`];
  });
  if (odd.length > 0) throw unreadable(odd.length > 1 ? `[${odd.join(', ')}]` : odd.join(''));
}

function readValues(take: () => string): readonly string[] {
  const open = take();
  if (open !== '(') throw unreadable(`found '${open}' expected: '('`);
  const values = new Set<string>();
  // What may come next, as the message says it.
  let expected = "',', ')' or identifier";
  for (let isWaiting = true; ; ) {
    const token = take();
    if (token === ')' || token === ',') {
      if (isWaiting) values.add('');
      if (token === ')') return [...values].sort();
      isWaiting = true;
      expected = "',', or identifier";
    } else {
      if (!isWord(token) || !isWaiting) throw unreadable(`found '${token}', expected: ${expected}`);
      values.add(token);
      isWaiting = false;
      expected = "',' or ')'";
    }
  }
}

const operators: Readonly<Record<string, LabelRequirement['operator']>> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
  '>': 'gt',
  '<': 'lt',
};

function isWord(token: string | undefined): boolean {
  return token !== undefined && /^[^\s=!(),<>]+$/.test(token);
}

function unreadable(why: string): CommandFailure {
  return new CommandFailure(`unable to parse requirement: ${why}`);
}

/** Whether labels meet every condition. */
export function fitsRequirements(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>> = {},
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels[key];
    switch (operator) {
      case 'exists':
        return value !== undefined;
      case '!':
        return value === undefined;
      case 'gt':
        return value !== undefined && Number(value) > Number(values[0]);
      case 'lt':
        return value !== undefined && Number(value) < Number(values[0]);
      case '!=':
      case 'notin':
        return value === undefined || !values.includes(value);
      default:
        return value !== undefined && values.includes(value);
    }
  });
}

/**
 * What `--selector` asks of the objects of files.
 *
 * @throws CommandFailure in the words of k8s.io/cli-runtime/pkg/resource/builder.go
 */
export function fileRequirements(text = ''): readonly LabelRequirement[] {
  try {
    return parseLabelSelector(text);
  } catch (failure) {
    const why = (failure as Error).message;
    throw new CommandFailure(`the provided selector ${JSON.stringify(text)} is not valid: ${why}`);
  }
}

function readSelector(text: string): readonly LabelRequirement[] {
  try {
    return parseLabelSelector(text);
  } catch (failure) {
    const why = (failure as Error).message;
    throw new CommandFailure(`couldn't parse the selector string ${JSON.stringify(text)}: ${why}`);
  }
}

/**
 * A selector as objects hold it (k8s.io/apimachinery/pkg/apis/meta/v1, ParseToLabelSelector).
 *
 * @throws CommandFailure
 */
export function toLabelSelector(text: string): LabelSelector {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: { key: string; operator: string; values?: readonly string[] }[] = [];
  for (const { key, operator, values } of readSelector(text)) {
    if (operator === '=' || operator === '==') matchLabels[key] = values.join();
    else if (operator === 'exists') matchExpressions.push({ key, operator: 'Exists' });
    else if (operator === '!') matchExpressions.push({ key, operator: 'DoesNotExist' });
    else if (operator === 'in') matchExpressions.push({ key, operator: 'In', values });
    else if (operator === 'notin') {
      matchExpressions.push({ key, operator: 'NotIn', values });
    } else if (operator === 'gt' || operator === 'lt') {
      throw new CommandFailure(`${JSON.stringify(operator)} isn't supported in label selectors`);
    } else {
      throw new CommandFailure(`${JSON.stringify(operator)} is not a valid label selector operator`);
    }
  }
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}
