import { expandBraces } from './braces.ts';
import { ScriptReader } from './script-reader.ts';
import type { Assignment, Command, Redirect, SimpleCommand, Word } from './syntax.ts';
import { readWord } from './word-reader.ts';

/** Reads simple commands: assignments, words and redirections. */
export abstract class CommandReader extends ScriptReader {
  protected simple(): Command {
    const line = this.line;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.skipBlanks();
      const character = this.text[this.place];
      const isTest = words[0]?.[0]?.kind === 'text' && words[0][0].text === '[[' && this.flavour !== 'dash';
      if (isTest && !isClosed(words)) {
        const operators = this.flavour === 'bash' ? /^(?:&&|\|\||[<>()])/ : /^(?:&&|\|\||[()])/;
        const operator = operators.exec(this.text.slice(this.place, this.place + 2))?.[0];
        if (operator) {
          words.push([{ kind: 'text', text: operator, quoted: false }]);
          this.place += operator.length;
          continue;
        }
      }
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      if (character === undefined || character === '\n' || ';&|()'.includes(character)) break;
      const assignment = words.length === 0 ? this.#assignment() : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(...this.words());
    }
    if (assignments.length + words.length + redirects.length === 0) this.refuse();
    return { kind: 'simple', assignments, words, redirects, line } satisfies SimpleCommand;
  }

  #assignment(): Assignment | undefined {
    const head = /^([A-Za-z_]\w*)(\+?)=/.exec(this.text.slice(this.place, this.place + 200));
    // Only bash knows `NAME+=VALUE`.
    if (!head || (head[2] === '+' && this.flavour !== 'bash')) return undefined;
    this.place += head[0].length;
    if (this.text[this.place] === '(') this.refuse();
    return { name: `${head[1]}`, appends: head[2] === '+', value: readWord(this) };
  }

  protected words(): readonly Word[] {
    const before = this.place;
    const word = readWord(this);
    if (this.place === before) this.refuse();
    return this.flavour === 'bash' ? expandBraces(word) : [word];
  }
}

function isClosed(words: readonly Word[]): boolean {
  const last = words.at(-1)?.[0];
  return last?.kind === 'text' && last.text === ']]';
}
