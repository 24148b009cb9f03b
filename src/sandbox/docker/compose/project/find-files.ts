import { listFolder, readFile, readInput, type Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import { warn } from '../warn.ts';

/** A file that is there, and where it came from. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/**
 * Compose files by the paths that were given.
 *
 * @param paths absolute, or `-` for standard input
 * @param origin said of what is not there, such as ` set by COMPOSE_FILE environment variable`
 * @throws CommandFailure where one is not there
 */
export function* readComposeFiles(paths: readonly string[], origin = ''): Steps<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    if (path === '-') {
      found.push({ path: '-', text: yield* readInput() });
      continue;
    }
    const text = yield* readFile(path);
    if (text === undefined) {
      const why = (yield* listFolder(path))
        ? `${path} is a directory`
        : `open ${path}: no such file or directory`;
      throw new CommandFailure(`compose file ${JSON.stringify(path)}${origin} is invalid: ${why}`);
    }
    found.push({ path, text });
  }
  return found;
}

/**
 * The compose file of a folder, or of the nearest one above it, with its override.
 *
 * @throws CommandFailure where there is none
 */
export function* defaultComposeFiles(directory: string): Steps<readonly string[]> {
  for (let folder = directory; ; folder = folder.replace(/\/[^/]*$/, '')) {
    const there = (yield* listFolder(folder === '' ? '/' : folder)) ?? [];
    const found = names.filter((name) => there.includes(name)).map((name) => `${folder}/${name}`);
    const [first] = found;
    if (first !== undefined) {
      yield* sayWhich('config', found);
      const others = overrides.filter((name) => there.includes(name)).map((name) => `${folder}/${name}`);
      yield* sayWhich('override', others);
      return [first, ...others.slice(0, 1)];
    }
    if (folder === '') throw new CommandFailure('no configuration file provided: not found');
  }
}

function* sayWhich(kind: 'config' | 'override', found: readonly string[]): Steps<void> {
  if (found.length < 2) return;
  yield* warn(`Found multiple ${kind} files with supported names: ${found.join(', ')}`);
  yield* warn(`Using ${found[0]}`);
}
