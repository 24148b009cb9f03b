import { AwkEvaluator } from './awk-evaluator.ts';
import { AwkExit, AwkJump, AwkReturn } from './awk-memory.ts';
import { type AwkExpression, AwkProblem, type AwkStatement } from './awk-syntax.ts';
import { formatted, numeric } from './awk-values.ts';

/** Loops go round so often at most; a program that needs more is stopped. */
const mostRounds = 200_000;
/** Where the memory keeps that the file that is read was begun: no file has this name. */
const currentFile = '';

/** Runs the rules of a program of awk. */
export class AwkMachine extends AwkEvaluator {
  #rounds = 0;

  begin(): void {
    for (const { when, action } of this.program.rules) if (when === 'begin' && action) this.run(action);
  }

  end(): void {
    this.setLine(this.lineText);
    for (const { when, action } of this.program.rules) if (when === 'end' && action) this.run(action);
  }

  line(text: string, file: string): void {
    const isSame = this.files[currentFile] !== undefined;
    this.files[currentFile] = 1;
    this.variables.NR = numeric(this.variables.NR ?? 0) + 1;
    this.variables.FNR = isSame ? numeric(this.variables.FNR ?? 0) + 1 : 1;
    this.variables.FILENAME = file === '-' ? '' : file;
    this.setLine(text);
    try {
      for (const [index, rule] of this.program.rules.entries()) {
        if (rule.when !== 'line' || !this.#applies(index, rule)) continue;
        if (rule.action) this.run(rule.action);
        else this.world.print(`${this.lineText}${this.variables.ORS}`);
      }
    } catch (error) {
      if (!(error instanceof AwkJump) || error.word !== 'next') throw error;
    }
  }

  /** After a file: the lines of the next are counted anew. */
  endOfFile(): void {
    delete this.files[currentFile];
  }

  /** Takes `name=value` that stands between the files. */
  set(name: string, value: string): void {
    this.variables[name] = value;
  }

  #applies(
    index: number,
    { pattern, until }: { readonly pattern?: AwkExpression; readonly until?: AwkExpression },
  ): boolean {
    if (!pattern) return true;
    if (!until) return this.isTrue(pattern);
    if (!this.open.has(index)) {
      if (!this.isTrue(pattern)) return false;
      this.open.add(index);
    }
    if (this.isTrue(until)) this.open.delete(index);
    return true;
  }

  protected override run(statement: AwkStatement): void {
    switch (statement.kind) {
      case 'block':
        for (const each of statement.statements) this.run(each);
        return;
      case 'expression':
        this.value(statement.value);
        return;
      case 'print': {
        const values = statement.args.map((each) => this.value(each));
        const shown = values.map((value) => this.output(value, 'OFMT'));
        const text = statement.isFormat
          ? formatted(this.output(values[0] ?? ''), values.slice(1))
          : `${values.length === 0 ? this.lineText : shown.join(`${this.variables.OFS}`)}${this.variables.ORS}`;
        if (!statement.to) return this.world.print(text);
        const file = this.text(statement.to);
        this.world.write(file, text, !statement.appends && this.files[file] === undefined);
        this.files[file] ??= 0;
        return;
      }
      case 'if':
        if (this.isTrue(statement.condition)) this.run(statement.yes);
        else if (statement.no) this.run(statement.no);
        return;
      case 'while':
        for (let isFirst = statement.first; isFirst || this.isTrue(statement.condition); isFirst = false) {
          if (!this.#round(statement.body)) return;
          if (statement.step) this.run(statement.step);
        }
        return;
      case 'for-in':
        for (const key of Object.keys(this.arrays[statement.array] ?? {})) {
          this.variables[statement.name] = key;
          if (!this.#round(statement.body)) return;
        }
        return;
      case 'jump':
        throw new AwkJump(statement.word);
      case 'exit':
        throw new AwkExit(statement.code ? Math.trunc(this.number(statement.code)) & 0xff : 0);
      case 'return':
        throw new AwkReturn(statement.value ? this.value(statement.value) : '');
      case 'delete': {
        const array = this.arrays[statement.name] ?? {};
        if (statement.keys.length > 0) delete array[this.key(statement.keys)];
        else for (const key of Object.keys(array)) delete array[key];
      }
    }
  }

  /** @returns false when the loop was left */
  #round(body: AwkStatement): boolean {
    this.#rounds += 1;
    if (this.#rounds > mostRounds) throw new AwkProblem('the sandbox stops loops that do not end');
    try {
      this.run(body);
    } catch (error) {
      if (!(error instanceof AwkJump) || error.word === 'next') throw error;
      return error.word === 'continue';
    }
    return true;
  }
}
