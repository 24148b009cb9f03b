import { goUnquoted } from './go-syntax.ts';
/** An operand of a command, and where it stands (a column of its line). */
export type Operand =
  | { readonly kind: 'dot'; readonly at: number }
  | { readonly kind: 'field'; readonly names: readonly string[]; readonly at: number }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly names: readonly string[];
      readonly at: number;
    }
  | { readonly kind: 'value'; readonly value: string | number | bigint | boolean; readonly at: number }
  | { readonly kind: 'nil'; readonly at: number }
  | { readonly kind: 'function'; readonly name: string; readonly at: number }
  | {
      readonly kind: 'pipe';
      readonly pipe: Pipe;
      readonly names: readonly string[];
      readonly at: number;
    };

/** A command of a pipeline: what it calls, and with what. */
export interface Command {
  readonly operands: readonly Operand[];
  /** As it was written, for messages. */
  readonly text: string;
}

/** A pipeline, and the variables that its result is put in. */
export interface Pipe {
  readonly variables: readonly string[];
  readonly isDeclaration: boolean;
  readonly commands: readonly Command[];
}

/** What is no template: the message is Go's. */
export class GoTemplateError extends Error {
  override readonly name = 'GoTemplateError';
  readonly line: number;
  readonly why: string;

  /** @param template what the template is called */
  constructor(template: string, line: number, why: string) {
    super(`template: ${template}:${line}: ${why}`);
    this.line = line;
    this.why = why;
  }
}

/** What is wrong, and in which line. */
export function templateFailure(line: number, why: string): GoTemplateError {
  return new GoTemplateError('output', line, why);
}

type Token = { readonly kind: string; readonly text: string; readonly at: number };

const patterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['space', /^\s+/],
  ['string', /^"(?:[^"\\]|\\.)*"|^`[^`]*`/],
  ['char', /^'(?:[^'\\]|\\.)'/],
  ['number', /^[-+]?(?:0[xX][\da-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)/],
  ['declare', /^:=/],
  ['assign', /^=/],
  ['variable', /^\$[\p{L}\p{N}_]*/u],
  ['field', /^\.[\p{L}_][\p{L}\p{N}_]*/u],
  ['dot', /^\./],
  ['word', /^[\p{L}_][\p{L}\p{N}_]*/u],
  ['bar', /^\|/],
  ['open', /^\(/],
  ['close', /^\)/],
  ['comma', /^,/],
];

function tokensOf(text: string, line: number, column: number): Token[] {
  const tokens: Token[] = [];
  for (let place = 0; place < text.length; ) {
    const rest = text.slice(place);
    const found = patterns
      .map(([kind, pattern]) => ({ kind, text: pattern.exec(rest)?.[0] ?? '' }))
      .find(({ text: word }) => word !== '');
    if (!found)
      throw templateFailure(
        line,
        `unexpected ${JSON.stringify(rest[0])} in ${place === 0 ? 'command' : 'operand'}`,
      );
    tokens.push({ ...found, at: column + place });
    place += found.text.length;
  }
  return tokens;
}

/**
 * Reads a pipeline.
 *
 * @param column of the line where it begins
 * @throws GoTemplateError
 */
export function parsePipe(text: string, line: number, column: number, functions: readonly string[]): Pipe {
  const reader = new PipeReader(tokensOf(text, line, column), line, functions);
  const pipe = reader.pipe();
  reader.demandEnd();
  return pipe;
}

class PipeReader {
  readonly #tokens: readonly Token[];
  readonly #line: number;
  readonly #functions: readonly string[];
  #place = 0;

  constructor(tokens: readonly Token[], line: number, functions: readonly string[]) {
    this.#tokens = tokens;
    this.#line = line;
    this.#functions = functions;
  }

