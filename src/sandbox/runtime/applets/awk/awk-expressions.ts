import { ownFunctions } from './awk-functions.ts';
import { type AwkExpression, AwkProblem } from './awk-syntax.ts';
import { AwkTokens } from './awk-tokens.ts';

/** The operators, the weakest first; the empty one puts values together that stand side by side. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['in'],
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  [''],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads the expressions of a program of awk. */
export class AwkExpressions extends AwkTokens {
  /** What follows `print` is written somewhere else where a `>` stands, so that it is no comparison. */
  protected isPrint = false;
  /** Functions that are called and that awk does not have of its own. */
  protected readonly called: string[] = [];

  protected expression(): AwkExpression {
    this.enter();
    const left = this.#choice();
    this.leave();
    if (this.kind !== 'operator' || !/^([-+*/%^]=|=)$/.test(this.token)) return left;
    if (!['variable', 'field', 'element'].includes(left.kind)) throw this.problem();
    const operator = this.token;
    this.next();
    return { kind: 'assign', operator, target: left, value: this.expression() };
  }

  #choice(): AwkExpression {
    const condition = this.#binary(0);
    if (!this.take('?')) return condition;
    const yes = this.expression();
    this.demand(':');
    return { kind: 'choice', condition, yes, no: this.expression() };
  }

  #binary(level: number): AwkExpression {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      if (operators.includes('in') && this.token === 'in' && this.kind === 'name') {
        this.next();
        left = { kind: 'in', key: left, name: this.token };
        this.next();
        continue;
      }
      // Two values side by side are put together.
      if (operators.includes('') && this.#startsValue()) {
        left = { kind: 'binary', operator: '', left, right: this.#binary(level + 1) };
        continue;
      }
      const isOperator = this.kind === 'operator' && operators.includes(this.token) && this.token !== '';
      if (!isOperator || (this.isPrint && this.token === '>')) return left;
      const operator = this.token;
      this.next();
      if (operator === '&&' || operator === '||') this.skipLines();
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #startsValue(): boolean {
    if (this.kind === 'text' || this.kind === 'number') return true;
    if (this.kind === 'name') return !['in', 'else', 'while'].includes(this.token);
    return this.kind === 'operator' && ['$', '('].includes(this.token);
  }

  #unary(): AwkExpression {
    if (this.kind === 'operator' && ['!', '-', '+'].includes(this.token)) {
      const operator = this.token;
      this.next();
      this.enter();
      const value = this.#unary();
      this.leave();
      return { kind: 'unary', operator, value };
    }
    const base = this.#postfix();
    if (this.kind !== 'operator' || (this.token !== '^' && this.token !== '**')) return base;
    this.next();
    if (!this.isBusybox) return { kind: 'binary', operator: '^', left: base, right: this.#unary() };
    // Busybox begins with the leftmost.
    let left: AwkExpression = { kind: 'binary', operator: '^', left: base, right: this.#postfix() };
    while (this.take('^') || this.take('**'))
      left = { kind: 'binary', operator: '^', left, right: this.#postfix() };
    return left;
  }

  #postfix(): AwkExpression {
    if (this.kind === 'operator' && (this.token === '++' || this.token === '--')) {
      const by = this.token === '++' ? 1 : -1;
      this.next();
      return { kind: 'step', by, isBefore: true, target: this.#value() };
    }
    const target = this.#value();
    if (this.kind !== 'operator' || (this.token !== '++' && this.token !== '--')) return target;
    const by = this.token === '++' ? 1 : -1;
    this.next();
    return { kind: 'step', by, isBefore: false, target };
  }

  #value(): AwkExpression {
    const [token, kind] = [this.token, this.kind];
    if (kind === 'operator' && token === '/') return this.#pattern();
    this.next();
    if (kind === 'number') return { kind: 'number', value: Number(token) };
    if (kind === 'text') return { kind: 'text', value: token };
    if (kind === 'operator' && token === '$')
      return { kind: 'field', index: this.token === '-' ? this.#unary() : this.#postfix() };
    if (kind === 'operator' && token === '(') {
      const wasPrint = this.isPrint;
      this.isPrint = false;
      const list = this.list(')');
      this.isPrint = wasPrint;
      const [first] = list;
      if (list.length === 1 && first) return first;
      if (this.token === 'in' && this.kind === 'name') {
        this.next();
        const name = this.token;
        this.next();
        return { kind: 'in', key: { kind: 'call', name: '(', args: list }, name };
      }
      return { kind: 'call', name: '(', args: list };
    }
    if (kind !== 'name') throw this.problem(token);
    if (token === 'getline') return this.#getline();
    if (this.token === '(' && this.kind === 'operator') {
      this.next();
      if (ownFunctions[token] === undefined) this.called.push(token);
      const args = this.list(')');
      if (!this.isBusybox && args.length > (ownFunctions[token] ?? 100))
        throw new AwkProblem(`wrong number of arguments in call to ${token}`);
      return { kind: 'call', name: token, args };
    }
    if (this.token === '[' && this.kind === 'operator') {
      this.next();
      return { kind: 'element', name: token, keys: this.list(']') };
    }
    return token === 'length'
      ? { kind: 'call', name: 'length', args: [] }
      : { kind: 'variable', name: token };
  }

  #getline(): AwkExpression {
    const hasTarget = this.kind === 'name' || (this.kind === 'operator' && this.token === '$');
    const target = hasTarget ? this.#value() : undefined;
    if (!this.take('<')) throw new AwkProblem('the sandbox simulates getline from files only');
    return { kind: 'getline', ...(target ? { target } : {}), file: this.#postfix() };
  }

  #pattern(): AwkExpression {
    return { kind: 'pattern', source: this.pattern() };
  }

  protected list(end: string): readonly AwkExpression[] {
    const found: AwkExpression[] = [];
    if (this.take(end)) return found;
    do found.push(this.expression());
    while (this.take(','));
    this.demand(end);
    return found;
  }
}
