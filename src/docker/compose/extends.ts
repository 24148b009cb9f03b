import { lengthen } from './canonical.ts';
import { interpolate } from './interpolate.ts';
import { countCopied, countRead, type Loading } from './loading.ts';
import { mergeFiles, mergeServices, takeAway } from './merge.ts';
import { directoryOf, resolvePath, resolvePaths } from './places.ts';
import { readComposeYaml } from './read-yaml.ts';
import { ComposeRefusal, type Place } from './refusal.ts';
import { at, copy, type Dict, dict, isNull, type Tree, textAt } from './tree.ts';
import { keepLast } from './unique.ts';
import type { Lookup } from './variables.ts';

/** Services of one file, which may extend each other. */
export interface ExtendsSource {
  readonly file: string;
  readonly services: Tree | undefined;
  readonly replaced: readonly (readonly string[])[];
}

interface ExtendsContext {
  readonly directory: string;
  readonly lookup: Lookup;
  readonly loading: Loading;
}

interface Resolving extends ExtendsContext {
  readonly bases: Map<string, ExtendsSource>;
}

/**
 * Gives every service of the file what it extends, in place
 * (https://docs.docker.com/reference/compose-file/services/#extends, loader/extends.go of compose-go).
 */
export function applyExtends(source: ExtendsSource, context: ExtendsContext): void {
  if (source.services?.kind !== 'dict') return;
  const resolving = { ...context, bases: new Map<string, ExtendsSource>() };
  for (const name of source.services.entries.keys()) resolve(source, name, [], resolving, true);
}

/** A service that extends one that extends one … */
const longest = 200;

/** @param chain services that led here, as `service in file` */
function resolve(
  source: ExtendsSource,
  name: string,
  chain: readonly string[],
  resolving: Resolving,
  isOwn = false,
): Dict | undefined {
  const services = source.services;
  const service = at(services, name);
  if (service?.kind !== 'dict' || services?.kind !== 'dict') {
    // A service that says nothing gives nothing.
    if (!service || isNull(service) || isOwn) return undefined;
    throw new ComposeRefusal(
      `services.${name} has to be a mapping`,
      'Give it an `image:` or a `build:`.',
      service.place,
    );
  }
  const given = service.entries.get('extends');
  if (!given) return service;
  const { place } = given;
  const shortName = given.value.kind === 'leaf' ? given.value.value : textAt(given.value, 'service');
  if (typeof shortName !== 'string') {
    throw new ComposeRefusal(
      `services.${name}.extends needs the key service`,
      'Say which service it extends.',
      place,
    );
  }
  const file = textAt(given.value, 'file');
  if (isOwn) {
    const text = file === undefined ? shortName : `${shortName} of ${file}`;
    resolving.loading.extended.set(name, { text, place });
  }
  const here = `${name} in ${source.file}`;
  if (chain.length > longest) {
    throw new ComposeRefusal(
      `services extend each other ${longest} times in a row`,
      'Extend a service that says more itself.',
      place,
    );
  }
  if (chain.includes(here)) {
    throw new ComposeRefusal(
      `services extend each other in a circle: ${[...chain, here].join(', extends ')}`,
      'Take one `extends` out.',
      place,
    );
  }
  const from = file === undefined ? source : baseFile(file, source, place, resolving);
  if (!at(from.services, shortName)) {
    throw new ComposeRefusal(
      `services.${name} extends ${shortName}, which is not in ${from.file}`,
      `It has ${namesIn(from.services)}.`,
      place,
    );
  }
  const base = resolve(from, shortName, [...chain, here], resolving);
  if (!base) return service;
  countCopied(resolving.loading, base, place);
  const merged = copy(base);
  takeAway(dict({ services: dict({ [name]: merged }, place) }, place), source.replaced);
  const result = mergeServices(merged, service);
  result.entries.delete('extends');
  const entry = services.entries.get(name);
  if (entry) entry.value = result;
  return result;
}

function namesIn(services: Tree | undefined): string {
  const names = services?.kind === 'dict' ? [...services.entries.keys()] : [];
  return names.length === 0 ? 'no services' : names.slice(0, 10).join(', ');
}

/** The services of another file, with paths that are relative to it. */
function baseFile(
  file: string,
  source: ExtendsSource,
  place: Place,
  { directory, lookup, loading, bases }: Resolving,
): ExtendsSource {
  const path = resolvePath(file, { directory, home: loading.home });
  const known = bases.get(path);
  if (known) return known;
  const text = loading.readFile(path);
  if (text === undefined) {
    throw new ComposeRefusal(
      `${file}, which ${source.file} extends, cannot be read`,
      `It is looked for at ${path}.`,
      place,
    );
  }
  countRead(loading, text, place);
  if (!loading.files.includes(path)) loading.files.push(path);
  let root = dict({}, { file: path, line: 1, column: 1 });
  const replaced: (readonly string[])[] = [];
  for (const document of readComposeYaml(text, path)) {
    if (document.root.kind !== 'dict') throw needsServices(document.root.place);
    interpolate(document.root, lookup, loading.unset);
    root = mergeFiles(root, document.root);
    replaced.push(...document.replaced);
  }
  refuseOddServices(root);
  keepLast(root);
  lengthen(root);
  resolvePaths(root, { directory: directoryOf(path), home: loading.home });
  const base = { file: path, services: at(root, 'services'), replaced };
  bases.set(path, base);
  return base;
}

function refuseOddServices(root: Dict): void {
  const services = at(root, 'services');
  if (services?.kind !== 'dict') throw needsServices(services?.place ?? root.place);
}

function needsServices(place: Place): ComposeRefusal {
  return new ComposeRefusal('a file that is extended needs services', 'It begins with `services:`.', place);
}
