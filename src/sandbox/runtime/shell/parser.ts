import { CommandReader } from './command-reader.ts';
import { lineAt } from './cursor.ts';
import {
  type CaseItem,
  type Command,
  type Flavour,
  type Redirect,
  SyntaxProblem,
  type Word,
} from './syntax.ts';
import { readWord } from './word-reader.ts';

/** Those that nothing begins with. */
const closing = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

const deepest = 40;

/** What `|&` adds: `2>&1`. */
const errorsToo: Redirect = { fd: 2, operator: '>&', target: [{ kind: 'text', text: '1', quoted: false }] };

/**
 * Reads a script.
 *
 * @param isTyped more lines may come, so a here-document without an end breaks off too
 * @throws SyntaxProblem, whose `isOpen` says whether it only breaks off
 */
export function parseScript(text: string, flavour: Flavour, isTyped = false): Command {
  return new Parser(text, flavour, isTyped).script();
}

class Parser extends CommandReader {
  script(): Command {
    const list = this.#list();
    if (this.place < this.text.length) this.refuse();
    return list;
  }

  protected another(text: string): Parser {
    return new Parser(text, this.flavour);
  }

  skipList(): void {
    const outer = this.pending;
    this.pending = [];
    this.#list();
    this.pending = outer;
    this.demand(')');
  }

