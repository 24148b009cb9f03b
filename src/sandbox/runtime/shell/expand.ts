import { join } from '../files/paths.ts';
import { globPattern } from '../text/glob.ts';
import { evaluate } from './arithmetic.ts';
import { ExpansionError } from './expansion-error.ts';
import { type Parameters, parameterValue } from './parameters.ts';
import type { Word, WordPart } from './syntax.ts';

/** More fields, or bytes, than a command line may have. */
const mostFields = 20_000;
const mostText = 2 ** 21;

/** A piece of a field: what is quoted is no pattern, and is never split. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** What words are expanded with. */
export interface Scope extends Parameters {
  /** The outputs of the command substitutions, by their numbers. */
  readonly captures: readonly string[];
  readonly globs: boolean;
  /** `set -C`: a file that is there is not written anew. */
  readonly keepsFiles: boolean;
  home(user: string): string;
  /** Names in a folder; undefined when it is none. */
  list(folder: string): readonly string[] | undefined;
}

/** The fields of some words: expanded, split and with file names in the place of patterns. */
export function expandWords(words: readonly Word[], scope: Scope): string[] {
  const found: string[] = [];
  for (const word of words) {
    for (const field of fieldsOf(word, scope)) found.push(...namesFor(field, scope));
    if (found.length > mostFields) throw new ExpansionError('Argument list too long');
  }
  return found;
}

/** The text of a word that is neither split nor matched, as in an assignment. */
export function expandText(word: Word, scope: Scope): string {
  return word.map((part) => textOf(part, scope)).join('');
}

/** The text of a word as a pattern: what is quoted in it stands for itself. */
export function expandPattern(word: Word, scope: Scope): string {
  return word
    .map((part) => {
      const text = textOf(part, scope);
      const quoted = part.kind === 'tilde' || part.quoted;
      return quoted ? text.replace(/[*?[\]\\]/g, '\\$&') : text;
    })
    .join('');
}

function fieldsOf(word: Word, scope: Scope): Piece[][] {
  const fields: Piece[][] = [];
  let current: Piece[] | undefined;
  const end = () => {
    if (current) fields.push(current);
    current = undefined;
  };
  const add = (text: string, quoted: boolean) => {
    current ??= [];
    const last = current.at(-1);
    if (last?.quoted === quoted) current[current.length - 1] = { text: last.text + text, quoted };
    else current.push({ text, quoted });
  };
  const split = (text: string) => {
    const separators = scope.get('IFS') ?? ' \t\n';
    if (separators === '') return text === '' ? undefined : add(text, false);
    const { leading, parts, trailing } = splitFields(text, separators);
    if (leading) end();
    for (const [index, part] of parts.entries()) {
      if (index > 0) end();
      add(part, false);
    }
    if (trailing) end();
    return undefined;
  };
  const visit = (part: WordPart): void => {
    const isAll =
      part.kind === 'parameter' && (part.name === '@' || part.name === '*') && part.operator === '';
    if (isAll && (part.name === '@' || !part.quoted)) {
      for (const [index, value] of scope.args.entries()) {
        if (index > 0) end();
        if (part.quoted) add(value, true);
        else split(value);
      }
      return;
    }
    if (part.kind === 'text') return add(part.text, part.quoted);
    if (part.kind === 'tilde') return add(textOf(part, scope), true);
    // The word behind an operator keeps its own quotes.
    if (part.kind === 'parameter' && !part.quoted && /^:?[-+=]$/.test(part.operator)) {
      const chosen = parameterValue(part, scope, inner(scope));
      if (chosen.fromWord) {
        for (const each of part.word) visit(each);
        return;
      }
      return split(chosen.text);
    }
    const text = textOf(part, scope);
    return part.quoted ? add(text, true) : split(text);
  };
  for (const part of word) visit(part);
  end();
  if (fields.reduce((sum, field) => sum + field.length, 0) > mostFields)
    throw new ExpansionError('Argument list too long');
  return fields;
}

