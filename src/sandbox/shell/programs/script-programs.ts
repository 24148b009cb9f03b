import { complain, lookAt, readFile, readInput, type Steps } from '../../effects.ts';
import { runScriptApart } from '../line/evaluate.ts';
import { parseScript, SyntaxFailure } from '../line/parse.ts';
import type { OwnState, Program, ShellContext } from '../shell-context.ts';

/** Letters of a shell's own options that this one heeds; `l` and `i` change nothing here. */
const heeded = ['e', 'f', 'u', 'x'];

/** `sh` and `bash`, which run a file, what follows `-c`, or what comes in. */
export function scriptPrograms(context: ShellContext): Readonly<Record<string, Program>> {
  const program: Program = (words) => runShell(words, context);
  return { sh: program, bash: program };
}

function* runShell(words: readonly string[], context: ShellContext): Steps<number> {
  const [name = 'sh', ...rest] = words;
  const options = new Set<string>();
  let isLine = false;
  let isInput = false;
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--' || word === '--login') continue;
    for (const letter of word.slice(1)) {
      if (letter === 'c') isLine = true;
      else if (letter === 's') isInput = true;
      else if (heeded.includes(letter)) options.add(letter);
      else if (!'li'.includes(letter)) {
        yield* complain(`${name}: ${word}: this shell has -c, -s, -e, -f, -u and -x\n`);
        return 2;
      }
    }
  }
  const [first, ...args] = rest;
  if (isLine && first === undefined) {
    yield* complain(`${name}: -c: option requires an argument\n`);
    return 2;
  }
  const [called = name, ...lineArgs] = args;
  if (isLine) return yield* runText(first ?? '', context, { name: called, args: lineArgs, options });
  if (isInput || first === undefined)
    return yield* runText(yield* readInput(), context, { name, args: rest, options });
  const text = yield* readFile(first);
  if (text !== undefined) return yield* runText(text, context, { name: first, args, options });
  const isFolder = (yield* lookAt(first))?.kind === 'folder';
  yield* complain(
    isFolder ? `${first}: ${first}: Is a directory\n` : `${name}: ${first}: No such file or directory\n`,
  );
  return isFolder ? 126 : 127;
}

/** Runs the file that a word with a slash names. */
export function* runFile(words: readonly string[], context: ShellContext): Steps<number> {
  const [path = '', ...args] = words;
  const node = yield* lookAt(path);
  const [, installed = ''] = /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(path) ?? [];
  const program = node ? undefined : context.program(installed);
  if (program) return yield* program([installed, ...args]);
  if (!node) {
    yield* complain(`sh: ${path}: No such file or directory\n`);
    return 127;
  }
  const isProgram = node.kind === 'file' && (node.mode & 0o111) !== 0;
  if (node.kind !== 'file' || !isProgram) {
    yield* complain(
      node.kind === 'folder'
        ? `sh: ${path}: Is a directory\n`
        : `sh: ${path}: Permission denied\n→ chmod +x ${path} makes it a program; sh ${path} runs it as it is.\n`,
    );
    return 126;
  }
  const [, wanted] = /^#!\s*(?:\/usr\/bin\/env\s+)?(\S+)/.exec(node.content) ?? [];
  if (wanted !== undefined && !/(^|\/)(ba|da|a|z)?sh$/.test(wanted)) {
    yield* complain(`sh: ${path}: ${wanted}: No such file or directory\n→ Scripts of a shell run here.\n`);
    return 127;
  }
  return yield* runText(node.content, context, { name: path, args });
}

function* runText(
  text: string,
  context: ShellContext,
  own: Partial<OwnState> & { readonly name: string },
): Steps<number> {
  try {
    return yield* runScriptApart(parseScript(text).command, context, own);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    yield* complain(`${own.name}: ${error.message}\n`);
    return 2;
  }
}
