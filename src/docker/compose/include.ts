import { readDotenv } from './dotenv.ts';
import { type ComposeFile, countRead, type Loading } from './loading.ts';
import { mergeIncluded, takeAway } from './merge.ts';
import { directoryOf, resolvePath } from './places.ts';
import { ComposeRefusal, type Place } from './refusal.ts';
import { at, type Dict, dict, identity, put, type Tree, textAt } from './tree.ts';
import type { Lookup } from './variables.ts';

interface IncludeContext {
  readonly directory: string;
  readonly lookup: Lookup;
  readonly loading: Loading;
  readonly within: readonly string[];
  readonly replaced: readonly (readonly string[])[];
  /** Loads files that may include others again. */
  readonly load: (
    files: readonly ComposeFile[],
    directory: string,
    lookup: Lookup,
    loading: Loading,
    within: readonly string[],
  ) => Dict;
}

const sections = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** Files that include files that include … */
const deepest = 30;

/**
 * Brings what the file includes into it; what the file itself says of the same thing counts more
 * (https://docs.docker.com/reference/compose-file/include/, loader/include.go of compose-go).
 */
export function includeFiles(tree: Dict, context: IncludeContext): void {
  const include = at(tree, 'include');
  tree.entries.delete('include');
  if (include?.kind !== 'list') return;
  for (const item of include.items) {
    const model = load(item, context);
    for (const key of sections) bring(key, at(model, key), tree, context.replaced);
  }
}

function load(item: Tree, { directory, lookup, loading, within, load: loadFiles }: IncludeContext): Dict {
  const ground = { directory, home: loading.home };
  const paths = texts(item.kind === 'dict' ? at(item, 'path') : item).map((path) =>
    resolvePath(path, ground),
  );
  const [main] = paths;
  if (main === undefined)
    throw new ComposeRefusal('include needs a path', 'Write `- path: other/compose.yaml`.', item.place);
  if (within.includes(main) || within.length > deepest) {
    throw new ComposeRefusal(
      `files include each other in a circle: ${[...within, main].join(', includes ')}`,
      'Take one `include` out.',
      item.place,
    );
  }
  const files = paths.map((path): ComposeFile => ({ path, text: read(path, item.place, loading) }));
  const given = textAt(item, 'project_directory');
  const below = given === undefined ? directoryOf(main) : resolvePath(given, ground);
  return loadFiles(files, below, withFiles(item, below, lookup, loading, ground.directory), loading, within);
}

function texts(tree: Tree | undefined): string[] {
  const items = tree?.kind === 'list' ? tree.items : tree ? [tree] : [];
  return items.flatMap((each) =>
    each.kind === 'leaf' && typeof each.value === 'string' ? [each.value] : [],
  );
}

function read(path: string, place: Place, loading: Loading): string {
  const text = loading.readFile(path);
  if (text !== undefined) {
    countRead(loading, text, place);
    return text;
  }
  throw new ComposeRefusal(
    `${path}, which is included, cannot be read`,
    'Paths of `include` are relative to the file that has it.',
    place,
  );
}

/** The variables of the file that includes, and under them those of the included file's own `.env`. */
function withFiles(item: Tree, below: string, lookup: Lookup, loading: Loading, directory: string): Lookup {
  const own = new Map<string, string>();
  const known: Lookup = (name) => lookup(name) ?? own.get(name);
  const given = texts(at(item, 'env_file'));
  const paths = given.map((path) => resolvePath(path, { directory, home: loading.home }));
  for (const path of given.length > 0 ? paths.filter((each) => each !== '/dev/null') : [`${below}/.env`]) {
    const text = given.length > 0 ? read(path, item.place, loading) : loading.readFile(path);
    if (text === undefined) continue;
    for (const [name, value] of readDotenv(text, path, known)) own.set(name, value);
  }
  return known;
}

function bring(
  key: string,
  from: Tree | undefined,
  tree: Dict,
  replaced: readonly (readonly string[])[],
): void {
  if (from?.kind !== 'dict') return;
  const into = at(tree, key);
  if (into?.kind !== 'dict') {
    put(tree, key, from, from.place);
    return;
  }
  for (const [name, entry] of from.entries) {
    const own = into.entries.get(name);
    if (!own) into.entries.set(name, entry);
    else if (identity(own.value) !== identity(entry.value)) {
      takeAway(dict({ [key]: dict({ [name]: entry.value }, entry.place) }, entry.place), replaced);
      own.value = mergeIncluded(key, entry.value, own.value);
    }
  }
}