  /** Commands up to a word or an operator that closes what they are in. */
  #list(): Command {
    this.depth += 1;
    if (this.depth > deepest) this.refuse();
    const items: { command: Command; background: boolean }[] = [];
    for (;;) {
      this.skipLines();
      const character = this.text[this.place];
      if (character === undefined || character === ')' || this.startsWith(';;')) break;
      if (character === ';' || character === '&' || character === '|') this.refuse();
      if (closing.has(this.peekWord())) break;
      const command = this.#andOr();
      this.skipBlanks();
      const background = this.text[this.place] === '&' && !this.startsWith('&&');
      items.push({ command, background });
      const isSeparated = background || (this.text[this.place] === ';' && !this.startsWith(';;'));
      if (isSeparated) this.place += 1;
      else if (this.text[this.place] !== '\n') break;
    }
    this.depth -= 1;
    return { kind: 'list', items };
  }

  #andOr(): Command {
    let left = this.#pipeline();
    for (;;) {
      this.skipBlanks();
      const operator = this.startsWith('&&') ? 'and' : this.startsWith('||') ? 'or' : undefined;
      if (!operator) return left;
      this.place += 2;
      this.skipLines();
      left = { kind: operator, left, right: this.#pipeline() };
    }
  }

  #pipeline(): Command {
    this.skipBlanks();
    if (this.peekWord() === '!') {
      this.place += 1;
      return { kind: 'not', command: this.#pipeline() };
    }
    const stages = [this.#command()];
    for (;;) {
      this.skipBlanks();
      if (this.text[this.place] !== '|' || this.startsWith('||')) break;
      const takesErrors = this.startsWith('|&');
      this.place += takesErrors ? 2 : 1;
      const before = stages.at(-1);
      if (takesErrors && before)
        stages[stages.length - 1] = { kind: 'group', body: before, redirects: [errorsToo] };
      this.skipLines();
      stages.push(this.#command());
    }
    return stages.length === 1 && stages[0] ? stages[0] : { kind: 'pipeline', stages };
  }

  #command(): Command {
    this.skipBlanks();
    if (this.text[this.place] === '(') return this.#bracketed();
    const word = this.peekWord();
    if (closing.has(word)) this.refuse();
    switch (word) {
      case 'if':
        return this.#if();
      case 'while':
      case 'until':
        return this.#while(word === 'until');
      case 'for':
        return this.#for();
      case 'case':
        return this.#case();
      case '{': {
        this.place += 1;
        const body = this.#body('}');
        this.word('}');
        return { kind: 'group', body, redirects: this.redirects() };
      }
      case 'function':
        this.place += word.length;
        return this.#function();
      default: {
        const named = /^([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/.exec(
          this.text.slice(this.place, this.place + 200),
        );
        return named ? this.#function() : this.simple();
      }
    }
  }

  #bracketed(): Command {
    if (this.startsWith('((') && this.flavour === 'bash') {
      const end = this.text.indexOf('))', this.place);
      if (end > 0) {
        const inner = this.text.slice(this.place + 2, end);
        const line = lineAt(this.text, this.place);
        this.place = end + 2;
        const words: Word[] = [
          [{ kind: 'text', text: 'let', quoted: false }],
          [{ kind: 'text', text: inner, quoted: true }],
        ];
        return { kind: 'simple', assignments: [], words, redirects: this.redirects(), line };
      }
    }
    this.place += 1;
    const body = this.#body();
    this.demand(')');
    return { kind: 'subshell', body, redirects: this.redirects() };
  }

  #if(): Command {
    const clauses: { condition: Command; body: Command }[] = [];
    let opener = 'if';
    for (;;) {
      this.word(opener);
      const condition = this.#body();
      this.word('then');
      clauses.push({ condition, body: this.#body('fi') });
      opener = this.peekWord();
      if (opener !== 'elif') break;
    }
    if (opener === 'else') {
      this.word('else');
      const otherwise = this.#body('fi');
      this.word('fi');
      return { kind: 'if', clauses, otherwise, redirects: this.redirects() };
    }
    this.word('fi');
    return { kind: 'if', clauses, redirects: this.redirects() };
  }

  #while(isUntil: boolean): Command {
    this.word(isUntil ? 'until' : 'while');
    const condition = this.#body();
    const body = this.#do();
    return { kind: 'while', isUntil, condition, body, redirects: this.redirects() };
  }

  #for(): Command {
    this.word('for');
    this.skipBlanks();
    const name = /^[A-Za-z_]\w*/.exec(this.text.slice(this.place, this.place + 200))?.[0];
    if (name === undefined) {
      const token = this.text[this.place];
      const reason = 'bad for loop variable';
      throw new SyntaxProblem({ ...(token === undefined ? {} : { token }), line: this.line, reason });
    }
    this.place += name.length;
    this.skipLines();
    if (this.peekWord() !== 'in') {
      if (this.text[this.place] === ';') this.place += 1;
      const body = this.#do();
      return { kind: 'for', name, body, redirects: this.redirects() };
    }
    this.place += 2;
    const words: Word[] = [];
    for (;;) {
      this.skipBlanks();
      const character = this.text[this.place];
      if (character === undefined || character === ';' || character === '\n') break;
      if ('&|<>()'.includes(character)) this.refuse();
      words.push(...this.words());
    }
    if (this.text[this.place] === ';') this.place += 1;
    const body = this.#do();
    return { kind: 'for', name, words, body, redirects: this.redirects() };
  }

  #case(): Command {
    this.word('case');
    this.skipBlanks();
    const word = readWord(this);
    this.skipLines();
    this.word('in');
    const items: CaseItem[] = [];
    for (;;) {
      this.skipLines();
      if (this.peekWord() === 'esac') break;
      if (this.text[this.place] === '(') this.place += 1;
      const patterns: Word[] = [];
      for (;;) {
        this.skipBlanks();
        const pattern = readWord(this);
        if (pattern.length === 0) this.refuse(')');
        patterns.push(pattern);
        this.skipBlanks();
        if (this.text[this.place] !== '|') break;
        this.place += 1;
      }
      this.demand(')');
      items.push({ patterns, body: this.#list() });
      this.skipBlanks();
      if (!this.startsWith(';;')) break;
      this.place += 2;
    }
    this.word('esac');
    return { kind: 'case', word, items, redirects: this.redirects() };
  }

  #function(): Command {
    this.skipBlanks();
    const head = /^([A-Za-z_][\w-]*)[ \t]*(?:\([ \t]*\))?/.exec(
      this.text.slice(this.place, this.place + 200),
    );
    const [whole, name] = head ?? [];
    if (whole === undefined || name === undefined) return this.refuse();
    this.place += whole.length;
    this.skipLines();
    return { kind: 'function', name, body: this.#command() };
  }

  #do(): Command {
    this.skipLines();
    this.word('do');
    const body = this.#body('done');
    this.word('done');
    return body;
  }

  /** A list that must not be empty. @param closer what ends it */
  #body(closer?: string): Command {
    const list = this.#list();
    if (list.kind === 'list' && list.items.length === 0)
      this.refuse(this.place < this.text.length ? undefined : closer);
    return list;
  }
}
