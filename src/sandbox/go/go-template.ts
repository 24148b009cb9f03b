import { throwUnless } from '../thrown.ts';
import { byKey } from './go-order.ts';
import { GoNil, GoRecord } from './go-record.ts';
import {
  CallError,
  isTrue,
  kubectlFunctions,
  shownValue,
  type TemplateSettings,
  typeName,
} from './go-template-functions.ts';
import { type BlockNode, parseGoTemplate, type TemplateNode } from './go-template-parse.ts';
import { type Command, GoTemplateError, type Operand, type Pipe } from './go-template-pipe.ts';
import type { TemplateFunction, TemplateValue } from './template-value.ts';

/** What went wrong while a template was filled in, and what had been written by then. */
export class TemplateRunError extends Error {
  override readonly name = 'TemplateRunError';
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}

/**
 * A template of kubectl's, ready to be filled in (https://pkg.go.dev/text/template).
 *
 * @param isLenient whether a key that is not there is `<no value>` instead of an error
 * @returns fills it in; that throws TemplateRunError
 * @throws GoTemplateError when it is none
 */
export function goTemplate(text: string, isLenient: boolean): (data: TemplateValue) => string {
  return templateOf(text, { name: 'output', isLenient, functions: kubectlFunctions });
}

/** As `goTemplate`, with functions and a name of its own. @throws GoTemplateError when it is none */
export function templateOf(text: string, settings: TemplateSettings): (data: TemplateValue) => string {
  const nodes = nodesOf(text, settings);
  return (data) => {
    const run = new Run(data, settings);
    try {
      run.walk(nodes, data);
      return run.written;
    } catch (error) {
      throwUnless(error, RunFailure);
      throw new TemplateRunError(error.message, run.written);
    }
  };
}

function nodesOf(text: string, { name, functions }: TemplateSettings): readonly TemplateNode[] {
  try {
    return parseGoTemplate(text, [...Object.keys(functions), 'and', 'or']);
  } catch (error) {
    throwUnless(error, GoTemplateError);
    throw new GoTemplateError(name, error.line, error.why);
  }
}

class RunFailure extends Error {}

/** Leaves a loop, or goes on with its next round. */
class LoopEnd extends Error {
  readonly kind: 'break' | 'continue';

  constructor(kind: 'break' | 'continue') {
    super();
    this.kind = kind;
  }
}

interface Variable {
  readonly name: string;
  value: TemplateValue;
}

class Run {
  written = '';
  readonly #settings: TemplateSettings;
  #variables: Variable[];
  #line = 1;

  constructor(data: TemplateValue, settings: TemplateSettings) {
    this.#settings = settings;
    this.#variables = [{ name: '$', value: data }];
  }

  walk(nodes: readonly TemplateNode[], dot: TemplateValue): void {
    for (const node of nodes) {
      switch (node.kind) {
        case 'text':
          this.written += node.text;
          break;
        case 'break':
        case 'continue':
          throw new LoopEnd(node.kind);
        case 'action':
          this.#line = node.line;
          this.#act(node.pipe, dot);
          break;
        default:
          this.#line = node.line;
          this.#block(node, dot);
      }
    }
  }

