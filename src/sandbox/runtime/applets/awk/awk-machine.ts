import { AwkEvaluator } from './awk-evaluator.ts';
import { AwkExit, AwkJump, AwkReturn } from './awk-memory.ts';
import { recordIn } from './awk-records.ts';
import { type AwkExpression, AwkProblem, type AwkRule, type AwkStatement } from './awk-syntax.ts';
import { type AwkValue, formatted } from './awk-values.ts';

/** Loops go round so often at most; a program that needs more is stopped. */
const mostRounds = 200_000;
/** Where the memory keeps that the file that is read was begun: no file has this name. */
const currentFile = '';

/** Runs the rules of a program of awk. */
export class AwkMachine extends AwkEvaluator {
  #rounds = 0;

  begin(): void {
    this.#rules('begin');
  }

  end(): void {
    this.setLine(this.lineText);
    this.#rules('end');
  }

  /**
   * Takes what came of a file, record by record.
   *
   * @param isWhole whether nothing more comes, so that the last record ends here
   * @returns what is left: the beginning of a record
   */
  take(text: string, file: string, isWhole: boolean): string {
    let rest = text;
    while (rest !== '') {
      const found = recordIn(rest, `${this.variables.RS}`, isWhole);
      if (!found) break;
      rest = found.rest;
      if (found.record !== undefined) this.#record(found.record, file);
    }
    return rest;
  }

  #record(text: string, file: string): void {
    const isSame = this.files[currentFile] !== undefined;
    this.files[currentFile] = 1;
    this.variables.NR = this.number({ kind: 'variable', name: 'NR' }) + 1;
    this.variables.FNR = isSame ? this.number({ kind: 'variable', name: 'FNR' }) + 1 : 1;
    this.variables.FILENAME = file === '-' ? '' : file;
    this.setLine(text);
    this.#rules('line');
  }

  /** Runs the rules for a time; `next` ends them, and so does a `return` that busybox lets stand outside of functions. */
  #rules(time: AwkRule['when']): void {
    try {
      for (const [index, rule] of this.program.rules.entries()) {
        if (rule.when !== time || !this.#applies(index, rule)) continue;
        if (rule.action) this.run(rule.action);
        else this.world.print(`${this.lineText}${this.variables.ORS}`);
      }
    } catch (error) {
      if (!(error instanceof AwkJump || error instanceof AwkReturn)) throw error;
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
          ? this.#formatted(values)
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
        for (const key of Object.keys(this.array(statement.array))) {
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
        const array = this.array(statement.name);
        if (statement.keys.length > 0) delete array[this.key(statement.keys)];
        else for (const key of Object.keys(array)) delete array[key];
      }
    }
  }

  /** What `printf` prints. @throws AwkProblem where values are missing, which busybox does not mind */
  #formatted([format = '', ...values]: readonly AwkValue[]): string {
    const text = this.output(format);
    const places = text.match(/%[^%a-zA-Z]*[a-zA-Z%]/g)?.filter((each) => !each.endsWith('%')) ?? [];
    if (this.world.isBusybox && /%[-+ 0#]*\d*\.?\d*\*/.test(text))
      throw new AwkProblem('%*x formats are not supported');
    if (places.length > values.length && !this.world.isBusybox) {
      const { FILENAME = '', FNR = 0, NR } = this.variables;
      this.world.print(formatted(text.slice(0, text.indexOf(places[values.length] ?? '')), values));
      throw new AwkProblem(
        `run time error: not enough arguments passed to printf("${text}")\n\tFILENAME="${FILENAME}" FNR=${FNR} NR=${NR}`,
      );
    }
    return formatted(text, values);
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
