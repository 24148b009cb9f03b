import { type Column, isNumeric, isWhole, type Row } from './database.ts';
import { SqlError } from './sql-error.ts';
import type { Condition, Expression, Named } from './sql-statements.ts';

/** What values may depend on. */
export interface SqlSession {
  readonly version: string;
  readonly user: string;
  /** The database. */
  readonly name: string;
  readonly now: number;
}

/** A value, and of which type it is. */
export interface Valued {
  readonly value: string | null;
  readonly type: string;
}

/** What a value is worked out from: the session, and a row with its columns where there is one. */
export interface Surroundings {
  readonly session: SqlSession;
  readonly columns: readonly Column[];
  readonly row: Row;
}

/** The value of an expression. @throws SqlError */
export function evaluated(expression: Expression, around: Surroundings): Valued {
  switch (expression.kind) {
    case 'value':
      return expression;
    case 'column': {
      const [place, { type }] = columnNamed(around.columns, expression);
      return { value: around.row[place] ?? null, type };
    }
    case 'call':
      return called(expression, around.session);
    case 'count':
      throw new SqlError('the sandbox simulates count(*) as the only thing that is selected');
    case 'infix':
      return calculated(expression, around);
  }
}

/** A column with its place. @throws SqlError when there is none of the name */
export function columnNamed(
  columns: readonly Column[],
  { name, at }: Named,
  table?: string,
): readonly [number, Column] {
  const found = [...columns.entries()].find(([, column]) => column.name === name);
  if (found) return found;
  throw new SqlError(
    `column "${name}" ${table === undefined ? '' : `of relation "${table}" `}does not exist`,
    at,
  );
}

function called({ name, at }: Named, { version, user, name: database, now }: SqlSession): Valued {
  const known: ReadonlyMap<string, string> = new Map([
    ['version', `PostgreSQL ${version} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`],
    ['current_database', database],
    ['current_user', user],
    ['now', new Date(now).toISOString().replace('T', ' ').replace('Z', '+00')],
  ]);
  const value = known.get(name);
  if (value !== undefined) return { value, type: 'text' };
  throw new SqlError(
    `function ${name}() does not exist`,
    at,
    'No function matches the given name and argument types. You might need to add explicit type casts.',
  );
}

/** Whole numbers only; nothing comes of nothing. @throws SqlError */
function calculated(
  { sign, sides, at }: Expression & { readonly kind: 'infix' },
  around: Surroundings,
): Valued {
  const [left, right] = sides.map((side) => {
    const { value, type } = evaluated(side, around);
    if (value !== null && !(type === 'unknown' ? /^-?\d+$/.test(value) : isWhole(type)))
      throw new SqlError('the sandbox calculates with whole numbers only', at);
    return value === null ? undefined : BigInt(value);
  });
  if (left === undefined || right === undefined) return { value: null, type: 'integer' };
  if (sign === '/' && right === 0n) throw new SqlError('division by zero');
  const results = {
    '+': () => left + right,
    '-': () => left - right,
    '*': () => left * right,
    '/': () => left / right,
  };
  return { value: `${results[sign]()}`, type: 'integer' };
}

/** Whether a condition holds; what is compared with nothing does not. @throws SqlError */
export function holds(condition: Condition, around: Surroundings): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, around));
    case 'or':
      return condition.parts.some((part) => holds(part, around));
    case 'is-null':
      return (evaluated(condition.of, around).value === null) !== condition.isNot;
    case 'comparison':
      return compared(condition, around);
  }
}

function compared(
  { sign, sides }: Condition & { readonly kind: 'comparison' },
  around: Surroundings,
): boolean {
  const [left, right] = [evaluated(sides[0], around), evaluated(sides[1], around)];
  const type = left.type === 'unknown' ? right.type : left.type;
  for (const [place, { value }] of [left, right].entries())
    checkType(value, type, placeOf(sides[place === 0 ? 0 : 1]));
  if (left.value === null || right.value === null) return false;
  const order = inOrder(left.value, right.value, type);
  switch (sign) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    default:
      return order !== 0;
  }
}

/** How two values stand to each other: below zero when the first comes first. */
export function inOrder(one: string, other: string, type: string): number {
  if (isNumeric(type)) return Number(one) - Number(other);
  return one === other ? 0 : one.localeCompare(other, 'en') || 1;
}

/** @throws SqlError when a number is asked for and the text is none */
export function checkType(value: string | null, type: string, at?: number): void {
  if (value === null || !isNumeric(type)) return;
  const name = isWhole(type) ? wholeName(type) : 'numeric';
  if (!(isWhole(type) ? /^\s*[-+]?\d+\s*$/ : /^\s*[-+]?\d+(\.\d+)?\s*$/).test(value))
    throw new SqlError(`invalid input syntax for type ${name}: "${value}"`, at);
}

function wholeName(type: string): string {
  if (type.startsWith('big')) return 'bigint';
  return type.startsWith('small') ? 'smallint' : 'integer';
}

/** Where an expression stands, if it is one that an error can speak of. */
export function placeOf(expression: Expression): number | undefined {
  return 'at' in expression ? expression.at : undefined;
}
