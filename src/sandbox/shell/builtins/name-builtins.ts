import { complain, print, type Steps } from '../../effects.ts';
import type { Evaluator } from '../line/evaluate.ts';
import { runWords } from '../line/simple-command.ts';
import type { Builtins, Place } from '../shell-context.ts';

/** Words of the grammar, which are no commands. */
const keywords = new Set(
  'if then else elif fi for in while until do done case esac function select time { } ! [['.split(' '),
);

/** What bash has in itself, and is a program here. */
const alsoBuiltin = new Set(
  'cd echo printf pwd test [ kill jobs wait fg help history umask ulimit trap'.split(' '),
);

/** What a name stands for. */
type Kind =
  | { readonly kind: 'alias'; readonly value: string }
  | { readonly kind: 'keyword' | 'function' | 'builtin' }
  | { readonly kind: 'program'; readonly path: string };

/** Words that say what names stand for. */
export function nameBuiltins(evaluator: Evaluator): Builtins {
  return {
    type: (words) => type(words, evaluator),
    command: (words, place) => command(words, place, evaluator),
  };
}

/** The path at which a program of the sandbox would be found; undefined where it is none, or a word of the shell. */
export function pathOf(name: string, isThere: boolean): string | undefined {
  if (!isThere || (alsoBuiltin.has(name) && !isFile.has(name))) return undefined;
  return name.includes('/') ? name : `/usr/bin/${name}`;
}

/** Words of bash that are files too. */
const isFile = new Set(['echo', 'printf', 'pwd', 'test', '[', 'kill']);

function kindOf(name: string, { context, builtins }: Evaluator): Kind | undefined {
  const value = context.aliases.get(name);
  if (value !== undefined) return { kind: 'alias', value };
  if (keywords.has(name)) return { kind: 'keyword' };
  if (context.functions.has(name)) return { kind: 'function' };
  const isThere = context.program(name) !== undefined;
  if (Object.hasOwn(builtins, name) || (alsoBuiltin.has(name) && isThere)) return { kind: 'builtin' };
  const path = pathOf(name, isThere);
  return path === undefined ? undefined : { kind: 'program', path };
}

function described(name: string, found: Kind): string {
  switch (found.kind) {
    case 'alias':
      return `${name} is aliased to \`${found.value}'\n`;
    case 'program':
      return `${name} is ${found.path}\n`;
    case 'function':
      return `${name} is a function\n`;
    default:
      return `${name} is a shell ${found.kind}\n`;
  }
}

function* type(words: readonly string[], evaluator: Evaluator): Steps<number> {
  let status = 0;
  for (const name of words.slice(1)) {
    const found = kindOf(name, evaluator);
    if (found) yield* print(described(name, found));
    else {
      yield* complain(`sh: type: ${name}: not found\n`);
      status = 1;
    }
  }
  return status;
}

/** `command -v NAME` says what a name stands for; `command NAME` runs it although a function has that name. */
function* command(words: readonly string[], place: Place, evaluator: Evaluator): Steps<number> {
  const options = words.slice(1).findIndex((word) => !/^-[vVp]+$/.test(word));
  const names = options < 0 ? [] : words.slice(options + 1);
  const letters = words.slice(1, options < 0 ? undefined : options + 1).join('');
  if (!/[vV]/.test(letters)) {
    return names.length === 0 ? 0 : yield* runWords(evaluator, names, place, 'no functions');
  }
  let status = 1;
  for (const name of names) {
    const found = kindOf(name, evaluator);
    if (found) {
      status = 0;
      yield* print(letters.includes('V') ? described(name, found) : short(name, found));
    } else if (letters.includes('V')) yield* complain(`sh: command: ${name}: not found\n`);
  }
  return status;
}

function short(name: string, found: Kind): string {
  if (found.kind === 'alias') return `alias ${name}='${found.value}'\n`;
  return `${found.kind === 'program' ? found.path : name}\n`;
}
