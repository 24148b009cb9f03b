import { SqlError } from './sql-error.ts';
import type { ColumnDefinition, Condition, Expression, Named, Statement } from './sql-statements.ts';
import { firstToken, type Token } from './sql-tokens.ts';

/** Words of SQL that the sandbox leaves out: what it says of them is not that they are wrong. */
const leftOut = new Set(
  `abort all alter analyze any array as between by call case cast comment copy cross current_date current_timestamp
  deallocate declare distinct do escape except execute exists explain extract fetch for full function grant group
  having ilike in index inner intersect interval into is join left like listen lock natural not notify nulls offset on
  only outer over prepare primary reassign references reset returning revoke right role rollback row savepoint schema
  sequence show similar some trigger type union unique unlisten user using vacuum view when window with`.split(
    /\s+/,
  ),
);

/** Words that cannot be names. */
const reserved = new Set([
  ...leftOut,
  ...'and asc desc default from limit not null or order select table values where'.split(' '),
]);

const types = new Set(
  `bigint bigserial boolean char character date decimal double int integer jsonb json numeric real serial smallint
  smallserial text time timestamp timestamptz uuid varchar`.split(/\s+/),
);

/**
 * Reads statements, all of them before the first is done.
 *
 * @throws SqlError in the words of PostgreSQL, or that the sandbox does not simulate a part
 */
export function parseSql(text: string): readonly Statement[] {
  const parser = new Parser(firstToken(text));
  const found: Statement[] = [];
  for (;;) {
    while (parser.takes(';')) {}
    if (parser.isAtEnd) return found;
    found.push(parser.statement());
    if (!parser.isAtEnd) parser.expect(';');
  }
}

class Parser {
  #next: Token;

  constructor(first: Token) {
    this.#next = first;
  }

  get isAtEnd(): boolean {
    return this.#next.kind === 'end';
  }

  /** Takes a word if it is the next. */
  takes(word: string): boolean {
    if (!['name', 'sign'].includes(this.#next.kind) || this.#next.value !== word) return false;
    this.#next = this.#next.next;
    return true;
  }

  /** @throws SqlError when the next word is another */
  expect(...words: string[]): void {
    for (const word of words) if (!this.takes(word)) throw this.#unexpected();
  }

  #take(): Token {
    const taken = this.#next;
    this.#next = taken.next;
    return taken;
  }

  #unexpected({ kind, source, value, at } = this.#next): SqlError {
    if (kind === 'end') return new SqlError('syntax error at end of input', at);
    if (kind === 'name' && leftOut.has(value))
      return new SqlError(`the sandbox does not simulate ${value.toUpperCase()}`, at);
    return new SqlError(`syntax error at or near "${source}"`, at);
  }

