import { classSource, literal } from '../../text/glob.ts';

/** Thrown where a pattern is no regular expression; the message is that of regerror(3). */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** Which characters a backslash stands for between brackets: of none in POSIX, of line breaks and tabs in sed, of all in awk. */
export type Escapes = 'posix' | 'sed' | 'awk';

/**
 * A regular expression of POSIX as one of JavaScript.
 *
 * @param isExtended whether `+`, `?`, `|` and brackets mean something without a backslash
 * @throws ExpressionError
 */
export function compiledExpression(
  pattern: string,
  isExtended: boolean,
  flags: string,
  escapes: Escapes = 'posix',
): RegExp {
  const source = new Translation(pattern, isExtended, escapes).source();
  try {
    return new RegExp(source, flags);
  } catch {
    throw new ExpressionError('Invalid regular expression');
  }
}

/** As `compiledExpression`. @returns undefined when it is no regular expression */
export function posixExpression(
  pattern: string,
  isExtended: boolean,
  flags: string,
  escapes: Escapes = 'posix',
): RegExp | undefined {
  try {
    return compiledExpression(pattern, isExtended, flags, escapes);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Any character: the dot of POSIX takes the end of a line too. */
const any = '[\\s\\S]';

class Translation {
  readonly #pattern: string;
  readonly #isExtended: boolean;
  readonly #escapes: Escapes;
  #source = '';
  #place = 0;
  /** Where what a `*` would repeat begins; undefined when there is nothing. */
  #atom: number | undefined;
  #isRepeated = false;
  readonly #open: number[] = [];
  #closed = 0;

  constructor(pattern: string, isExtended: boolean, escapes: Escapes) {
    this.#pattern = pattern;
    this.#isExtended = isExtended;
    this.#escapes = escapes;
  }

  source(): string {
    while (this.#place < this.#pattern.length) this.#next();
    if (this.#open.length > 0) throw new ExpressionError('Unmatched ( or \\(');
    return this.#source;
  }

  #next(): void {
    const character = this.#pattern.charAt(this.#place++);
    if (character === '\\') this.#escape();
    else if (character === '[') this.#set();
    else if (character === '.') this.#add(any);
    else if (character === '*') {
      if (this.#atom !== undefined) this.#repeat('*');
      else if (this.#isExtended) throw new ExpressionError('Invalid preceding regular expression');
      else this.#add('\\*');
    } else if (character === '^') {
      if (this.#isExtended || this.#atStart()) this.#anchor('^');
      else this.#add('\\^');
    } else if (character === '$') {
      if (this.#isExtended || /^($|\\\)|\\\|)/.test(this.#pattern.slice(this.#place))) this.#anchor('$');
      else this.#add('\\$');
    } else if (this.#isExtended && '(){|+?'.includes(character)) this.#operator(character);
    else this.#add(literal(character));
  }

  /** Whether nothing stands before, in this branch of this group. */
  #atStart(): boolean {
    return this.#atom === undefined && /(^|[(|])$/.test(this.#source);
  }

  #escape(): void {
    const next = this.#pattern[this.#place++];
    if (next === undefined) throw new ExpressionError('Trailing backslash');
    if ('(){|+?'.includes(next)) {
      if (this.#isExtended) this.#add(`\\${next}`);
      else this.#operator(next);
    } else if (/[1-9]/.test(next)) {
      if (Number(next) > this.#closed) throw new ExpressionError('Invalid back reference');
      this.#add(`(?:\\${next})`);
    } else if ('wWsS'.includes(next)) this.#add(`\\${next}`);
    else if ('bB'.includes(next)) this.#anchor(`\\${next}`);
    else if (next === '<') this.#anchor('\\b(?=\\w)');
    else if (next === '>') this.#anchor('\\b(?<=\\w)');
    else if (next === '`') this.#anchor('^');
    else if (next === "'") this.#anchor('$');
    else if ('ntr'.includes(next)) this.#add(`\\${next}`);
    else this.#add(literal(next));
  }

  #operator(operator: string): void {
    if (operator === '(') {
      this.#open.push(this.#source.length);
      this.#source += '(';
      this.#atom = undefined;
    } else if (operator === ')') {
      const start = this.#open.pop();
      if (start === undefined) {
        if (!this.#isExtended) throw new ExpressionError('Unmatched ) or \\)');
        this.#add('\\)');
        return;
      }
      this.#source += ')';
      this.#closed += 1;
      this.#atom = start;
      this.#isRepeated = false;
    } else if (operator === '|') {
      this.#source += '|';
      this.#atom = undefined;
    } else if (operator === '{') this.#interval();
    else if (operator === '}') this.#add('\\}');
    else if (this.#atom !== undefined) this.#repeat(operator);
    else if (this.#isExtended) throw new ExpressionError('Invalid preceding regular expression');
    else this.#add(`\\${operator}`);
  }

  #interval(): void {
    const end = this.#isExtended ? '\\}' : '\\\\\\}';
    const found = new RegExp(`^(?=[\\d,])(\\d*)(,?)(\\d*)${end}`).exec(this.#pattern.slice(this.#place));
    if (!found) {
      if (!this.#isExtended) throw new ExpressionError('Unmatched \\{');
      this.#add('\\{');
      return;
    }
    if (this.#atom === undefined) throw new ExpressionError('Invalid preceding regular expression');
    const [whole, least = '', comma = '', most = ''] = found;
    if (most !== '' && Number(least) > Number(most)) throw new ExpressionError('Invalid content of \\{\\}');
    this.#place += whole.length;
    this.#repeat(`{${least || '0'}${comma}${most}}`);
  }

  /** Repeats what came last; what is repeated already is put in a group first. */
  #repeat(quantifier: string): void {
    const atom = this.#source.slice(this.#atom);
    const whole = this.#isRepeated ? `(?:${atom})` : atom;
    this.#source = this.#source.slice(0, this.#atom) + whole + quantifier;
    this.#isRepeated = true;
  }

  #add(atom: string): void {
    this.#atom = this.#source.length;
    this.#isRepeated = false;
    this.#source += atom;
  }

  #anchor(anchor: string): void {
    this.#source += anchor;
    this.#atom = undefined;
  }

  #set(): void {
    const inner = this.#escapes === 'awk' ? '\\\\[\\s\\S]|' : '';
    const rest = this.#pattern.slice(this.#place - 1);
    const found = new RegExp(`^\\[(\\^?)(\\]?(?:\\[:\\w+:\\]|${inner}[^\\]])*)\\]`).exec(rest);
    if (!found) throw new ExpressionError('Invalid regular expression');
    if (/\[:\w*:?$/.test(found[2] ?? '')) throw new ExpressionError('Unmatched [, [^, [:, [., or [=');
    const [whole, isNot = '', members = ''] = found;
    this.#place += whole.length - 1;
    const read = members.replace(
      /\[:(\w+):\]|\\([\s\S])|[\\\]^[]/g,
      (each, name?: string, escaped?: string) => {
        if (name !== undefined) return knownClass(name);
        if (escaped === undefined) return `\\${each}`;
        if (this.#escapes !== 'posix' && 'nt'.includes(escaped)) return `\\${escaped}`;
        return this.#escapes === 'awk' ? literal(escaped) : `\\\\${literal(escaped)}`;
      },
    );
    try {
      new RegExp(`[${isNot}${read}]`);
    } catch {
      throw new ExpressionError('Invalid range end');
    }
    this.#add(`[${isNot}${read}]`);
  }
}

/** The characters of a class. @throws ExpressionError where there is none of its name */
function knownClass(name: string): string {
  const source = classSource(name);
  if (source === undefined) throw new ExpressionError('Invalid character class name');
  return source;
}
