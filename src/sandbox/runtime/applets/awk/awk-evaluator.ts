import { fits, isText, largestRandom, negativeField, nextRandom, withField } from './awk-checks.ts';
import { callFunction } from './awk-functions.ts';
import { type AwkMemory, AwkReturn, type AwkWorld } from './awk-memory.ts';
import {
  type AwkExpression,
  type AwkFunction,
  AwkProblem,
  type AwkProgram,
  type AwkStatement,
} from './awk-syntax.ts';
import {
  type AwkValue,
  arithmetic,
  compare,
  comparisons,
  isNumeric,
  numberText,
  numeric,
  splitFields,
} from './awk-values.ts';

/** What a program of awk knows, and what its expressions come to. */
export abstract class AwkEvaluator {
  protected readonly program: AwkProgram;
  protected readonly world: AwkWorld;
  protected variables: Record<string, AwkValue>;
  protected arrays: Record<string, Record<string, AwkValue>>;
  #fields: string[] = [];
  protected lineText = '';
  protected open: Set<number>;
  #depth = 0;
  protected files: Record<string, number>;
  #seed: number;

  constructor(program: AwkProgram, memory: AwkMemory, world: AwkWorld) {
    this.program = program;
    this.world = world;
    this.files = { ...memory.files };
    this.#seed = memory.seed ?? 0;
    this.variables = { ...memory.variables };
    this.arrays = Object.fromEntries(
      Object.entries(memory.arrays).map(([name, array]) => [name, { ...array }]),
    );
    this.open = new Set(memory.open);
    this.lineText = memory.line;
  }

  get memory(): AwkMemory {
    return {
      variables: this.variables,
      arrays: this.arrays,
      line: this.lineText,
      open: [...this.open],
      files: this.files,
      seed: this.#seed,
    };
  }

  protected value(expression: AwkExpression): AwkValue {
    switch (expression.kind) {
      case 'number':
      case 'text':
        return expression.value;
      case 'pattern':
        return fits(expression.source, this.lineText, this.world.isBusybox) ? 1 : 0;
      case 'field':
        return this.#field(this.number(expression.index));
      case 'variable':
        return this.variables[expression.name] ?? '';
      case 'element': {
        const key = this.key(expression.keys);
        if (expression.name === 'ENVIRON') return this.world.env[key] ?? '';
        // What is looked at is there from then on.
        const array = this.array(expression.name);
        const value = Object.hasOwn(array, key) ? array[key] : undefined;
        array[key] = value ?? '';
        return array[key];
      }
      case 'assign': {
        const target = this.#settled(expression.target);
        const right = this.value(expression.value);
        const operator = expression.operator.slice(0, -1).replace('**', '^');
        const value =
          operator === '' ? right : this.#arithmetic(operator, this.number(target), numeric(right));
        this.#assign(target, value);
        return value;
      }
      case 'step': {
        const target = this.#settled(expression.target);
        const before = this.number(target);
        this.#assign(target, before + expression.by);
        return expression.isBefore ? before + expression.by : before;
      }
      case 'unary': {
        if (expression.operator === '!') return this.isTrue(expression.value) ? 0 : 1;
        const value = this.number(expression.value);
        return expression.operator === '-' ? -value : value;
      }
      case 'binary':
        return this.#binary(expression.operator, expression.left, expression.right);
      case 'choice':
        return this.value(this.isTrue(expression.condition) ? expression.yes : expression.no);
      case 'in':
        return Object.hasOwn(this.array(expression.name), this.text(expression.key)) ? 1 : 0;
      case 'call':
        return this.#call(expression.name, expression.args);
      case 'getline':
        return this.#getline(this.text(expression.file), expression.target);
    }
  }