  statement(): Statement {
    const start = this.#next;
    if (this.takes('select')) return this.#select();
    if (this.takes('insert')) return this.#insert();
    if (this.takes('update')) return this.#update();
    if (this.takes('delete')) {
      this.expect('from');
      return { kind: 'delete', table: this.#name(), where: this.#where() };
    }
    if (this.takes('create')) return this.#create();
    if (this.takes('drop')) {
      this.expect('table');
      const isCareful = this.takes('if');
      if (isCareful) this.expect('exists');
      return { kind: 'drop', isCareful, table: this.#name() };
    }
    if (this.takes('truncate')) {
      this.takes('table');
      return { kind: 'truncate', table: this.#name() };
    }
    // One statement after the other is what the sandbox does anyway.
    if (this.takes('begin') || this.takes('commit'))
      return { kind: 'nothing', tag: start.value.toUpperCase() };
    throw this.#unexpected();
  }

  #name(): Named {
    const { kind, value, at } = this.#next;
    if (kind !== 'quoted' && (kind !== 'name' || reserved.has(value))) throw this.#unexpected();
    this.#take();
    return { name: value, at };
  }

  /** What a column is to be called: any name will do. @throws SqlError */
  #label(): string {
    if (!['name', 'quoted'].includes(this.#next.kind)) throw this.#unexpected();
    return this.#take().value;
  }

  /** Several of something, with commas between them. */
  #list<T>(one: () => T): readonly T[] {
    const found = [one()];
    while (this.takes(',')) found.push(one());
    return found;
  }

  #select(): Statement {
    const items = this.#list(() => {
      const { at } = this.#next;
      if (this.takes('*')) return { value: '*' as const, at, alias: undefined };
      const value = this.#expression();
      return { value, at, alias: this.takes('as') ? this.#label() : undefined };
    });
    const table = this.takes('from') ? this.#name() : undefined;
    const where = this.#where();
    const isOrdered = this.takes('order');
    if (isOrdered) this.expect('by');
    const order = isOrdered
      ? this.#list(() => {
          const column = this.#name();
          const isDown = this.takes('desc');
          if (!isDown) this.takes('asc');
          return { column, isDown };
        })
      : [];
    return { kind: 'select', items, table, where, order, limit: this.#limit() };
  }

  #limit(): number | undefined {
    if (!this.takes('limit')) return undefined;
    if (this.#next.kind !== 'number') throw this.#unexpected();
    return Number(this.#take().value);
  }

  #insert(): Statement {
    this.expect('into');
    const table = this.#name();
    const columns = this.#next.value === '(' ? this.#between(() => this.#name()) : undefined;
    this.expect('values');
    const rows = this.#list(() => this.#between(() => this.#expression()));
    return { kind: 'insert', table, columns, rows };
  }

  #update(): Statement {
    const table = this.#name();
    this.expect('set');
    const changes = this.#list(() => {
      const column = this.#name();
      this.expect('=');
      return { column, value: this.#expression() };
    });
    return { kind: 'update', table, changes, where: this.#where() };
  }

  #create(): Statement {
    if (this.takes('database')) return { kind: 'database', name: this.#name().name };
    this.expect('table');
    const isCareful = this.takes('if');
    if (isCareful) this.expect('not', 'exists');
    const table = this.#name();
    const columns = this.#between(() => this.#columnDefinition());
    return { kind: 'create', table, isCareful, columns: columns.filter((each) => each !== undefined) };
  }

  /** @returns undefined for `primary key (…)`, which is no column */
  #columnDefinition(): ColumnDefinition | undefined {
    if (this.takes('primary')) {
      this.expect('key');
      this.#between(() => this.#name());
      return undefined;
    }
    const { name } = this.#name();
    const { name: type, at } = this.#name();
    if (!types.has(type)) throw new SqlError(`type "${type}" does not exist`, at);
    if (type === 'double') this.expect('precision');
    if (type === 'character') this.takes('varying');
    const sizes = this.#next.value === '(' ? this.#between(() => Number(this.#take().value)) : [];
    let fallback: Expression | undefined;
    for (;;) {
      if (this.takes('default')) fallback = this.#expression();
      else if (this.takes('not')) this.expect('null');
      else if (this.takes('primary')) this.expect('key');
      else if (!this.takes('unique') && !this.takes('null'))
        return { name, type, fallback, scale: type === 'numeric' ? sizes[1] : undefined };
    }
  }

  /** A list between brackets. */
  #between<T>(one: () => T): readonly T[] {
    this.expect('(');
    const found = this.#list(one);
    this.expect(')');
    return found;
  }

  #where(): Condition | undefined {
    return this.takes('where') ? this.#condition() : undefined;
  }

  #condition(): Condition {
    const parts = [this.#conjunction()];
    while (this.takes('or')) parts.push(this.#conjunction());
    return { kind: 'or', parts };
  }

  #conjunction(): Condition {
    const parts = [this.#comparison()];
    while (this.takes('and')) parts.push(this.#comparison());
    return { kind: 'and', parts };
  }

  #comparison(): Condition {
    const left = this.#expression();
    if (this.takes('is')) {
      const isNot = this.takes('not');
      this.expect('null');
      return { kind: 'is-null', of: left, isNot };
    }
    const sign = this.#oneOf('=', '<>', '!=', '<', '>', '<=', '>=');
    if (sign === undefined) throw this.#unexpected();
    return { kind: 'comparison', sign, sides: [left, this.#expression()] };
  }

  #expression(): Expression {
    let left = this.#product();
    for (;;) {
      const { at } = this.#next;
      const sign = this.#oneOf('+', '-');
      if (sign === undefined) return left;
      left = { kind: 'infix', sign, at, sides: [left, this.#product()] };
    }
  }

  #product(): Expression {
    let left = this.#term();
    for (;;) {
      const { at } = this.#next;
      const sign = this.#oneOf('*', '/');
      if (sign === undefined) return left;
      left = { kind: 'infix', sign, at, sides: [left, this.#term()] };
    }
  }

  #oneOf<W extends string>(...words: readonly W[]): W | undefined {
    return words.find((word) => this.takes(word));
  }

  #term(): Expression {
    const { kind, value, at } = this.#next;
    const sign = this.takes('-') ? '-' : '';
    if (sign !== '' && this.#next.kind !== 'number') throw this.#unexpected();
    if (this.#next.kind === 'number') {
      const number = `${sign}${this.#take().value}`;
      return { kind: 'value', value: number, type: number.includes('.') ? 'numeric' : 'integer', at };
    }
    if (this.takes('(')) {
      const inner = this.#expression();
      this.expect(')');
      return inner;
    }
    if (kind === 'text') return { kind: 'value', value: this.#take().value, type: 'unknown', at };
    if (this.takes('null')) return { kind: 'value', value: null, type: 'unknown', at };
    if (this.takes('true')) return { kind: 'value', value: 't', type: 'boolean', at };
    if (this.takes('false')) return { kind: 'value', value: 'f', type: 'boolean', at };
    if (value === 'current_user' && this.takes('current_user')) return { kind: 'call', name: value, at };
    const { name } = this.#name();
    if (!this.takes('(')) return { kind: 'column', name, at };
    if (name === 'count') {
      this.expect('*', ')');
      return { kind: 'count' };
    }
    this.expect(')');
    return { kind: 'call', name, at };
  }
}
