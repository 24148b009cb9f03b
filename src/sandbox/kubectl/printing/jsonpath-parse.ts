import { goUnquoted } from '../../go/go-syntax.ts';

/** One step of a path. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | {
      readonly kind: 'slice';
      readonly from?: number;
      readonly to?: number;
      readonly isOne: boolean;
      readonly step?: number;
    }
  | { readonly kind: 'union'; readonly of: readonly (readonly PathStep[])[] }
  | {
      readonly kind: 'filter';
      readonly left: readonly PathStep[];
      readonly operator: string;
      readonly right: readonly PathStep[];
    }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** What is only found to be wrong when the template is filled in. */
  | { readonly kind: 'fault'; readonly message: string };

/** A part of a template. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'range'; readonly steps: readonly PathStep[]; readonly body: readonly Part[] };

/** The template is none; the message is kubectl's. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

type Token =
  | Exclude<Part, { kind: 'range' }>
  | { readonly kind: 'begin'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'end' };

/**
 * Reads a template such as `{range .items[*]}{.metadata.name}{"\n"}{end}`
 * (https://kubernetes.io/docs/reference/kubectl/jsonpath/, k8s.io/client-go/util/jsonpath).
 *
 * @throws TemplateError
 */
export function parseTemplate(text: string): readonly Part[] {
  const tokens = tokensOf(text);
  const queue = { place: 0 };
  const parts = partsUntilEnd(tokens, queue);
  if (queue.place === tokens.length) return parts;
  return [...parts, { kind: 'path', steps: [{ kind: 'fault', message: 'not in range, nothing to end' }] }];
}

function partsUntilEnd(tokens: readonly Token[], queue: { place: number }): Part[] {
  const parts: Part[] = [];
  for (let token = tokens[queue.place]; token && token.kind !== 'end'; token = tokens[queue.place]) {
    queue.place += 1;
    if (token.kind === 'begin') {
      const body = partsUntilEnd(tokens, queue);
      // A range without an end goes on to the end.
      queue.place += tokens[queue.place] ? 1 : 0;
      parts.push({ kind: 'range', steps: token.steps, body });
    } else parts.push(token);
  }
  return parts;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let place = 0;
  while (place < text.length) {
    const open = text.indexOf('{', place);
    if (open !== place) tokens.push({ kind: 'text', text: text.slice(place, open < 0 ? undefined : open) });
    if (open < 0) break;
    const reader = new ActionReader(text, open + 1);
    tokens.push(reader.read());
    place = reader.place;
  }
  return tokens;
}

/** Reads what stands between braces. */
class ActionReader {
  place: number;
  readonly #text: string;
  readonly #steps: PathStep[] = [];
  #word: 'range' | 'end' | undefined;

  constructor(text: string, place: number) {
    this.#text = text;
    this.place = place;
  }

