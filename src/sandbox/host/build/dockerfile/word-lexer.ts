import { unlessThrown } from '../../../thrown.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { type Environment, type LexedWord, type LexerOptions, WordError, WordList } from './lexed-word.ts';
import { patternExpression } from './shell-pattern.ts';

/**
 * Replaces variables in a text and takes its quotes away, as an instruction does with its arguments: in the
 * manner of a shell, with `${a:-b}`, `${a:+b}`, `${a:?b}`, `${a#b}`, `${a%b}` and `${a/b/c}`
 * (frontend/dockerfile/shell/lex.go of moby/buildkit 0.32).
 *
 * @throws DockerfileError for what is not closed, and for what it does not know
 */
export function lexWord(text: string, environment: Environment, options: LexerOptions = {}): LexedWord {
  const lexer = new WordLexer(text, environment, options);
  const read = () => lexer.read();
  return unlessThrown(DockerfileError, read, ({ message }): never => {
    throw new WordError(`failed to process ${JSON.stringify(text)}: ${message}`, lexer.unmatched);
  });
}

/** Go prints the end of a text as the character that stands for what is broken. */
const broken = '\ufffd';

class WordLexer {
  readonly #characters: readonly string[];
  readonly #environment: Environment;
  readonly #options: LexerOptions;
  readonly #escape: string;
  readonly #matched = new Set<string>();
  readonly #unmatched = new Set<string>();
  #place = 0;

  constructor(text: string, environment: Environment, options: LexerOptions) {
    this.#characters = [...text];
    this.#environment = environment;
    this.#options = options;
    this.#escape = options.escape ?? '\\';
  }

  read(): LexedWord {
    const { text, words } = this.#until(undefined, this.#options.rawEscapes ?? false);
    return { text, words, matched: [...this.#matched], unmatched: [...this.#unmatched] };
  }

  get unmatched(): readonly string[] {
    return [...this.#unmatched];
  }

  get #peek(): string | undefined {
    return this.#characters[this.#place];
  }

  #next(): string | undefined {
    const character = this.#characters[this.#place];
    this.#place += 1;
    return character;
  }

  #until(stop: string | undefined, rawEscapes: boolean): { text: string; words: readonly string[] } {
    let text = '';
    const words = new WordList();
    for (let character = this.#peek; character !== undefined; character = this.#peek) {
      if (character === stop) {
        this.#next();
        return { text, words: words.finish() };
      }
      const special = this.#special(character, rawEscapes);
      if (special !== undefined) {
        text += special;
        if (character === '$') words.add(special);
        else words.addRaw(special);
        continue;
      }
      this.#next();
      if (character !== this.#escape) {
        words.add(character);
        text += character;
        continue;
      }
      if (rawEscapes) {
        words.addRaw(character);
        text += character;
      }
      const escaped = this.#next();
      if (escaped === undefined) break;
      words.addRaw(escaped);
      text += escaped;
    }
    if (stop !== undefined)
      throw new DockerfileError(`unexpected end of statement while looking for matching ${stop}`);
    return { text, words: words.finish() };
  }

  /** What a character that means something comes to, with what belongs to it; undefined for any other. */
  #special(character: string, rawEscapes: boolean): string | undefined {
    if (character === '$') return this.#variable();
    if (character === '<') return this.#heredoc();
    if (this.#options.ignoreQuotes) return undefined;
    if (character === "'") return this.#singleQuoted();
    return character === '"' ? this.#doubleQuoted(rawEscapes) : undefined;
  }

