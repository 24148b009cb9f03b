import { AwkExpressions } from './awk-expressions.ts';
import {
  type AwkExpression,
  type AwkFunction,
  AwkProblem,
  type AwkProgram,
  type AwkRule,
  type AwkStatement,
} from './awk-syntax.ts';

/**
 * Reads a program.
 *
 * @throws AwkProblem
 */
export function parseAwk(text: string, isBusybox: boolean): AwkProgram {
  return new AwkParser(text, isBusybox).program();
}

class AwkParser extends AwkExpressions {
  /** In how many loops it is, and in what. */
  #loops = 0;
  #in: AwkRule['when'] | 'function' = 'line';

  program(): AwkProgram {
    const rules: AwkRule[] = [];
    const functions: Record<string, AwkFunction> = {};
    this.skip();
    while (this.kind !== 'end') {
      if (this.token === 'function' || this.token === 'func') this.#function(functions);
      else rules.push(this.#rule());
      this.skip();
    }
    const missing = this.called.filter((name) => !Object.hasOwn(functions, name));
    if (missing.length > 0 && !this.isBusybox)
      throw new AwkProblem(
        [...missing]
          .reverse()
          .map((name) => `line 2: function ${name} never defined`)
          .join('\nawk: '),
      );
    return { rules, functions };
  }

  #function(functions: Record<string, AwkFunction>): void {
    this.next();
    const name = this.token;
    this.next();
    this.demand('(');
    const parameters: string[] = [];
    while (!this.take(')')) {
      if (this.kind !== 'name') throw this.problem();
      parameters.push(this.token);
      this.next();
      this.take(',');
    }
    while (this.kind === 'operator' && this.token === '\n') this.next();
    this.#in = 'function';
    functions[name] = { parameters, body: this.#block() };
  }

  #rule(): AwkRule {
    const when = this.token === 'BEGIN' ? 'begin' : this.token === 'END' ? 'end' : 'line';
    this.#in = when;
    if (when !== 'line') {
      this.next();
      return { when, action: this.#block() };
    }
    if (this.token === '{') return { when, action: this.#block() };
    const pattern = this.expression();
    let until: AwkExpression | undefined;
    if (this.take(',')) until = this.expression();
    const action = this.token === '{' ? this.#block() : undefined;
    return { when, pattern, ...(until ? { until } : {}), ...(action ? { action } : {}) };
  }

  #block(): AwkStatement {
    this.demand('{');
    const statements: AwkStatement[] = [];
    this.skip();
    while (this.token !== '}' || this.kind !== 'operator') {
      if (this.kind === 'end')
        throw this.isBusybox ? this.problem() : new AwkProblem('line 2: missing } near end of file');
      statements.push(this.#statement());
      this.skip();
    }
    this.next();
    return { kind: 'block', statements };
  }

  #statement(): AwkStatement {
    this.enter();
    const statement = this.#oneStatement();
    this.leave();
    return statement;
  }

  #oneStatement(): AwkStatement {
    if (this.token === '{' && this.kind === 'operator') return this.#block();
    if (this.kind !== 'name') return { kind: 'expression', value: this.expression() };
    switch (this.token) {
      case 'print':
      case 'printf':
        return this.#print();
      case 'if': {
        this.next();
        const condition = this.#condition();
        const yes = this.#body();
        const [place, token, kind] = [this.place, this.token, this.kind];
        this.skip();
        if (this.isWord('else')) {
          this.next();
          return { kind: 'if', condition, yes, no: this.#body() };
        }
        [this.place, this.token, this.kind] = [place, token, kind];
        return { kind: 'if', condition, yes };
      }
      case 'while': {
        this.next();
        return { kind: 'while', condition: this.#condition(), body: this.#loopBody(), first: false };
      }
      case 'do': {
        this.next();
        const body = this.#loopBody();
        this.skip();
        if (!this.isWord('while')) throw this.problem();
        this.next();
        return { kind: 'while', condition: this.#condition(), body, first: true };
      }
      case 'for':
        return this.#for();
      case 'next':
      case 'break':
      case 'continue': {
        const word = this.token;
        this.#demandPlace(word);
        this.next();
        return { kind: 'jump', word };
      }
      case 'exit': {
        this.next();
        const ends = this.isEnd;
        return ends ? { kind: 'exit' } : { kind: 'exit', code: this.expression() };
      }
      case 'return': {
        if (this.#in !== 'function' && !this.isBusybox) throw new AwkProblem('return outside function body');
        this.next();
        return this.isEnd ? { kind: 'return' } : { kind: 'return', value: this.expression() };
      }
      case 'delete': {
        this.next();
        const name = this.token;
        this.next();
        return { kind: 'delete', name, keys: this.take('[') ? this.list(']') : [] };
      }
      default:
        return { kind: 'expression', value: this.expression() };
    }
  }

  #print(): AwkStatement {
    const isFormat = this.token === 'printf';
    this.next();
    this.isPrint = true;
    const args: AwkExpression[] = [];
    const isRedirected = () => this.kind === 'operator' && ['>', '>>', '|'].includes(this.token);
    if (!this.isEnd && !isRedirected()) {
      args.push(this.expression());
      while (this.take(',')) args.push(this.expression());
    }
    this.isPrint = false;
    const operator = isRedirected() ? this.token : '';
    if (operator === '|') throw new AwkProblem('the sandbox simulates no commands in awk');
    if (operator !== '') this.next();
    const target = operator === '' ? {} : { to: this.expression(), appends: operator === '>>' };
    // `print (a, b)` is read as one list.
    const [first] = args;
    const list = args.length === 1 && first?.kind === 'call' && first.name === '(' ? first.args : args;
    return { kind: 'print', args: list, isFormat, ...target };
  }

  #for(): AwkStatement {
    this.next();
    this.demand('(');
    const found = this.ahead(/^\s*in\s+([A-Za-z_]\w*)\s*\)/);
    if (this.kind === 'name' && found) {
      const name = this.token;
      this.place += found[0].length;
      this.next();
      return { kind: 'for-in', name, array: found[1] ?? '', body: this.#loopBody() };
    }
    const start = this.token === ';' ? undefined : this.#statement();
    this.demand(';');
    const condition: AwkExpression = this.token === ';' ? { kind: 'number', value: 1 } : this.expression();
    this.demand(';');
    const step = this.token === ')' ? undefined : this.#statement();
    this.demand(')');
    const loop: AwkStatement = {
      kind: 'while',
      condition,
      body: this.#loopBody(),
      first: false,
      ...(step ? { step } : {}),
    };
    return { kind: 'block', statements: start ? [start, loop] : [loop] };
  }

  /** @throws AwkProblem where `break`, `continue` or `next` stands where it means nothing */
  #demandPlace(word: string): void {
    if (word === 'next') {
      if (!this.isBusybox && (this.#in === 'begin' || this.#in === 'end'))
        throw new AwkProblem('improper use of next');
    } else if (this.#loops === 0)
      throw new AwkProblem(this.isBusybox ? `'${word}' not in a loop` : `${word} statement outside of loop`);
  }

  #loopBody(): AwkStatement {
    this.#loops += 1;
    const body = this.#body();
    this.#loops -= 1;
    return body;
  }

  #condition(): AwkExpression {
    this.demand('(');
    const condition = this.expression();
    this.demand(')');
    return condition;
  }

  #body(): AwkStatement {
    while (this.token === '\n' && this.kind === 'operator') this.next();
    if (this.take(';')) return { kind: 'block', statements: [] };
    return this.#statement();
  }
}
