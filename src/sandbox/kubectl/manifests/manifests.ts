import type { ApiObject } from '../../cluster/object.ts';
import { listFolder, readFile, readInput, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import type { Target } from '../config.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { resourceOfKind } from '../server/discovery.ts';
import { readManifests } from './manifest-yaml.ts';

/** A document of a manifest, and where it stands. */
export interface Document {
  readonly object: ApiObject;
  /** As messages name it: the path, or `STDIN`. */
  readonly source: string;
  /** Whether it is an item of a list. */
  readonly isListed: boolean;
}

/**
 * Reads the manifests that `--filename` names: files, folders, and `-` for what is piped in.
 *
 * @throws CommandFailure in kubectl's words
 */
function* readDocuments({ options }: KubectlContext): Steps<readonly Document[]> {
  if (options.has('--kustomize')) {
    if (options.has('--filename')) throw new CommandFailure('only one of -f or -k can be specified');
    throw new CommandFailure('kustomizations (-k) are not simulated here. Name plain manifests with -f');
  }
  const documents: Document[] = [];
  const paths = options.list('--filename');
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CommandFailure('standard input cannot be used for multiple arguments');
  }
  yield* demandPaths(paths);
  for (const path of paths) {
    if (path === '-') documents.push(...flattened(yield* readInput(), 'STDIN', options));
    else
      for (const file of yield* filesOf(path, options.on('--recursive'))) {
        documents.push(...flattened((yield* readFile(file)) ?? '', file, options));
      }
  }
  return documents;
}

/**
 * The objects of the manifests that `--filename` names, each with its resource and its namespace.
 *
 * @param onFailure hears of each object that is none; without it the first one is thrown
 * @param isLocal whether the server is left alone: then an object without a namespace stays without
 * @throws CommandFailure in kubectl's words, such as for a kind that the server does not know
 */
export function* readSubjects(
  context: KubectlContext,
  onFailure?: (failure: CommandFailure) => void,
  isLocal = false,
): Steps<readonly Subject[]> {
  const documents = yield* readDocuments(context);
  const known = yield* context.known();
  const target = yield* context.target();
  return documents.flatMap((document) => {
    try {
      return [placed(document, known, target, isLocal)];
    } catch (failure) {
      if (!onFailure || !(failure instanceof CommandFailure)) throw failure;
      onFailure(failure);
      return [];
    }
  });
}

