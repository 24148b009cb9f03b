import type { MysqlColumn, MysqlKey } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import { MysqlExpressionParser } from './mysql-expression-parser.ts';
import type { MysqlExpression, MysqlStatement, SelectItem, TableName, UserName } from './mysql-statements.ts';

/** The types of columns that are simulated, by the names that they may be written with. */
const types: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    `bigint char date datetime decimal double float int json longtext mediumint mediumtext smallint text timestamp
    tinyint varchar year`
      .split(/\s+/)
      .map((name) => [name, name]),
  ),
  bool: 'tinyint',
  boolean: 'tinyint',
  dec: 'decimal',
  integer: 'int',
  numeric: 'decimal',
  real: 'double',
};

const otherTypes = new Set(
  'binary bit blob enum geometry inet4 inet6 longblob mediumblob point set time tinyblob tinytext uuid varbinary'.split(
    ' ',
  ),
);

/**
 * Reads one statement.
 *
 * @param isMaria whether in the words of MariaDB
 * @throws MysqlError
 */
export function parseMysql(text: string, isMaria: boolean): MysqlStatement {
  return new Parser(text, isMaria).whole();
}

class Parser extends MysqlExpressionParser {
  readonly #isMaria: boolean;

  constructor(text: string, isMaria: boolean) {
    super(text, isMaria ? 'MariaDB' : 'MySQL');
    this.#isMaria = isMaria;
  }

  whole(): MysqlStatement {
    if (this.isAtEnd) return { kind: 'nothing' };
    const found = this.#statement();
    if (!this.isAtEnd) throw this.unexpected();
    return found;
  }

  #statement(): MysqlStatement {
    if (this.takes('select')) return this.#select();
    if (this.takes('insert')) return this.#insert();
    if (this.takes('update')) return this.#update();
    if (this.takes('delete')) {
      this.expect('from');
      return { kind: 'delete', table: this.#table(), where: this.#where() };
    }
    if (this.takes('truncate')) {
      this.takes('table');
      return { kind: 'truncate', table: this.#table() };
    }
    if (this.takes('create')) return this.#create();
    if (this.takes('drop')) return this.#drop();
    if (this.takes('use')) return { kind: 'use', name: this.name() };
    if (this.takes('show')) return this.#show();
    if (this.takes('describe') || this.takes('desc')) return { kind: 'describe', table: this.#table() };
    if (this.takes('grant')) return this.#grant();
    if (this.takes('alter', 'user')) return this.#user('alter-user', this.#isCareful());
    if (this.takes('flush', 'privileges') || this.takes('commit') || this.takes('begin'))
      return { kind: 'nothing' };
    if (this.takes('start', 'transaction') || this.takes('unlock', 'tables')) return { kind: 'nothing' };
    // One statement after the other is what the sandbox does anyway.
    if (this.sees('set', 'password')) throw MysqlError.notSimulated('SET PASSWORD');
    if (this.takes('set') || this.takes('lock', 'tables')) {
      while (!this.isAtEnd) this.take();
      return { kind: 'nothing' };
    }
    throw this.unexpected();
  }

  #table(): TableName {
    const name = this.name();
    return this.takes('.') ? { database: name, name: this.name() } : { database: undefined, name };
  }

  #isCareful(...words: readonly string[]): boolean {
    return this.takes('if', ...words, 'exists');
  }