function textOf(part: WordPart, scope: Scope): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'tilde':
      return scope.home(part.user);
    case 'command':
      return scope.captures[part.slot] ?? '';
    case 'arithmetic': {
      const variables = {
        isPlain: scope.isPlain,
        get: (name: string) => scope.get(name) ?? '',
        set: (name: string, value: string) => scope.set(name, value),
      };
      return `${evaluate(expandText(part.expression, scope), variables)}`;
    }
    case 'parameter': {
      const { text, fromWord } = parameterValue(part, scope, inner(scope));
      const whole = fromWord ? expandText(part.word, scope) : text;
      if (whole.length > mostText) throw new ExpansionError('out of memory');
      return whole;
    }
  }
}

function inner(scope: Scope) {
  return {
    text: (word: Word) => expandText(word, scope),
    pattern: (word: Word) => expandPattern(word, scope),
  };
}

/** Blanks among the separators only separate; any other makes an empty field where two follow one another. */
function splitFields(text: string, separators: string) {
  const blanks = [...separators].filter((each) => /\s/.test(each)).join('');
  const others = [...separators].filter((each) => !/\s/.test(each)).join('');
  const isBlank = (each: string | undefined) => each !== undefined && blanks.includes(each);
  const parts: string[] = [];
  let place = 0;
  while (isBlank(text[place])) place += 1;
  const leading = place > 0;
  let field = '';
  let isOpen = false;
  for (; place < text.length; place++) {
    const character = text[place] ?? '';
    if (others.includes(character)) {
      parts.push(field);
      field = '';
      isOpen = false;
      while (isBlank(text[place + 1])) place += 1;
    } else if (isBlank(character)) {
      while (isBlank(text[place + 1])) place += 1;
      const next = text[place + 1];
      if (next === undefined) return { leading, parts: [...parts, field], trailing: true };
      if (others.includes(next)) continue;
      parts.push(field);
      field = '';
      isOpen = false;
    } else {
      field += character;
      isOpen = true;
    }
  }
  if (isOpen || field !== '') return { leading, parts: [...parts, field], trailing: false };
  return { leading, parts, trailing: parts.length > 0 };
}

/** The files that a field is a pattern for; itself when there are none. */
function namesFor(field: readonly Piece[], scope: Scope): readonly string[] {
  const plain = field.map(({ text }) => text).join('');
  const isPattern = scope.globs && field.some(({ text, quoted }) => !quoted && /[*?[]/.test(text));
  if (!isPattern) return [plain];
  const pattern = field
    .map(({ text, quoted }) => (quoted ? text.replace(/[*?[\]\\]/g, '\\$&') : text))
    .join('');
  const found = matches(pattern, scope);
  return found.length > 0 ? found : [plain];
}

function matches(pattern: string, scope: Scope): readonly string[] {
  // A slash at the end leaves folders alone.
  if (pattern.endsWith('/') && pattern.length > 1)
    return matches(pattern.replace(/\/+$/, ''), scope)
      .filter((name) => scope.list(name) !== undefined)
      .map((name) => `${name}/`);
  let found: string[] = [pattern.startsWith('/') ? '/' : ''];
  const parts = pattern.split('/').filter(Boolean);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const isPlain = !/[*?[]/.test(part.replace(/\\./g, ''));
    found = found.flatMap((folder) => {
      const at = (name: string) => (folder === '' ? name : join(folder, name));
      const names = scope.list(folder === '' ? '.' : folder) ?? [];
      if (isPlain) {
        const name = part.replace(/\\(.)/g, '$1');
        return isLast ? (names.includes(name) ? [at(name)] : []) : [at(name)];
      }
      const fits = globPattern(part);
      return names
        .filter((name) => fits.test(name) && (!name.startsWith('.') || part.startsWith('.')))
        .map(at);
    });
    if (found.length > mostFields) return [];
  }
  return found;
}
