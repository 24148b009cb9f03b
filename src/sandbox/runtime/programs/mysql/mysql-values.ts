import { type Cell, isNumberType, type MysqlColumn, type MysqlRow } from './mysql-data.ts';
import { type Decimal, decimalOf, divided, shownDecimal } from './mysql-decimals.ts';
import { MysqlError } from './mysql-error.ts';
import { called, type MysqlValue, variable } from './mysql-functions.ts';
import { isLike } from './mysql-like.ts';
import type { MysqlSession } from './mysql-session.ts';
import type { MysqlExpression } from './mysql-statements.ts';

/** What a value is worked out from. */
export interface MysqlSurroundings {
  readonly session: MysqlSession;
  readonly columns: readonly MysqlColumn[];
  readonly row: MysqlRow;
  /** All rows that are counted; undefined where nothing may be. */
  readonly rows?: readonly MysqlRow[];
  /** The part of the statement, as errors name it. */
  readonly part: 'select' | 'where' | 'order' | 'insert' | 'set';
}

const nothing: MysqlValue = { value: null, isNumber: true };

/** The value of an expression. @throws MysqlError */
export function mysqlValue(expression: MysqlExpression, around: MysqlSurroundings): MysqlValue {
  const worth = (each: MysqlExpression) => mysqlValue(each, around);
  switch (expression.kind) {
    case 'value':
      return expression;
    case 'default':
      throw MysqlError.notSimulated('DEFAULT in an expression');
    case 'column': {
      const place = columnPlace(around.columns, expression.name, around);
      return { value: around.row[place] ?? null, isNumber: isNumberType(around.columns[place]?.base ?? '') };
    }
    case 'variable':
      return variable(expression.name, around.session);
    case 'call':
      return called(expression.name, expression.of.map(worth), around.session);
    case 'aggregate':
      return aggregated(expression, around);
    case 'infix':
      return joined(expression.sign, worth(expression.sides[0]), () => worth(expression.sides[1]));
    case 'not': {
      const { value } = worth(expression.of);
      return value === null ? nothing : truth(!isTrue(value));
    }
    case 'is-null':
      return truth((worth(expression.of).value === null) !== expression.isNot);
    case 'like': {
      const [text, pattern] = [worth(expression.of).value, worth(expression.pattern).value];
      return text === null || pattern === null ? nothing : truth(isLike(text, pattern) !== expression.isNot);
    }
    case 'in': {
      const own = worth(expression.of);
      if (own.value === null) return nothing;
      const found = expression.list.map((each) => compared('=', own, worth(each)).value);
      if (found.includes('1')) return truth(!expression.isNot);
      return found.includes(null) ? nothing : truth(expression.isNot);
    }
  }
}

/** What a part of a statement is called in errors, by MariaDB (10.11 and later) and by MySQL. */
const parts = {
  select: ['SELECT', 'field list'],
  where: ['WHERE', 'where clause'],
  order: ['ORDER BY', 'order clause'],
  insert: ['INSERT INTO', 'field list'],
  set: ['SET', 'field list'],
} as const;

/** The place of a column; letters may be large or small. @throws MysqlError when there is none of the name */
export function columnPlace(
  columns: readonly MysqlColumn[],
  name: string,
  { session, part }: Pick<MysqlSurroundings, 'session' | 'part'>,
): number {
  const place = columns.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  if (place >= 0) return place;
  const where = parts[part][session.isMaria ? 0 : 1];
  throw new MysqlError(1054, '42S22', `Unknown column '${name}' in '${where}'`);
}

/** Whether a value counts as true: a number that is not 0. */
export function isTrue(value: Cell): boolean {
  return value !== null && numberOf(value) !== 0;
}

function truth(is: boolean): MysqlValue {
  return { value: is ? '1' : '0', isNumber: true };
}

/** The number that a text begins with. */
function numberOf(text: string): number {
  return Number(/^\s*[-+]?\d+(\.\d+)?/.exec(text)?.[0] ?? 0);
}