  demandEnd(): void {
    this.#skip();
    const token = this.#tokens[this.#place];
    if (!token) return;
    const isFirst = this.#tokens.slice(0, this.#place).every(({ kind }) => kind === 'space');
    const where = isFirst ? 'command' : 'operand';
    const what = token.kind === 'close' ? 'right paren' : `${JSON.stringify(token.text)} in ${where}`;
    throw templateFailure(this.#line, `unexpected ${what}`);
  }

  pipe(): Pipe {
    const { variables, isDeclaration } = this.#variables();
    const commands: Command[] = [];
    for (;;) {
      const command = this.#command();
      const stage = commands.length + 1;
      if (command && stage > 1 && !isExecutable(command))
        throw templateFailure(this.#line, `non executable command in pipeline stage ${stage}`);
      if (command) commands.push(command);
      if (!this.#takes('bar')) return { variables, isDeclaration, commands };
      if (!command) throw templateFailure(this.#line, 'unexpected "|" in command');
    }
  }

  #variables(): { variables: string[]; isDeclaration: boolean } {
    const start = this.#place;
    const variables: string[] = [];
    do {
      this.#skip();
      const token = this.#tokens[this.#place];
      if (token?.kind !== 'variable') break;
      variables.push(token.text);
      this.#place += 1;
    } while (this.#takes('comma'));
    if (variables.length > 0) {
      if (this.#takes('declare')) return { variables, isDeclaration: true };
      if (this.#takes('assign')) return { variables, isDeclaration: false };
    }
    this.#place = start;
    return { variables: [], isDeclaration: false };
  }

  #command(): Command | undefined {
    const operands: Operand[] = [];
    this.#skip();
    const start = this.#place;
    for (;;) {
      this.#skip();
      const operand = this.#operand();
      if (!operand) break;
      operands.push(operand);
    }
    if (operands.length === 0) return undefined;
    const text = this.#tokens.slice(start, this.#place).map((token) => token.text);
    return { operands, text: text.join('').trim().replace(/\s+/g, ' ') };
  }

  #operand(): Operand | undefined {
    const token = this.#tokens[this.#place];
    if (!token) return undefined;
    const { kind, text, at } = token;
    switch (kind) {
      case 'dot':
        this.#place += 1;
        return { kind: 'dot', at };
      case 'field': {
        const names = this.#fields();
        // With more than one name a message points to the second.
        return { kind: 'field', names, at: names.length > 1 ? at + text.length : at };
      }
      case 'variable': {
        this.#place += 1;
        const names = this.#fields();
        return { kind: 'variable', name: text, names, at };
      }
      case 'string':
      case 'char':
      case 'number':
        this.#place += 1;
        return { kind: 'value', value: literalOf(kind, text), at };
      case 'word':
        this.#place += 1;
        return this.#word(text, at);
      case 'open': {
        this.#place += 1;
        const pipe = this.pipe();
        if (!this.#takes('close')) throw templateFailure(this.#line, 'unclosed left paren');
        if (pipe.commands.length === 0)
          throw templateFailure(this.#line, 'missing value for parenthesized pipeline');
        return { kind: 'pipe', pipe, names: this.#fields(), at };
      }
      default:
        return undefined;
    }
  }

  #word(text: string, at: number): Operand {
    if (text === 'true' || text === 'false') return { kind: 'value', value: text === 'true', at };
    if (text === 'nil') return { kind: 'nil', at };
    if (!this.#functions.includes(text)) {
      throw templateFailure(this.#line, `function ${JSON.stringify(text)} not defined`);
    }
    return { kind: 'function', name: text, at };
  }

  #fields(): string[] {
    const names: string[] = [];
    for (let token = this.#tokens[this.#place]; token?.kind === 'field'; token = this.#tokens[this.#place]) {
      names.push(token.text.slice(1));
      this.#place += 1;
    }
    return names;
  }

  #skip(): void {
    while (this.#tokens[this.#place]?.kind === 'space') this.#place += 1;
  }

  #takes(kind: string): boolean {
    this.#skip();
    if (this.#tokens[this.#place]?.kind !== kind) return false;
    this.#place += 1;
    return true;
  }
}

/** Whether a command can take what the one before it gives. */
function isExecutable({ operands: [first] }: Command): boolean {
  return first !== undefined && !['value', 'nil', 'dot'].includes(first.kind);
}

/** Whole numbers are big integers, as in Go they are no floats. */
function literalOf(kind: string, text: string): string | number | bigint {
  if (kind === 'number') {
    const digits = text.replaceAll('_', '');
    return /^[-+]?(\d+|0[xX][\da-fA-F]+)$/.test(digits) ? BigInt(digits.replace(/^\+/, '')) : Number(digits);
  }
  if (text.startsWith('`')) return text.slice(1, -1);
  const plain = goUnquoted(text.slice(1, -1));
  return kind === 'char' ? BigInt(Number(plain.codePointAt(0))) : plain;
}
