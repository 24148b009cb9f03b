import { MysqlError } from './mysql-error.ts';
import type { MysqlExpression } from './mysql-statements.ts';
import { type MysqlToken, mysqlTokens } from './mysql-tokens.ts';

/** Words of SQL that the sandbox leaves out: what it says of them is not that they are wrong. */
const leftOut = new Set(
  `alter analyze any between binary call case cascade cast check collate constraint convert cross distinct div exists
  explain foreign from_unixtime full group having ignore index inner interval join left lock natural on outer over
  partition references regexp rename replace revoke right rlike rollback savepoint some straight_join trigger union
  using view when window with xor`.split(/\s+/),
);

/** Words that cannot be names. */
const reserved = new Set([
  ...leftOut,
  ...`and as asc by create default delete desc describe drop from grant in insert into is key keys like limit not
  null or order primary select set show table to unique update use values where`.split(/\s+/),
]);

/** An expression may have so many parts. */
const mostParts = 1000;

const aggregates = new Set(['avg', 'count', 'max', 'min', 'sum']);

/** How tightly signs bind, from the loosest on. */
const levels: readonly (readonly string[])[] = [
  ['+', '-'],
  ['*', '/', '%'],
];
const comparisons = ['=', '<=>', '<>', '!=', '<', '>', '<=', '>='] as const;

/** Reads expressions; what fails is a MysqlError. */
export class MysqlExpressionParser {
  readonly #text: string;
  readonly #manual: string;
  readonly #tokens: readonly MysqlToken[];
  #place = 0;
  /** How many expressions are open, one in another, and how many parts the outermost has. */
  #open = 0;
  #parts = 0;

  /** @param product whose manual an error points to */
  constructor(text: string, product: string) {
    this.#text = text;
    this.#manual = product;
    this.#tokens = mysqlTokens(text);
  }

  protected get next(): MysqlToken {
    return (
      this.#tokens[this.#place] ?? { kind: 'end', value: '', at: this.#text.length, end: this.#text.length }
    );
  }

  protected get isAtEnd(): boolean {
    return this.next.kind === 'end';
  }

  protected take(): MysqlToken {
    const { next } = this;
    this.#place += 1;
    return next;
  }

  /** What stands from a place on up to the word that is next. */
  protected textSince(at: number): string {
    return this.#text.slice(at, this.#tokens[this.#place - 1]?.end ?? at);
  }

  /** Whether the next words are these. */
  protected sees(...words: readonly string[]): boolean {
    return words.every((word, place) => {
      const token = this.#tokens[this.#place + place];
      return (token?.kind === 'name' || token?.kind === 'sign') && token.value.toLowerCase() === word;
    });
  }

