import { printfText } from '../tools/printf.ts';
import { callFunction } from './awk-functions.ts';
import { AwkExit, AwkJump, type AwkMemory } from './awk-memory.ts';
import { type AwkExpression, AwkProblem, type AwkProgram, type AwkStatement } from './awk-syntax.ts';
import { type AwkValue, arithmetic, compare, isNumeric, numeric, splitFields } from './awk-values.ts';
import { posixExpression } from './regular-expression.ts';

/** Loops go round so often at most; a program that needs more is stopped. */
const mostRounds = 200_000;

/** Runs the rules of a program of awk. */
export class AwkMachine {
  readonly #program: AwkProgram;
  readonly #env: Readonly<Record<string, string>>;
  readonly #print: (text: string) => void;
  #variables: Record<string, AwkValue>;
  #arrays: Record<string, Record<string, AwkValue>>;
  #fields: string[] = [];
  #line = '';
  #open: Set<number>;
  #rounds = 0;

  constructor(
    program: AwkProgram,
    memory: AwkMemory,
    env: Readonly<Record<string, string>>,
    print: (text: string) => void,
  ) {
    this.#program = program;
    this.#env = env;
    this.#print = print;
    this.#variables = { ...memory.variables };
    this.#arrays = Object.fromEntries(
      Object.entries(memory.arrays).map(([name, array]) => [name, { ...array }]),
    );
    this.#open = new Set(memory.open);
    this.#line = memory.line;
  }

  get memory(): AwkMemory {
    return { variables: this.#variables, arrays: this.#arrays, line: this.#line, open: [...this.#open] };
  }

  begin(): void {
    for (const { when, action } of this.#program.rules) if (when === 'begin' && action) this.#run(action);
  }

  end(): void {
    this.#setLine(this.#line);
    for (const { when, action } of this.#program.rules) if (when === 'end' && action) this.#run(action);
  }

  line(text: string): void {
    this.#variables.NR = Number(this.#variables.NR ?? 0) + 1;
    this.#variables.FNR = this.#variables.NR;
    this.#setLine(text);
    try {
      for (const [index, rule] of this.#program.rules.entries()) {
        if (rule.when !== 'line' || !this.#applies(index, rule)) continue;
        if (rule.action) this.#run(rule.action);
        else this.#print(`${this.#line}${this.#variables.ORS}`);
      }
    } catch (error) {
      if (!(error instanceof AwkJump)) throw error;
    }
  }

  #applies(
    index: number,
    { pattern, until }: { readonly pattern?: AwkExpression; readonly until?: AwkExpression },
  ): boolean {
    if (!pattern) return true;
    if (!until) return this.#isTrue(pattern);
    if (!this.#open.has(index)) {
      if (!this.#isTrue(pattern)) return false;
      this.#open.add(index);
    }
    if (this.#isTrue(until)) this.#open.delete(index);
    return true;
  }

  #run(statement: AwkStatement): void {
    switch (statement.kind) {
      case 'block':
        for (const each of statement.statements) this.#run(each);
        return;
      case 'expression':
        this.#value(statement.value);
        return;
      case 'print': {
        const values = statement.args.map((each) => this.#output(this.#value(each)));
        if (statement.isFormat) this.#print(printfText(values[0] ?? '', values.slice(1)).text);
        else
          this.#print(
            `${values.length === 0 ? this.#line : values.join(`${this.#variables.OFS}`)}${this.#variables.ORS}`,
          );
        return;
      }
      case 'if':
        if (this.#isTrue(statement.condition)) this.#run(statement.yes);
        else if (statement.no) this.#run(statement.no);
        return;
      case 'while':
        for (let isFirst = statement.first; isFirst || this.#isTrue(statement.condition); isFirst = false) {
          if (!this.#round(statement.body)) return;
          if (statement.step) this.#run(statement.step);
        }
        return;
      case 'for-in':
        for (const key of Object.keys(this.#arrays[statement.array] ?? {})) {
          this.#variables[statement.name] = key;
          if (!this.#round(statement.body)) return;
        }
        return;
      case 'jump':
        throw new AwkJump(statement.word);
      case 'exit':
        throw new AwkExit(statement.code ? Math.trunc(this.#number(statement.code)) & 0xff : 0);
      case 'delete': {
        const array = this.#arrays[statement.name] ?? {};
        if (statement.keys.length === 0) this.#arrays[statement.name] = {};
        else delete array[this.#key(statement.keys)];
      }
    }
  }

  /** @returns false when the loop was left */
  #round(body: AwkStatement): boolean {
    this.#rounds += 1;
    if (this.#rounds > mostRounds) throw new AwkProblem('the sandbox stops loops that do not end');
    try {
      this.#run(body);
    } catch (error) {
      if (!(error instanceof AwkJump) || error.word === 'next') throw error;
      return error.word === 'continue';
    }
    return true;
  }

  #value(expression: AwkExpression): AwkValue {
    switch (expression.kind) {
      case 'number':
      case 'text':
        return expression.value;
      case 'pattern':
        return this.#fits(expression.source, this.#line) ? 1 : 0;
      case 'field':
        return this.#field(this.#number(expression.index));
      case 'variable':
        return this.#variables[expression.name] ?? '';
      case 'element': {
        const key = this.#key(expression.keys);
        if (expression.name === 'ENVIRON') return this.#env[key] ?? '';
        return this.#arrays[expression.name]?.[key] ?? '';
      }
      case 'assign': {
        const right = this.#value(expression.value);
        const operator = expression.operator.slice(0, -1);
        const value =
          operator === ''
            ? right
            : arithmetic(operator, numeric(this.#value(expression.target)), numeric(right));
        this.#assign(expression.target, value);
        return value;
      }
      case 'step': {
        const before = numeric(this.#value(expression.target));
        this.#assign(expression.target, before + expression.by);
        return expression.isBefore ? before + expression.by : before;
      }
      case 'unary': {
        if (expression.operator === '!') return this.#isTrue(expression.value) ? 0 : 1;
        const value = this.#number(expression.value);
        return expression.operator === '-' ? -value : value;
      }
      case 'binary':
        return this.#binary(expression.operator, expression.left, expression.right);
      case 'choice':
        return this.#value(this.#isTrue(expression.condition) ? expression.yes : expression.no);
      case 'in':
        return Object.hasOwn(this.#arrays[expression.name] ?? {}, this.#text(expression.key)) ? 1 : 0;
      case 'call':
        return this.#call(expression.name, expression.args);
    }
  }

  #binary(operator: string, left: AwkExpression, right: AwkExpression): AwkValue {
    switch (operator) {
      case '':
        return (this.#text(left) + this.#text(right)).slice(0, 2 ** 20);
      case '&&':
        return this.#isTrue(left) && this.#isTrue(right) ? 1 : 0;
      case '||':
        return this.#isTrue(left) || this.#isTrue(right) ? 1 : 0;
      case '~':
      case '!~': {
        const source = right.kind === 'pattern' ? right.source : this.#text(right);
        return this.#fits(source, this.#text(left)) === (operator === '~') ? 1 : 0;
      }
      case '<':
      case '<=':
      case '==':
      case '!=':
      case '>':
      case '>=':
        return compare(operator, this.#value(left), this.#value(right)) ? 1 : 0;
      default:
        return arithmetic(operator, this.#number(left), this.#number(right));
    }
  }

  #call(name: string, args: readonly AwkExpression[]): AwkValue {
    const [first] = args;
    if (name === '(') return this.#key(args);
    if (name === 'length' && first?.kind === 'variable' && this.#arrays[first.name]) {
      return Object.keys(this.#arrays[first.name] ?? {}).length;
    }
    return callFunction(name, args, {
      text: (expression) => this.#text(expression),
      number: (expression) => this.#number(expression),
      variable: (variable) => this.#output(this.#variables[variable] ?? ''),
      assign: (target, value) => this.#assign(target, value),
      fill: (array, values) => {
        this.#arrays[array] = values;
      },
    });
  }

  #assign(target: AwkExpression, value: AwkValue): void {
    if (target.kind === 'variable') {
      this.#variables[target.name] = value;
      if (target.name === 'NF') this.#setFields(this.#fields.slice(0, numeric(value)));
    } else if (target.kind === 'element') {
      const array = this.#arrays[target.name] ?? {};
      array[this.#key(target.keys)] = value;
      this.#arrays[target.name] = array;
    } else if (target.kind === 'field') {
      const index = this.#number(target.index);
      if (index === 0) return this.#setLine(this.#output(value));
      if (index > 10_000) throw new AwkProblem('field index too large');
      const fields = [...this.#fields];
      while (fields.length < index) fields.push('');
      fields[index - 1] = this.#output(value);
      this.#setFields(fields);
    }
  }

  #setLine(text: string): void {
    this.#line = text;
    this.#fields = splitFields(text, `${this.#variables.FS}`);
    this.#variables.NF = this.#fields.length;
  }

  #setFields(fields: string[]): void {
    this.#fields = fields;
    this.#line = fields.join(`${this.#variables.OFS}`);
    this.#variables.NF = fields.length;
  }

  #field(index: number): string {
    return index === 0 ? this.#line : (this.#fields[index - 1] ?? '');
  }

  #key(keys: readonly AwkExpression[]): string {
    return keys.map((key) => this.#text(key)).join(`${this.#variables.SUBSEP}`);
  }

  #text(expression: AwkExpression): string {
    return this.#output(this.#value(expression));
  }

  #number(expression: AwkExpression): number {
    return numeric(this.#value(expression));
  }

  #isTrue(expression: AwkExpression): boolean {
    const value = this.#value(expression);
    if (typeof value === 'number') return value !== 0;
    const isField = expression.kind === 'field' && isNumeric(value);
    return isField ? Number(value) !== 0 : value !== '';
  }

  #output(value: AwkValue): string {
    if (typeof value === 'string') return value;
    return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(6))}`;
  }

  #fits(source: string, text: string): boolean {
    return posixExpression(source, true, '')?.test(text.slice(0, 100_000)) ?? false;
  }
}