function placed(
  document: Document,
  known: readonly DiscoveredResource[],
  { namespace, isNamespaceGiven }: Target,
  isLocal: boolean,
): Subject {
  const { object, source } = document;
  demandTexts(object, source);
  const resource = resourceOf(document, known);
  const own = object.metadata?.namespace;
  if (resource.namespaced && isNamespaceGiven && own && own !== namespace) {
    throw new CommandFailure(
      `the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    );
  }
  const where = resource.namespaced ? (own ?? namespace) : undefined;
  return {
    resource,
    namespace: where,
    name: object.metadata?.name ?? '',
    object:
      resource.namespaced && !isLocal
        ? { ...object, metadata: { ...object.metadata, namespace: where ?? '' } }
        : object,
    source,
  };
}

/** What stands in the metadata is text: `enabled: true` is a slip that YAML does not see. */
function demandTexts({ metadata }: ApiObject, source: string): void {
  const fields: Readonly<Record<string, unknown>> = { ...metadata };
  for (const field of ['name', 'namespace', 'labels', 'annotations']) {
    const value = fields[field] ?? '';
    const texts: readonly unknown[] = typeof value === 'object' ? Object.values(value) : [value];
    const odd = texts.find((each) => typeof each === 'number' || typeof each === 'boolean');
    if (odd === undefined) continue;
    const type = typeof odd === 'number' ? 'number' : 'bool';
    throw new CommandFailure(
      `unable to decode ${JSON.stringify(source)}: json: cannot unmarshal ${type} into Go struct field ObjectMeta.metadata.${field} of type string`,
    );
  }
}

function resourceOf(
  { object, source, isListed }: Document,
  known: readonly DiscoveredResource[],
): DiscoveredResource {
  const { apiVersion, kind, metadata } = object;
  const resource = resourceOfKind(apiVersion, kind, known);
  if (resource) return resource;
  if (isListed) {
    const unknown = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
    throw new CommandFailure(`unable to recognize ${unknown}`);
  }
  throw new CommandFailure(
    `resource mapping not found for name: ${JSON.stringify(metadata?.name ?? '')} namespace: ${JSON.stringify(metadata?.namespace ?? '')} from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion ?? '')}\nensure CRDs are installed first`,
  );
}

/** @throws CommandFailure for a path that leads to nothing, BareFailure for several */
function* demandPaths(paths: readonly string[]): Steps<void> {
  const missing: string[] = [];
  for (const path of paths) {
    if (path === '-') continue;
    if (/^https?:\/\//.test(path)) {
      throw new CommandFailure(`manifests from the network are not simulated here: ${path}`);
    }
    if ((yield* listFolder(path)) === undefined && (yield* readFile(path)) === undefined) {
      missing.push(`the path ${JSON.stringify(path)} does not exist`);
    }
  }
  const [first, ...others] = missing;
  if (first === undefined) return;
  throw others.length > 0 ? new BareFailure(missing.join('\n')) : new CommandFailure(first);
}

function* filesOf(path: string, isRecursive: boolean): Steps<readonly string[]> {
  const names = yield* listFolder(path);
  if (names === undefined) return [path];
  const found = yield* filesIn(path, names, isRecursive);
  if (found.length === 0) {
    throw new CommandFailure(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
  }
  return found;
}

function* filesIn(folder: string, names: readonly string[], isRecursive: boolean): Steps<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const path = `${folder.replace(/\/$/, '')}/${name}`;
    if (/\.(json|yaml|yml)$/.test(name)) found.push(path);
    else if (isRecursive) {
      const below = yield* listFolder(path);
      if (below) found.push(...(yield* filesIn(path, below, true)));
    }
  }
  return found;
}

/** Lists in a manifest are their items. */
function flattened(text: string, source: string, options: Options): Document[] {
  return readManifests(text, source).flatMap((value) => documentsOf(value, source, options));
}

function documentsOf(value: unknown, source: string, options: Options, isListed = false): Document[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (isValidated(options)) throw invalid(source, 'invalid object to validate');
    const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw undecodable(
      source,
      `json: cannot unmarshal ${type} into Go value of type unstructured.detector`,
      options,
    );
  }
  const { items } = value as { items?: unknown };
  const object = value as ApiObject;
  if (Array.isArray(items) && /List$/.test(object.kind))
    return items.flatMap((item) => documentsOf(item, source, options, true));
  for (const field of ['apiVersion', 'kind'] as const) {
    const given: unknown = object[field];
    if (given && typeof given !== 'string' && isValidated(options)) {
      throw invalid(source, `${field} isn't string type`);
    }
  }
  const missing = [
    ...(object.apiVersion ? [] : ['apiVersion not set']),
    ...(object.kind ? [] : ['kind not set']),
  ];
  if (missing.length > 0 && isValidated(options)) {
    throw invalid(source, missing.length > 1 ? `[${missing.join(', ')}]` : missing.join());
  }
  if (!object.kind) throw undecodable(source, `Object 'Kind' is missing in '${goJson(value)}'`, options);
  return [{ object, source, isListed }];
}

/** Only commands that write look at an object before they decode it. */
function isValidated(options: Options): boolean {
  const directive = options.text('--validate', 'strict');
  return (
    /^kubectl (apply|create|replace)$/.test(options.command.command) &&
    !['false', 'ignore'].includes(directive.toLowerCase())
  );
}

function invalid(source: string, why: string): CommandFailure {
  return new CommandFailure(
    `error validating ${JSON.stringify(source)}: error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

/** Commands that collect what goes wrong say this without `error:`. */
function undecodable(source: string, why: string, options: Options): CommandFailure {
  const message = `unable to decode ${JSON.stringify(source)}: ${why}`;
  const isBare = /^kubectl (get|describe)$/.test(options.command.command);
  return isBare ? new BareFailure(message) : new CommandFailure(message);
}