  #singleQuoted(): string {
    const quote = this.#options.rawQuotes ? "'" : '';
    this.#next();
    let text = '';
    for (let character = this.#next(); character !== "'"; character = this.#next()) {
      if (character === undefined)
        throw new DockerfileError('unexpected end of statement while looking for matching single-quote');
      text += character;
    }
    return `${quote}${text}${quote}`;
  }

  #doubleQuoted(rawEscapes: boolean): string {
    const quote = this.#options.rawQuotes ? '"' : '';
    this.#next();
    let text = '';
    for (;;) {
      const character = this.#peek;
      if (character === undefined)
        throw new DockerfileError('unexpected end of statement while looking for matching double-quote');
      if (character === '$') {
        text += this.#variable();
        continue;
      }
      this.#next();
      if (character === '"') return `${quote}${text}${quote}`;
      if (character !== this.#escape) {
        text += character;
        continue;
      }
      if (rawEscapes) text += character;
      const escaped = this.#peek;
      if (escaped === undefined) continue;
      if (escaped === '"' || escaped === '$' || escaped === this.#escape) {
        this.#next();
        text += escaped;
      } else text += character;
    }
  }

  /** `<<` and the blanks behind it: the word of a heredoc is one with it. */
  #heredoc(): string {
    this.#next();
    if (this.#peek !== '<') return '<';
    this.#next();
    let blanks = '';
    while (/^[ \t\r]$/.test(this.#characters[this.#place] ?? '')) blanks += this.#next();
    return `<<${blanks}`;
  }

  #variable(): string {
    this.#next();
    const { keepUnset } = this.#options;
    if (this.#peek !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      const value = this.#value(name);
      return value === undefined && keepUnset ? `$${name}` : (value ?? '');
    }
    this.#next();
    if (this.#peek === undefined) throw new DockerfileError("syntax error: missing '}'");
    if (this.#peek === '{' || this.#peek === '}' || this.#peek === ':')
      throw new DockerfileError('syntax error: bad substitution');
    const name = this.#name();
    const sign = this.#next() ?? broken;
    if (sign === '}') {
      const value = this.#value(name);
      return value === undefined && keepUnset ? `\${${name}}` : (value ?? '');
    }
    if (sign === '/') return this.#replaced(name);
    if (sign === ':') return this.#modified(name, this.#next() ?? broken, true);
    if ('+-?#%'.includes(sign)) return this.#modified(name, sign, false);
    throw new DockerfileError(`unsupported modifier (${sign}) in substitution`);
  }

  #modified(name: string, modifier: string, isEmptyUnset: boolean): string {
    const isPattern = modifier === '#' || modifier === '%';
    const written = `${isEmptyUnset ? ':' : ''}${modifier}`;
    const unsupported = new DockerfileError(`unsupported modifier (${written}) in substitution`);
    if (isEmptyUnset && isPattern) throw unsupported;
    const word = this.#part('}', isPattern, "syntax error: missing '}'");
    const value = this.#value(name);
    if (this.#options.keepUnset && value === undefined) return `\${${name}${written}${word}}`;
    const isUnset = value === undefined || (isEmptyUnset && value === '');
    if (modifier === '-') return isUnset ? word : value;
    if (modifier === '+') return isUnset ? '' : word;
    if (modifier === '?') {
      if (!isUnset) return value;
      throw new DockerfileError(
        `${name}: ${word || (value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty')}`,
      );
    }
    if (!isPattern) throw unsupported;
    const isGreedy = word.startsWith(modifier);
    const pattern = isGreedy ? word.slice(1) : word;
    return modifier === '#'
      ? withoutStart(pattern, value ?? '', isGreedy)
      : withoutEnd(pattern, value ?? '', isGreedy);
  }

  #replaced(name: string): string {
    const isAll = this.#peek === '/';
    if (isAll) this.#next();
    const pattern = this.#part('/', true, `syntax error: missing '/' in \${}`);
    const replacement = this.#part('}', true, "syntax error: missing '}'");
    const value = this.#value(name);
    if (this.#options.keepUnset && value === undefined) return `\${${name}/${pattern}/${replacement}}`;
    const expression = patternOf(pattern, true, false);
    const whole = isAll ? new RegExp(expression.source, 'gu') : expression;
    return (value ?? '').replace(whole, () => replacement);
  }

  #part(stop: string, rawEscapes: boolean, missing: string): string {
    const read = () => this.#until(stop, rawEscapes).text;
    return unlessThrown(DockerfileError, read, (error): never => {
      throw this.#peek === undefined ? new DockerfileError(missing) : error;
    });
  }

  #name(): string {
    const rest = this.#characters.slice(this.#place).join('');
    const found = /^(?:\d+|[@*#?\-$!]|[\p{L}\p{Nd}_]+)/u.exec(rest)?.[0] ?? '';
    this.#place += [...found].length;
    return found;
  }

  #value(name: string): string | undefined {
    const value = this.#environment.get(name);
    (value === undefined ? this.#unmatched : this.#matched).add(name);
    return value;
  }
}

function patternOf(pattern: string, greedy: boolean, anchored: boolean): RegExp {
  const read = () => patternExpression(pattern, greedy, anchored);
  return unlessThrown(DockerfileError, read, ({ message }): never => {
    throw new DockerfileError(`invalid pattern (${pattern}) in substitution: ${message}`);
  });
}

function withoutStart(pattern: string, value: string, greedy: boolean): string {
  return value.replace(patternOf(pattern, greedy, true), '');
}

/** A pattern at the end is one at the beginning of the text read backwards. */
function withoutEnd(pattern: string, value: string, greedy: boolean): string {
  // What is escaped stays behind its backslash.
  const expression = patternOf(backwards(pattern.match(/\\?./gsu) ?? []), greedy, true);
  return backwards([...backwards([...value]).replace(expression, '')]);
}

function backwards(characters: readonly string[]): string {
  return [...characters].reverse().join('');
}