  #where(): MysqlExpression | undefined {
    return this.takes('where') ? this.expression() : undefined;
  }

  #select(): MysqlStatement {
    const items = this.list((): SelectItem => {
      const { at } = this.next;
      if (this.takes('*')) return { value: '*', title: '*' };
      const value = this.expression();
      const title = titleOf(value, this.textSince(at));
      if (this.takes('as'))
        return { value, title: this.next.kind === 'text' ? this.word('text') : this.name() };
      const isAlias = this.isName || this.next.kind === 'text';
      return { value, title: isAlias ? this.take().value : title };
    });
    const table = this.takes('from') ? this.#table() : undefined;
    // What the table is called besides; columns may have it before them, and it is not looked at.
    if (table && (this.takes('as') || this.isName)) this.name();
    if (this.sees(',')) throw MysqlError.notSimulated('a query of several tables');
    const where = this.#where();
    const order = this.takes('order', 'by')
      ? this.list(() => {
          const by = this.expression();
          const isDown = this.takes('desc');
          if (!isDown) this.takes('asc');
          return { by, isDown };
        })
      : [];
    const numbers = this.takes('limit') ? this.list(() => Number(this.word('number'))) : [];
    const [first, second] = numbers;
    if (second !== undefined)
      return { kind: 'select', items, table, where, order, limit: second, offset: first ?? 0 };
    const offset = this.takes('offset') ? Number(this.word('number')) : 0;
    return { kind: 'select', items, table, where, order, limit: first, offset };
  }

  #insert(): MysqlStatement {
    this.takes('into');
    const table = this.#table();
    const columns = this.sees('(') ? this.between(() => this.name()) : undefined;
    if (!this.takes('values') && !this.takes('value')) throw this.unexpected();
    const rows = this.list(() => (this.takes('(', ')') ? [] : this.between(() => this.expression())));
    return { kind: 'insert', table, columns, rows };
  }

  #update(): MysqlStatement {
    const table = this.#table();
    this.expect('set');
    const changes = this.list(() => {
      const column = this.name();
      this.expect('=');
      return { column, value: this.expression() };
    });
    return { kind: 'update', table, changes, where: this.#where() };
  }

  #create(): MysqlStatement {
    if (this.takes('database') || this.takes('schema')) {
      const isCareful = this.#isCareful('not');
      const name = this.name();
      this.#options();
      return { kind: 'create-database', name, isCareful };
    }
    if (this.takes('user')) return this.#user('create-user', this.#isCareful('not'));
    this.expect('table');
    const isCareful = this.#isCareful('not');
    const table = this.#table();
    const keys: MysqlKey[] = [];
    const columns = this.between(() => this.#column(keys)).filter((each) => each !== undefined);
    this.#options();
    const primary = keys.filter(({ name }) => name === 'PRIMARY').flatMap((key) => key.columns);
    const made = columns.map((each) => (primary.includes(each.name) ? { ...each, isNullable: false } : each));
    return { kind: 'create-table', table, isCareful, columns: made, keys };
  }

  /** What stands behind a table or a database, such as ENGINE=InnoDB, which changes nothing here. */
  #options(): void {
    const known = 'auto_increment character charset collate comment default engine set'.split(' ');
    while (known.some((word) => this.takes(word))) {
      this.takes('=');
      if (!known.some((word) => this.sees(word))) this.take();
    }
  }

  /** @returns undefined for what is a key and no column */
  #column(keys: MysqlKey[]): MysqlColumn | undefined {
    if (this.takes('primary', 'key')) {
      keys.push({ name: 'PRIMARY', columns: this.between(() => this.name()) });
      return undefined;
    }
    const isUnique = this.takes('unique');
    if (this.takes('key') || this.takes('index') || isUnique) {
      if (isUnique && !this.takes('key')) this.takes('index');
      const named = this.sees('(') ? undefined : this.name();
      const columns = this.between(() => this.name());
      if (isUnique) keys.push({ name: named ?? columns[0] ?? '', columns });
      return undefined;
    }
    const name = this.name();
    const { base, sizes } = this.#type();
    let column: MysqlColumn = { name, base, sizes, isUnsigned: false, isNullable: true, increments: false };
    for (;;) {
      if (this.takes('unsigned')) column = { ...column, isUnsigned: true };
      else if (this.takes('not', 'null')) column = { ...column, isNullable: false };
      else if (this.takes('auto_increment')) column = { ...column, increments: true };
      else if (this.takes('default')) column = { ...column, fallback: this.expression() };
      else if (this.takes('primary', 'key')) {
        column = { ...column, isNullable: false };
        keys.push({ name: 'PRIMARY', columns: [name] });
      } else if (this.takes('unique')) {
        this.takes('key');
        keys.push({ name, columns: [name] });
      } else if (this.takes('comment')) this.word('text');
      else if (!this.takes('null')) return column;
    }
  }

  #type(): { readonly base: string; readonly sizes: readonly number[] } {
    const { kind, value } = this.next;
    const written = value.toLowerCase();
    const base = kind === 'name' && Object.hasOwn(types, written) ? types[written] : undefined;
    if (base === undefined) {
      if (kind === 'name' && otherTypes.has(written)) throw MysqlError.notSimulated(`the type ${written}`);
      if (kind === 'name' && this.#isMaria)
        throw new MysqlError(4161, 'HY000', `Unknown data type: '${value}'`);
      throw this.unexpected();
    }
    this.take();
    const sizes = this.sees('(') ? this.between(() => Number(this.word('number'))) : [];
    if (/^bool/.test(written)) return { base, sizes: [1] };
    return { base, sizes: base === 'decimal' ? [sizes[0] ?? 10, sizes[1] ?? 0] : sizes };
  }

  #drop(): MysqlStatement {
    if (this.takes('database') || this.takes('schema'))
      return { kind: 'drop-database', isCareful: this.#isCareful(), name: this.name() };
    if (this.takes('user'))
      return { kind: 'drop-user', isCareful: this.#isCareful(), user: this.#userName() };
    this.expect('table');
    return { kind: 'drop-table', isCareful: this.#isCareful(), tables: this.list(() => this.#table()) };
  }

  #show(): MysqlStatement {
    if (this.takes('databases') || this.takes('schemas')) return { kind: 'show-databases' };
    if (this.takes('tables')) {
      const database = this.takes('from') || this.takes('in') ? this.name() : undefined;
      return { kind: 'show-tables', database };
    }
    if (this.takes('columns') || this.takes('fields')) {
      if (!this.takes('from')) this.expect('in');
      return { kind: 'describe', table: this.#table() };
    }
    if (this.takes('create', 'table')) return { kind: 'show-create', table: this.#table() };
    if (this.takes('processlist')) return { kind: 'show-processes' };
    if (this.takes('variables'))
      return { kind: 'show-variables', pattern: this.takes('like') ? this.word('text') : undefined };
    const { kind, value } = this.next;
    const isKnown =
      /^(character|collation|engines?|errors|events|full|global|grants|index(es)?|keys|master|plugins|privileges|procedure|replica|session|slave|status|table|triggers|warnings)$/i;
    if (kind === 'name' && isKnown.test(value)) throw MysqlError.notSimulated(`SHOW ${value.toUpperCase()}`);
    throw this.unexpected();
  }

  #userName(): UserName {
    const part = () => (this.next.kind === 'text' ? this.take().value : this.name());
    const name = part();
    return { name, host: this.takes('@') ? (this.takes('%') ? '%' : part()) : '%' };
  }

  #user(kind: 'create-user' | 'alter-user', isCareful: boolean): MysqlStatement {
    const user = this.#userName();
    const hasPassword = this.takes('identified');
    if (hasPassword) this.expect('by');
    return { kind, user, isCareful, password: hasPassword ? this.word('text') : '' };
  }

  #grant(): MysqlStatement {
    if (!this.takes('all')) throw MysqlError.notSimulated('GRANT of less than ALL');
    this.takes('privileges');
    this.expect('on');
    const database = this.takes('*') ? '*' : this.name();
    this.expect('.');
    if (!this.takes('*')) throw MysqlError.notSimulated('GRANT on one table');
    this.expect('to');
    const user = this.#userName();
    if (this.takes('with')) this.expect('grant', 'option');
    return { kind: 'grant', database, user };
  }
}

/** What a column of a result is called. */
function titleOf(value: MysqlExpression, written: string): string {
  if (value.kind === 'column') return value.name;
  if (value.kind !== 'value') return written;
  if (value.value === null) return 'NULL';
  return /^(true|false)$/i.test(written) ? written.toUpperCase() : value.isNumber ? written : value.value;
}