  /** Takes the next words if they are these. */
  protected takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#place += words.length;
    return true;
  }

  protected expect(...words: readonly string[]): void {
    for (const word of words) if (!this.takes(word)) throw this.unexpected();
  }

  /** What is wrong with the next word. */
  protected unexpected(): MysqlError {
    const { kind, value, at } = this.next;
    if (kind === 'name' && leftOut.has(value.toLowerCase()))
      return MysqlError.notSimulated(value.toUpperCase());
    const line = this.#text.slice(0, at).split('\n').length;
    return new MysqlError(
      1064,
      '42000',
      `You have an error in your SQL syntax; check the manual that corresponds to your ${this.#manual} server version for the right syntax to use near '${this.#text.slice(at, at + 80)}' at line ${line}`,
    );
  }

  /** Whether the next word can be a name. */
  protected get isName(): boolean {
    const { kind, value } = this.next;
    return kind === 'quoted' || (kind === 'name' && !reserved.has(value.toLowerCase()));
  }

  protected name(): string {
    if (!this.isName) throw this.unexpected();
    return this.take().value;
  }

  protected word(kind: MysqlToken['kind']): string {
    if (this.next.kind !== kind) throw this.unexpected();
    return this.take().value;
  }

  /** Several of something, with commas between them. */
  protected list<T>(one: () => T): readonly T[] {
    const found = [one()];
    while (this.takes(',')) found.push(one());
    return found;
  }

  /** A list between brackets. */
  protected between<T>(one: () => T): readonly T[] {
    this.expect('(');
    const found = this.list(one);
    this.expect(')');
    return found;
  }

  protected expression(): MysqlExpression {
    if (this.#open === 0) this.#parts = 0;
    this.#open += 1;
    let left = this.#conjunction();
    while (this.takes('or') || this.takes('||')) left = this.#infix('or', left, this.#conjunction());
    this.#open -= 1;
    return left;
  }

  /** Counts what an expression is made of: it is worked out to the bottom. */
  #grow(): void {
    this.#parts += 1;
    if (this.#parts > mostParts) throw MysqlError.notSimulated('expressions as long as this');
  }

  #infix(sign: string, left: MysqlExpression, right: MysqlExpression): MysqlExpression {
    this.#grow();
    return { kind: 'infix', sign, sides: [left, right] };
  }

  #conjunction(): MysqlExpression {
    let left = this.#negation();
    while (this.takes('and') || this.takes('&&')) left = this.#infix('and', left, this.#negation());
    return left;
  }

  #negation(): MysqlExpression {
    this.#grow();
    if (this.takes('not') || this.takes('!')) return { kind: 'not', of: this.#negation() };
    return this.#comparison();
  }

  #comparison(): MysqlExpression {
    let left = this.#calculation(0);
    for (;;) {
      const sign = comparisons.find((each) => this.takes(each));
      if (sign !== undefined) {
        left = this.#infix(sign === '!=' ? '<>' : sign, left, this.#calculation(0));
        continue;
      }
      if (this.takes('is')) {
        const isNot = this.takes('not');
        this.expect('null');
        left = { kind: 'is-null', of: left, isNot };
        continue;
      }
      const isNot = this.sees('not', 'like') || this.sees('not', 'in');
      if (isNot) this.expect('not');
      if (this.takes('like')) left = { kind: 'like', of: left, pattern: this.#calculation(0), isNot };
      else if (this.takes('in'))
        left = { kind: 'in', of: left, list: this.between(() => this.expression()), isNot };
      else return left;
    }
  }

  #calculation(level: number): MysqlExpression {
    const signs = levels[level];
    if (!signs) return this.#term();
    let left = this.#calculation(level + 1);
    for (;;) {
      const sign = signs.find((each) => this.takes(each));
      if (sign === undefined) return left;
      left = this.#infix(sign, left, this.#calculation(level + 1));
    }
  }

  #term(): MysqlExpression {
    this.#grow();
    const { kind, value } = this.next;
    if (this.takes('-')) {
      const of = this.#term();
      if (of.kind === 'value' && of.isNumber) return { ...of, value: `-${of.value}` };
      return this.#infix('-', { kind: 'value', value: '0', isNumber: true }, of);
    }
    if (this.takes('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (kind === 'number' || kind === 'text') {
      this.take();
      let whole = kind === 'number' ? value.replace(/^\./, '0.') : value;
      // Texts that stand side by side are one.
      while (kind === 'text' && this.next.kind === 'text') whole += this.take().value;
      return { kind: 'value', value: whole, isNumber: kind === 'number' };
    }
    if (kind === 'variable') return { kind: 'variable', name: this.take().value };
    if (this.takes('null')) return { kind: 'value', value: null, isNumber: false };
    if (this.takes('true')) return { kind: 'value', value: '1', isNumber: true };
    if (this.takes('false')) return { kind: 'value', value: '0', isNumber: true };
    if (this.takes('default')) return { kind: 'default' };
    const name = this.name();
    if (this.takes('.')) {
      // With the table before it: there is one only.
      return { kind: 'column', name: this.name() };
    }
    if (this.sees('(')) return this.#call(name);
    if (/^(current_timestamp|current_user|current_date)$/i.test(name) && kind === 'name')
      return { kind: 'call', name: name.toLowerCase(), of: [] };
    return { kind: 'column', name };
  }

  #call(written: string): MysqlExpression {
    const name = written.toLowerCase();
    if (name === 'count' && this.takes('(', '*', ')')) return { kind: 'aggregate', name, of: undefined };
    if (this.takes('(', ')')) return { kind: 'call', name: aggregates.has(name) ? name : written, of: [] };
    const of = this.between(() => this.expression());
    const [first] = of;
    if (aggregates.has(name) && of.length === 1 && first) return { kind: 'aggregate', name, of: first };
    return { kind: 'call', name: written, of };
  }
}
