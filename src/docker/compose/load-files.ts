import { lengthen } from './canonical.ts';
import { fillDefaults } from './defaults.ts';
import { applyExtends, type ExtendsSource } from './extends.ts';
import { includeFiles } from './include.ts';
import { interpolate } from './interpolate.ts';
import type { ComposeFile, Loading } from './loading.ts';
import { mergeFiles, takeAway } from './merge.ts';
import { type Ground, resolvePaths } from './places.ts';
import { includeShape } from './project-shape.ts';
import { readComposeYaml } from './read-yaml.ts';
import { ComposeRefusal } from './refusal.ts';
import { dictOf, object, type Shape, text } from './shape.ts';
import { at, type Dict, dict, isNull, leaf } from './tree.ts';
import { keepLast } from './unique.ts';
import type { Lookup } from './variables.ts';

/** Documents of one file are merged one by one. */
const mostDocuments = 100;

/** Whatever it is: it is looked at when everything is merged. */
const later: Shape<undefined> = () => undefined;

/** What is looked at in each file: the keys of its top, and that they hold mappings. */
const fileShape = object({
  version: text,
  name: text,
  include: includeShape,
  services: dictOf(later),
  networks: dictOf(later),
  volumes: dictOf(later),
  secrets: dictOf(later),
  configs: dictOf(later),
  models: dictOf(later),
});

/**
 * Compose files as one tree in its long form, with what they include and extend, all paths absolute
 * (loadYamlModel of compose-go's loader).
 *
 * @param within the files that include these, the outermost first
 */
export function loadFiles(
  files: readonly ComposeFile[],
  directory: string,
  lookup: Lookup,
  loading: Loading,
  within: readonly string[] = [],
): Dict {
  const start = { file: files[0]?.path ?? '', line: 1, column: 1 };
  let root = dict({}, start);
  for (const file of files) root = addFile(root, file, directory, lookup, loading, within);
  fillDefaults(root);
  const ground: Ground = { directory, home: loading.home };
  resolvePaths(root, ground);
  takeEnvironment(root, lookup);
  return root;
}

function addFile(
  root: Dict,
  file: ComposeFile,
  directory: string,
  lookup: Lookup,
  loading: Loading,
  within: readonly string[],
): Dict {
  if (!loading.files.includes(file.path)) loading.files.push(file.path);
  let sum = root;
  const documents = readComposeYaml(file.text, file.path);
  const tooMany = documents[mostDocuments];
  if (tooMany)
    throw new ComposeRefusal(
      `the file has more than ${mostDocuments} documents`,
      'Write it as one.',
      tooMany.root.place,
    );
  for (const { root: tree, replaced } of documents) {
    if (isNull(tree))
      throw documents.length === 1
        ? new ComposeRefusal('the compose file is empty', 'It begins with `services:`.', tree.place)
        : new ComposeRefusal('a document holds nothing', 'Take one `---` out.', tree.place);
    if (tree.kind !== 'dict') {
      throw new ComposeRefusal(
        'a compose file is a mapping at its top',
        'It begins with `services:`.',
        tree.place,
      );
    }
    interpolate(tree, lookup, loading.unset);
    fileShape(tree, { key: '', above: undefined });
    if (within.length === 0) {
      for (const [key, { place, value }] of tree.entries) loading.topKeys.push({ key, place, tree: value });
    }
    includeFiles(tree, {
      directory,
      lookup,
      loading,
      within: [...within, file.path],
      replaced,
      load: loadFiles,
    });
    takeAway(sum, replaced);
    const source: ExtendsSource = { file: file.path, services: at(tree, 'services'), replaced };
    applyExtends(source, { directory, lookup, loading });
    sum = mergeFiles(sum, tree);
    sum.entries.delete('version');
    keepLast(sum);
    lengthen(sum);
    // A range of ports may hold one that a later entry replaces.
    keepLast(sum);
  }
  return sum;
}

/** Gives variables that are named alone their value of the environment (loader/environment.go of compose-go). */
function takeEnvironment(root: Dict, lookup: Lookup): void {
  const services = at(root, 'services');
  if (services?.kind !== 'dict') return;
  for (const { value } of services.entries.values()) {
    const variables = at(value, 'environment');
    if (variables?.kind === 'list') {
      variables.items = variables.items.map((item) => {
        if (item.kind !== 'leaf' || typeof item.value !== 'string' || item.value.includes('=')) return item;
        const found = lookup(item.value);
        return found === undefined ? item : leaf(`${item.value}=${found}`, item.place);
      });
    } else if (variables?.kind === 'dict') {
      for (const [name, entry] of variables.entries) {
        const found = isNull(entry.value) ? lookup(name) : undefined;
        if (found !== undefined) entry.value = leaf(found, entry.place);
      }
    }
  }
}