  #act(pipe: Pipe, dot: TemplateValue): void {
    const value = this.#pipe(pipe, dot);
    if (pipe.variables.length === 0) this.written += value === null ? '<no value>' : shownValue(value);
  }

  #block(node: BlockNode, dot: TemplateValue): void {
    const known = this.#variables.length;
    if (node.kind === 'range') this.#range(node, dot);
    else {
      const value = this.#pipe(node.pipe, dot);
      if (isTrue(value)) this.walk(node.body, node.kind === 'with' ? value : dot);
      else this.walk(node.otherwise, dot);
    }
    this.#variables.length = known;
  }

  #range(node: BlockNode, dot: TemplateValue): void {
    const { pipe, body, otherwise } = node;
    const value = this.#pipe({ ...pipe, variables: [] }, dot);
    const rounds = this.#roundsOf(value, pipe);
    const known = this.#variables.length;
    if (rounds.length === 0) this.walk(otherwise, dot);
    for (const [key, each] of rounds) {
      const [first, second] = pipe.variables;
      if (first !== undefined && second !== undefined) this.#set(pipe, [first, key], [second, each]);
      else if (first !== undefined) this.#set(pipe, [first, each]);
      try {
        this.walk(body, each);
      } catch (error) {
        throwUnless(error, LoopEnd);
        if (error.kind === 'break') break;
      }
      this.#variables.length = known;
    }
  }

  #roundsOf(value: TemplateValue, pipe: Pipe): readonly (readonly [TemplateValue, TemplateValue])[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map((each, index) => [BigInt(index), each]);
    if (typeof value === 'bigint') {
      return Array.from({ length: Number(value) }, (_, index) => [BigInt(index), BigInt(index)]);
    }
    if (typeof value === 'object') {
      return Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .sort(byKey);
    }
    const [command] = pipe.commands;
    throw this.#failure(command, `range can't iterate over ${shownValue(value)}`);
  }

  #set({ isDeclaration }: Pipe, ...values: readonly (readonly [string, TemplateValue])[]): void {
    for (const [name, value] of values) {
      const known = isDeclaration ? undefined : this.#variables.findLast((each) => each.name === name);
      if (known) known.value = value;
      else this.#variables.push({ name, value });
    }
  }

  #pipe(pipe: Pipe, dot: TemplateValue): TemplateValue {
    let value: TemplateValue;
    pipe.commands.forEach((command, place) => {
      value = this.#command(command, dot, place === 0 ? [] : [value]);
    });
    const [name] = pipe.variables;
    if (name !== undefined) this.#set(pipe, [name, value]);
    return value;
  }

  #command(command: Command, dot: TemplateValue, last: readonly TemplateValue[]): TemplateValue {
    const [first, ...others] = command.operands;
    if (!first) return undefined;
    if (first.kind === 'function') return this.#call(first.name, command, others, dot, last);
    if (first.kind === 'nil') throw this.#failure(command, 'nil is not a command');
    if (first.kind === 'field' && (others.length > 0 || last.length > 0)) {
      const method = this.#method(first.names, dot, command);
      if (method) {
        const args = [...others.map((operand) => this.#value(operand, command, dot)), ...last];
        return this.#called(first.names.at(-1) ?? '', method, args, command);
      }
      const text = first.names.map((name) => `.${name}`).join('');
      throw this.#failure({ ...command, text }, `${first.names.at(-1)} is not a method but has arguments`);
    }
    if (others.length === 0 && last.length === 0) return this.#value(first, command, dot);
    const [text = ''] = command.text.split(' ');
    throw this.#failure({ ...command, text }, `can't give argument to non-function ${text}`);
  }

  #call(
    name: string,
    command: Command,
    operands: readonly Operand[],
    dot: TemplateValue,
    last: readonly TemplateValue[],
  ): TemplateValue {
    if (name === 'and' || name === 'or') return this.#stopsEarly(name, command, operands, dot, last);
    const args = [...operands.map((operand) => this.#value(operand, command, dot)), ...last];
    return this.#called(name, this.#settings.functions[name], args, command);
  }

  #called(
    name: string,
    called: TemplateFunction | undefined,
    args: readonly TemplateValue[],
    command: Command,
  ): TemplateValue {
    try {
      return called?.(...args);
    } catch (error) {
      throwUnless(error, CallError);
      throw this.#failure(command, `error calling ${name}: ${error.message}`);
    }
  }

  /** The method that the last of the names is, where it is one. */
  #method(names: readonly string[], dot: TemplateValue, command: Command): TemplateFunction | undefined {
    const owner = this.#fields(dot, names.slice(0, -1), command);
    return owner instanceof GoRecord ? owner.methods[names.at(-1) ?? ''] : undefined;
  }

  #stopsEarly(
    name: 'and' | 'or',
    command: Command,
    operands: readonly Operand[],
    dot: TemplateValue,
    last: readonly TemplateValue[],
  ): TemplateValue {
    let value: TemplateValue;
    for (const operand of operands) {
      value = this.#value(operand, command, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return last.length > 0 ? last[0] : value;
  }

  #value(operand: Operand, command: Command, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'value':
        return operand.value;
      case 'field': {
        const text = operand.names.map((name) => `.${name}`).join('');
        return this.#fields(dot, operand.names, { text, operands: [operand] });
      }
      case 'variable': {
        const found = this.#variables.findLast(({ name }) => name === operand.name);
        if (!found) throw this.#failure(command, `undefined variable ${JSON.stringify(operand.name)}`);
        return this.#fields(found.value, operand.names, command);
      }
      case 'pipe':
        return this.#fields(this.#pipe(operand.pipe, dot), operand.names, command);
      case 'function':
        return this.#call(operand.name, command, [], dot, []);
    }
  }

  #fields(from: TemplateValue, names: readonly string[], command: Command): TemplateValue {
    let isTyped = false;
    return names.reduce<TemplateValue>((value, name) => {
      if (value === undefined) return undefined;
      if (value === null) throw this.#failure(command, `nil pointer evaluating interface {}.${name}`);
      if (value instanceof GoNil) {
        throw this.#failure(command, `nil pointer evaluating ${value.type}.${name}`);
      }
      if (value instanceof GoRecord) {
        isTyped = !value.isMap;
        if (value.isMap || Object.hasOwn(value.fields, name)) return value.fields[name];
        throw this.#failure(command, `can't evaluate field ${name} in type ${value.type}`);
      }
      if (typeof value !== 'object' || Array.isArray(value)) {
        const type = isTyped ? typeName(value) : 'interface {}';
        throw this.#failure(command, `can't evaluate field ${name} in type ${type}`);
      }
      if (!Object.hasOwn(value, name) && !this.#settings.isLenient) {
        throw this.#failure(command, `map has no entry for key ${JSON.stringify(name)}`);
      }
      return (value as Readonly<Record<string, TemplateValue>>)[name];
    }, from);
  }

  #failure(command: Command | undefined, why: string): RunFailure {
    const at = command?.operands[0]?.at ?? 0;
    const { name } = this.#settings;
    const where = `template: ${name}:${this.#line}:${at}: executing "${name}" at <${command?.text ?? ''}>`;
    return new RunFailure(`${where}: ${why}`);
  }
}
