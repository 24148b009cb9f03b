/** What arithmetic cannot be done; each shell has words of its own for it. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
  readonly reason: 'syntax' | 'zero' | 'power' | 'choice' | 'loop' | 'number' | 'base';
  /** What was to be evaluated, once it is known. */
  expression = '';

  /** What is wrong with it, where that is more than where it ends. */
  readonly token: string;

  constructor(reason: ArithmeticError['reason'], token = '') {
    super(`arithmetic: ${reason}`);
    this.reason = reason;
    this.token = token;
  }
}

export interface Variables {
  /** Whether there are only the operators of POSIX. */
  readonly isPlain?: boolean;
  get(name: string): string;
  set(name: string, value: string): void;
}

type Operator = (left: bigint, right: bigint) => bigint;

const truth = (value: boolean): bigint => (value ? 1n : 0n);

function divided(right: bigint): bigint {
  if (right === 0n) throw new ArithmeticError('zero');
  return right;
}

/** What does not fit into 64 bits is lost, as it is everywhere here. */
function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new ArithmeticError('power');
  let value = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) value = BigInt.asIntN(64, value * square);
    square = BigInt.asIntN(64, square * square);
  }
  return value;
}

/** By how strongly they bind, the weakest first. */
const levels: readonly Readonly<Record<string, Operator>>[] = [
  { '|': (left, right) => left | right },
  { '^': (left, right) => left ^ right },
  { '&': (left, right) => left & right },
  { '==': (left, right) => truth(left === right), '!=': (left, right) => truth(left !== right) },
  {
    '<=': (left, right) => truth(left <= right),
    '>=': (left, right) => truth(left >= right),
    '<': (left, right) => truth(left < right),
    '>': (left, right) => truth(left > right),
  },
  { '<<': (left, right) => left << (right & 63n), '>>': (left, right) => left >> (right & 63n) },
  { '+': (left, right) => left + right, '-': (left, right) => left - right },
  {
    '*': (left, right) => left * right,
    '/': (left, right) => left / divided(right),
    '%': (left, right) => left % divided(right),
  },
  { '**': power },
];

const deepest = 100;

/**
 * Evaluates what stands in `$((…))`: whole numbers of 64 bits, the operators of C, and variables.
 *
 * @param depth how many variables within variables have led to it
 * @throws ArithmeticError
 */
export function evaluate(expression: string, variables: Variables, depth = 0): bigint {
  try {
    return evaluated(expression, variables, depth);
  } catch (error) {
    if (error instanceof ArithmeticError && error.expression === '') error.expression = expression;
    throw error;
  }
}