  #settled(target: AwkExpression): AwkExpression {
    if (target.kind === 'element')
      return { ...target, keys: [{ kind: 'text', value: this.key(target.keys) }] };
    if (target.kind === 'field')
      return { ...target, index: { kind: 'number', value: this.number(target.index) } };
    return target;
  }

  #arithmetic(operator: string, left: number, right: number): number {
    return arithmetic(operator, left, right, this.world.isBusybox);
  }

  /** The next line of a file. @returns 1, 0 at its end, -1 where it cannot be read */
  #getline(file: string, target: AwkExpression | undefined): number {
    const text = this.world.read(file);
    if (text === undefined) return -1;
    const from = this.files[file] ?? 0;
    if (from >= text.length) return 0;
    const end = text.indexOf('\n', from);
    const line = end < 0 ? text.slice(from) : text.slice(from, end);
    this.files[file] = from + line.length + 1;
    if (target) this.#assign(target, line);
    else this.setLine(line);
    return 1;
  }

  protected array(name: string): Record<string, AwkValue> {
    const found = this.arrays[name] ?? {};
    this.arrays[name] = found;
    return found;
  }

  /** Calls a function of the program's own: arrays are handed over as they are, everything else as a value. */
  #own({ parameters, body }: AwkFunction, args: readonly AwkExpression[]): AwkValue {
    if (this.#depth > 50)
      throw new AwkProblem('the sandbox stops functions that call themselves without end');
    if (args.length > parameters.length) throw new AwkProblem('Too many arguments');
    const given = parameters.map((name, index) => {
      const arg = args[index];
      const isName = arg?.kind === 'variable' && this.variables[arg.name] === undefined;
      return { name, value: arg ? this.value(arg) : '', array: isName ? this.array(arg.name) : {} };
    });
    const before = parameters.map((name) => [name, this.variables[name], this.arrays[name]] as const);
    for (const { name, value, array } of given) {
      this.variables[name] = value;
      if (value === '') delete this.variables[name];
      this.arrays[name] = array;
    }
    this.#depth += 1;
    try {
      this.run(body);
      return '';
    } catch (error) {
      if (error instanceof AwkReturn) return error.value;
      throw error;
    } finally {
      this.#depth -= 1;
      for (const [name, value, array] of before) {
        if (value === undefined) delete this.variables[name];
        else this.variables[name] = value;
        if (array === undefined) delete this.arrays[name];
        else this.arrays[name] = array;
      }
    }
  }

  #binary(operator: string, left: AwkExpression, right: AwkExpression): AwkValue {
    switch (operator) {
      case '':
        return (this.text(left) + this.text(right)).slice(0, 2 ** 20);
      case '&&':
        return this.isTrue(left) && this.isTrue(right) ? 1 : 0;
      case '||':
        return this.isTrue(left) || this.isTrue(right) ? 1 : 0;
      case '~':
      case '!~': {
        const source = right.kind === 'pattern' ? right.source : this.text(right);
        return fits(source, this.text(left), this.world.isBusybox) === (operator === '~') ? 1 : 0;
      }
      default: {
        const comparison = comparisons.find((each) => each === operator);
        if (comparison === undefined)
          return this.#arithmetic(operator, this.number(left), this.number(right));
        const asText = isText(left) || isText(right);
        // What was never assigned is both nothing and 0.
        const [one, other] = [left, right].map((each) =>
          each.kind === 'variable' ? this.variables[each.name] : this.value(each),
        );
        return compare(comparison, one, other, asText) ? 1 : 0;
      }
    }
  }

  #call(name: string, args: readonly AwkExpression[]): AwkValue {
    const [first] = args;
    if (name === '(') return this.key(args);
    const own = Object.hasOwn(this.program.functions, name) ? this.program.functions[name] : undefined;
    if (own) return this.#own(own, args);
    const array = name === 'length' && first?.kind === 'variable' ? this.arrays[first.name] : undefined;
    if (array) return Object.keys(array).length;
    return callFunction(name, args, {
      value: (expression) => this.value(expression),
      random: () => {
        this.#seed = nextRandom(this.#seed);
        return this.#seed / largestRandom;
      },
      seed: (value) => {
        const before = this.#seed;
        this.#seed = value;
        return before;
      },
      text: (expression) => this.text(expression),
      number: (expression) => this.number(expression),
      variable: (variable) => this.text({ kind: 'variable', name: variable }),
      isBusybox: this.world.isBusybox,
      now: this.world.now,
      close: (file) => {
        const wasOpen = this.files[file] !== undefined;
        delete this.files[file];
        return wasOpen ? 0 : -1;
      },
      assign: (target, value) => this.#assign(target, value),
      fill: (array, values) => {
        const found = this.array(array);
        for (const key of Object.keys(found)) delete found[key];
        Object.assign(found, values);
      },
    });
  }

  #assign(target: AwkExpression, value: AwkValue): void {
    if (target.kind === 'variable') {
      this.variables[target.name] = value;
      if (target.name === 'NF') this.#setFields(this.#fields.slice(0, numeric(value)));
    } else if (target.kind === 'element') {
      this.array(target.name)[this.key(target.keys)] = value;
    } else if (target.kind === 'field') {
      const index = this.number(target.index);
      if (index === 0) return this.setLine(this.output(value));
      if (index < 0) this.#field(index);
      this.#setFields(withField(this.#fields, index, this.output(value)));
    }
  }

  protected setLine(text: string): void {
    this.lineText = text;
    this.#fields = splitFields(text, `${this.variables.FS}`);
    this.variables.NF = this.#fields.length;
  }

  #setFields(fields: string[]): void {
    this.#fields = fields;
    this.lineText = fields.join(`${this.variables.OFS}`);
    this.variables.NF = fields.length;
  }

  /** @throws AwkProblem for a negative one */
  #field(index: number): string {
    if (index < 0) throw negativeField(index, this.variables, this.world.isBusybox);
    return index === 0 ? this.lineText : (this.#fields[index - 1] ?? '');
  }

  protected key(keys: readonly AwkExpression[]): string {
    return keys.map((key) => this.text(key)).join(`${this.variables.SUBSEP}`);
  }

  protected text(expression: AwkExpression): string {
    return this.output(this.value(expression));
  }

  protected number(expression: AwkExpression): number {
    return numeric(this.value(expression));
  }

  protected isTrue(expression: AwkExpression): boolean {
    const value = this.value(expression);
    if (typeof value === 'number') return value !== 0;
    const isField = expression.kind === 'field' && isNumeric(value);
    return isField ? Number(value) !== 0 : value !== '';
  }

  protected output(value: AwkValue, format: 'CONVFMT' | 'OFMT' = 'CONVFMT'): string {
    const wholeBelow = this.world.isBusybox ? undefined : 2 ** 31;
    return typeof value === 'string' ? value : numberText(value, `${this.variables[format]}`, wholeBelow);
  }

  /** Runs a statement. */
  protected abstract run(statement: AwkStatement): void;
}