function joined(sign: string, left: MysqlValue, rightOf: () => MysqlValue): MysqlValue {
  const right = rightOf();
  if (sign === 'and' || sign === 'or') {
    const decides = sign === 'or';
    const both = [left.value, right.value];
    if (both.some((value) => value !== null && isTrue(value) === decides)) return truth(decides);
    return both.includes(null) ? nothing : truth(!decides);
  }
  return '+-*/%'.includes(sign) ? calculated(sign, left, right) : compared(sign, left, right);
}

function compared(sign: string, left: MysqlValue, right: MysqlValue): MysqlValue {
  if (sign === '<=>' && (left.value === null || right.value === null))
    return truth(left.value === right.value);
  if (left.value === null || right.value === null) return nothing;
  const order = inOrder(left.value, right.value, left.isNumber || right.isNumber);
  switch (sign) {
    case '=':
    case '<=>':
      return truth(order === 0);
    case '<':
      return truth(order < 0);
    case '>':
      return truth(order > 0);
    case '<=':
      return truth(order <= 0);
    case '>=':
      return truth(order >= 0);
    default:
      return truth(order !== 0);
  }
}

/** How two values stand to each other; whether letters are large or small does not matter. */
export function inOrder(one: string, other: string, areNumbers: boolean): number {
  if (areNumbers) return numberOf(one) - numberOf(other);
  return one.localeCompare(other, 'en', { sensitivity: 'base' });
}

function calculated(sign: string, left: MysqlValue, right: MysqlValue): MysqlValue {
  if (left.value === null || right.value === null) return nothing;
  const [one, other] = [decimalOf(left.value), decimalOf(right.value)];
  const scale = Math.max(one.scale, other.scale);
  const [top, bottom] = [one, other].map(({ digits, scale: own }) => digits * 10n ** BigInt(scale - own));
  if (top === undefined || bottom === undefined) return nothing;
  if ('/%'.includes(sign) && bottom === 0n) return nothing;
  const results: Readonly<Record<string, () => Decimal>> = {
    '+': () => ({ digits: top + bottom, scale }),
    '-': () => ({ digits: top - bottom, scale }),
    '*': () => ({ digits: one.digits * other.digits, scale: one.scale + other.scale }),
    // Four more digits than the first has (div_precision_increment).
    '/': () => ({ digits: divided(top * 10n ** BigInt(one.scale + 4), bottom), scale: one.scale + 4 }),
    '%': () => ({ digits: top % bottom, scale }),
  };
  const result = results[sign]?.();
  return result ? { value: shownDecimal(result), isNumber: true } : nothing;
}

function aggregated(
  { name, of }: MysqlExpression & { readonly kind: 'aggregate' },
  around: MysqlSurroundings,
): MysqlValue {
  const { rows, ...others } = around;
  if (!rows) throw new MysqlError(1111, 'HY000', 'Invalid use of group function');
  if (of === undefined) return { value: `${rows.length}`, isNumber: true };
  const found = rows.map((row) => mysqlValue(of, { ...others, row }));
  const isNumber = name !== 'min' && name !== 'max' ? true : mysqlValue(of, { ...others, row: [] }).isNumber;
  const values = found.flatMap(({ value }) => (value === null ? [] : [value]));
  if (name === 'count') return { value: `${values.length}`, isNumber };
  if (values.length === 0) return { value: null, isNumber };
  if (name === 'min' || name === 'max') {
    const sorted = values.toSorted((one, other) => inOrder(one, other, isNumber));
    return { value: sorted.at(name === 'min' ? 0 : -1) ?? null, isNumber };
  }
  const sum = values.reduce<MysqlValue>((before, value) => calculated('+', before, { value, isNumber }), {
    value: '0',
    isNumber,
  });
  return name === 'sum' ? sum : calculated('/', sum, { value: `${values.length}`, isNumber });
}