function evaluated(expression: string, variables: Variables, depth: number): bigint {
  const tokens =
    expression.match(
      /\s+|0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d+|[A-Za-z_]\w*|<<=|>>=|\*\*|&&|\|\||\+\+|--|<<|>>|[-+*/%&|^=!<>]=|[\s\S]/g,
    ) ?? [];
  if (variables.isPlain && tokens.some((token) => ['**', '++', '--'].includes(token)))
    throw new ArithmeticError('syntax');
  const reader = new Reader(
    tokens.filter((token) => !/^\s/.test(token)),
    variables,
  );
  if (reader.isAtEnd) return 0n;
  const value = reader.comma(depth);
  if (!reader.isAtEnd) throw new ArithmeticError('syntax');
  return value;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #variables: Variables;
  #place = 0;
  /** Within the part of a choice that is not taken, nothing is assigned. */
  #skips = 0;

  constructor(tokens: readonly string[], variables: Variables) {
    this.#tokens = tokens;
    this.#variables = variables;
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#tokens.length;
  }

  comma(depth: number): bigint {
    let value = this.#assignment(depth);
    while (this.#take(',')) value = this.#assignment(depth);
    return value;
  }

  #assignment(depth: number): bigint {
    if (depth > deepest) throw new ArithmeticError('syntax');
    const name = this.#peek();
    const operator = this.#tokens[this.#place + 1] ?? '';
    if (/^[A-Za-z_]/.test(name) && /^(?:[-+*/%&|^]|<<|>>)?=$/.test(operator)) {
      this.#place += 2;
      const right = this.#assignment(depth + 1);
      const plain = operator.slice(0, -1);
      const apply = levels.find((level) => plain in level)?.[plain];
      return this.#set(name, apply ? apply(this.#get(name, depth), right) : right);
    }
    const condition = this.#logical(depth, '||');
    if (!this.#take('?')) return condition;
    const yes = this.#maybe(condition !== 0n, () => this.#assignment(depth + 1));
    if (!this.#take(':')) throw new ArithmeticError('choice');
    const no = this.#maybe(condition === 0n, () => this.#assignment(depth + 1));
    return condition === 0n ? no : yes;
  }

  #logical(depth: number, operator: '||' | '&&'): bigint {
    const inner = () => (operator === '||' ? this.#logical(depth, '&&') : this.#binary(depth, 0));
    let left = inner();
    while (this.#take(operator)) {
      const decided = operator === '||' ? left !== 0n : left === 0n;
      const right = this.#maybe(!decided, inner);
      left = decided ? truth(operator === '||') : truth(right !== 0n);
    }
    return left;
  }

  #binary(depth: number, level: number): bigint {
    const operators = levels[level];
    if (!operators) return this.#unary(depth);
    let left = this.#binary(depth, level + 1);
    for (;;) {
      const operator = operators[this.#peek()];
      if (!operator) return left;
      const isPower = this.#peek() === '**';
      this.#place += 1;
      const right = this.#binary(depth, isPower ? level : level + 1);
      left = BigInt.asIntN(64, this.#skips > 0 && right === 0n ? 0n : operator(left, right));
    }
  }

  #unary(depth: number): bigint {
    if (depth > deepest) throw new ArithmeticError('syntax');
    const token = this.#peek();
    this.#place += 1;
    switch (token) {
      case '-':
        return BigInt.asIntN(64, -this.#unary(depth + 1));
      case '+':
        return this.#unary(depth + 1);
      case '!':
        return truth(this.#unary(depth + 1) === 0n);
      case '~':
        return ~this.#unary(depth + 1);
      case '++':
      case '--': {
        const name = this.#peek();
        // Two signs of a number that stand together.
        if (!/^[A-Za-z_]/.test(name)) return this.#unary(depth + 1);
        this.#place += 1;
        return this.#set(name, this.#get(name, depth) + (token === '++' ? 1n : -1n));
      }
      case '(': {
        const value = this.comma(depth + 1);
        if (!this.#take(')')) throw new ArithmeticError('syntax');
        return value;
      }
      default:
        return this.#operand(token, depth);
    }
  }

  #operand(token: string, depth: number): bigint {
    if (/^\d/.test(token)) {
      if (this.#variables.isPlain && token.includes('#')) throw new ArithmeticError('base', token);
      return numberOf(token);
    }
    if (!/^[A-Za-z_]/.test(token)) throw new ArithmeticError('syntax');
    const value = this.#get(token, depth);
    if (this.#take('++')) this.#set(token, value + 1n);
    else if (this.#take('--')) this.#set(token, value - 1n);
    return value;
  }

  #get(name: string, depth: number): bigint {
    const text = this.#variables.get(name).trim();
    if (text === '') return 0n;
    if (/^[-+]?(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text)) {
      return text.startsWith('-') ? -numberOf(text.slice(1)) : numberOf(text.replace('+', ''));
    }
    const problem = this.#variables.isPlain ? 'number' : depth >= deepest ? 'loop' : undefined;
    if (problem) {
      const error = new ArithmeticError(problem);
      error.expression = text;
      throw error;
    }
    return evaluate(text, this.#variables, depth + 1);
  }

  #set(name: string, value: bigint): bigint {
    const whole = BigInt.asIntN(64, value);
    if (this.#skips === 0) this.#variables.set(name, `${whole}`);
    return whole;
  }

  #maybe(isTaken: boolean, read: () => bigint): bigint {
    if (isTaken) return read();
    this.#skips += 1;
    const value = read();
    this.#skips -= 1;
    return value;
  }

  #peek(): string {
    return this.#tokens[this.#place] ?? '';
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#place += 1;
    return true;
  }
}

function numberOf(text: string): bigint {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return BigInt.asIntN(64, BigInt(text));
  if (/^0[0-7]+$/.test(text)) return BigInt.asIntN(64, BigInt(`0o${text.slice(1)}`));
  const [, base, digits] = /^(\d+)#(\w+)$/.exec(text) ?? [];
  if (base !== undefined && digits !== undefined) return inBase(Number(base), digits);
  if (/^[1-9]\d*$|^0$/.test(text)) return BigInt.asIntN(64, BigInt(text));
  throw new ArithmeticError('base', text);
}

/** `16#ff`: digits in a base up to 36. */
function inBase(base: number, digits: string): bigint {
  let value = 0n;
  for (const digit of digits.toLowerCase()) {
    const each = Number.parseInt(digit, 36);
    if (!(each < base)) throw new ArithmeticError('base', `${base}#${digits}`);
    value = value * BigInt(base) + BigInt(each);
  }
  return BigInt.asIntN(64, value);
}
