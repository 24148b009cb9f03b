import { complain, edit, readFile, type Steps, terminal } from '../../effects.ts';
import type { Laptop } from '../laptop/laptop.ts';
import type { Program } from '../shell-context.ts';

/** `edit FILE`, and the names of editors that hands type: each opens the learner's own editor. */
export function editPrograms(laptop: Laptop): Readonly<Record<string, Program>> {
  const program: Program = (words) => editFile(words, laptop);
  return { edit: program, vi: program, vim: program, nano: program };
}

function* editFile(words: readonly string[], laptop: Laptop): Steps<number> {
  const [path] = words.slice(1).filter((word) => !/^[-+]/.test(word));
  if (path === undefined) {
    yield* complain(`usage: ${words[0]} FILE\n`);
    return 2;
  }
  if (laptop.isFolder(path)) {
    yield* complain(`${words[0]}: ${path}: Is a directory\n`);
    return 1;
  }
  const before = (yield* readFile(path)) ?? '';
  const after = yield* edit(path.slice(path.lastIndexOf('/') + 1), before);
  if (after === undefined) {
    const { isTerminal } = yield* terminal();
    yield* complain(
      isTerminal
        ? `${words[0]}: ${path} is left as it was\n`
        : `${words[0]}: there is no terminal to edit on; write the file with: cat > ${path} <<EOF\n`,
    );
    return 1;
  }
  if (after === before) return 0;
  const refused = (yield { kind: 'write-file', path, text: after }) as string | undefined;
  if (refused === undefined) return 0;
  yield* complain(`${words[0]}: ${path}: ${refused}\n`);
  return 1;
}