  read(): Token {
    while (!this.#takes('}')) this.#readStep();
    if (this.#word === 'end') return { kind: 'end' };
    return { kind: this.#word === 'range' ? 'begin' : 'path', steps: this.#steps };
  }

  #takes(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.place)) return false;
    this.place += sign.length;
    return true;
  }

  #readStep(): void {
    if (this.#takes('[?(')) return this.#readFilter();
    if (this.#takes('..')) return this.#readRecursive();
    const char = this.#text[this.place];
    if (char === undefined || char === '\n' || char === '\r') throw new TemplateError('unclosed action');
    this.place += 1;
    if (char === ' ' || char === '@' || char === '$') return;
    if (char === '[') return this.#readBrackets();
    if (char === '"' || char === "'") return this.#readQuoted(char);
    if (char === '.') return this.#readField();
    this.place -= 1;
    if (/[-+\d]/.test(char)) return this.#readNumber();
    if (/[\p{L}_]/u.test(char)) return this.#readWord();
    throw new TemplateError(`unrecognized character in action: ${unicodeOf(char)}`);
  }

  #readRecursive(): void {
    if (this.#steps.at(-1)?.kind === 'recursive')
      throw new TemplateError('invalid multiple recursive descent');
    this.#steps.push({ kind: 'recursive' });
    if (/[\p{L}\p{N}_]/u.test(this.#text.charAt(this.place))) this.#readField();
  }

  #readField(): void {
    const name = this.#upToTerminator();
    this.#steps.push(
      name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') },
    );
  }

  #readWord(): void {
    const word = this.#upToTerminator();
    if (word === 'true' || word === 'false') this.#steps.push({ kind: 'value', value: word === 'true' });
    else if (word === 'range' || word === 'end') this.#word = word;
    else this.#steps.push({ kind: 'fault', message: `unrecognized identifier ${word}` });
  }

  #upToTerminator(): string {
    const start = this.place;
    while (this.place < this.#text.length && !/[ \t\r\n.,[\]$@{}]/.test(this.#text.charAt(this.place))) {
      this.place += this.#text[this.place] === '\\' ? 2 : 1;
    }
    return this.#text.slice(start, this.place);
  }

  #readNumber(): void {
    const number = /^[-+]?[\d.]*/.exec(this.#text.slice(this.place))?.[0] ?? '';
    this.place += number.length;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(number)) throw new TemplateError(`cannot parse number ${number}`);
    this.#steps.push({ kind: 'value', value: Number(number) });
  }

  #readQuoted(quote: string): void {
    const start = this.place;
    for (; this.#text[this.place] !== quote || this.#text[this.place - 1] === '\\'; this.place++) {
      const char = this.#text[this.place];
      if (char === undefined || char === '\n') throw new TemplateError('unterminated quoted string');
    }
    this.#steps.push({ kind: 'value', value: goUnquoted(this.#text.slice(start, this.place)) });
    this.place += 1;
  }

  #readBrackets(): void {
    const end = this.#text.indexOf(']', this.place);
    const inner = end < 0 ? '\n' : this.#text.slice(this.place, end);
    if (inner.includes('\n')) throw new TemplateError('unterminated array');
    this.place = end + 1;
    const parts = inner.split(',');
    if (parts.length > 1) {
      this.#steps.push({ kind: 'union', of: parts.map((part) => stepsOf(`[${part.trim()}]`)) });
      return;
    }
    const name = /^'([^']*)'$/.exec(inner)?.[1];
    if (name === undefined) this.#steps.push(sliceOf(inner === '*' ? ':' : inner));
    else this.#steps.push(...stepsOf(`.${name}`));
  }

  #readFilter(): void {
    const start = this.place;
    let quote: string | undefined;
    for (; ; this.place++) {
      const char = this.#text[this.place];
      if (char === undefined || char === '\n') throw new TemplateError('unterminated filter');
      if (quote === undefined && (char === '"' || char === "'")) quote = char;
      else if (char === quote && this.#text[this.place - 1] !== '\\') quote = undefined;
      else if (char === ')' && quote === undefined) break;
    }
    const inner = this.#text.slice(start, this.place);
    this.place += 1;
    if (!this.#takes(']')) throw new TemplateError('unclosed array expect ]');
    const [, left = inner, operator = 'exists', right = ''] = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inner) ?? [];
    this.#steps.push({ kind: 'filter', left: stepsOf(left), operator, right: stepsOf(right) });
  }
}

function stepsOf(action: string): readonly PathStep[] {
  const token = new ActionReader(`{${action}}`, 1).read();
  return token.kind === 'path' ? token.steps : [];
}

function sliceOf(text: string): PathStep {
  const [, from, to, step] = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text) ?? [];
  if (from === undefined) throw new TemplateError(`invalid array index ${text}`);
  const numberIn = (part: string | undefined): number | undefined => {
    const digits = part?.replace(/^:/, '');
    return digits === undefined || digits === '' ? undefined : Number(digits);
  };
  const [first, last, each] = [numberIn(from), numberIn(to), numberIn(step)];
  return {
    kind: 'slice',
    isOne: to === undefined,
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
    ...(each === undefined ? {} : { step: each }),
  };
}

function unicodeOf(char: string): string {
  const code = Number(char.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} '${char}'`;
}
