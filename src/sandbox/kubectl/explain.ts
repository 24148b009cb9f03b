import { print, type Steps } from '../effects.ts';
import { throwUnless } from '../thrown.ts';
import type { KubectlContext } from './context.ts';
import { type OpenApiDocument, SchemaText } from './explain/schema-text.ts';
import { BareFailure, CommandFailure } from './failures.ts';
import { get } from './server/client.ts';
import type { DiscoveredResource } from './server/discovered-resource.ts';
import { qualifiedName, resourceNamed } from './server/discovery.ts';

/** `kubectl explain` (k8s.io/kubectl/pkg/cmd/explain). */
export function* runExplain(context: KubectlContext): Steps<number> {
  const { options } = context;
  const [word, ...more] = options.args;
  if (word === undefined) {
    throw new CommandFailure(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  if (more.length > 0) throw new CommandFailure('We accept only this format: explain RESOURCE');
  const output = options.text('--output', 'plaintext');
  const { resource, path } = readField(word, yield* context.known(), options.has('--api-version'));
  if (output === 'plaintext-openapiv2') {
    throw new CommandFailure('-o plaintext-openapiv2 is not simulated here. Use plaintext instead');
  }
  const wanted = ofVersion(resource, options.text('--api-version'));
  const document = yield* readDocument(wanted);
  if (output !== 'plaintext') throw new CommandFailure(`unrecognized format: ${output}`);
  yield* explain(document, wanted, path, options.on('--recursive'));
  return 0;
}

/** The resource that the first words name, and the field that the others lead to. */
function readField(
  text: string,
  known: readonly DiscoveredResource[],
  isVersionGiven: boolean,
): { resource: DiscoveredResource; path: readonly string[] } {
  const words = wordsOf(text);
  const [name, ...path] = words;
  if (name === undefined) throw new CommandFailure('a resource must be present, got: /, Resource=');
  const found = resourceOrBareFailure(name, known);
  if (isVersionGiven) return { resource: found, path };
  // `deployments.apps.spec` begins with the whole name of a resource.
  const candidates = known.filter(
    (each) => each.name === found.name || each.singular === found.name || each.kind === found.kind,
  );
  for (const resource of [found, ...candidates]) {
    const whole = qualifiedName(resource);
    if (!text.startsWith(whole)) continue;
    const rest = text.slice(whole.length);
    // The first word behind it is dropped, a full stop or not.
    return { resource, path: rest === '' ? [] : wordsOf(rest).slice(rest.startsWith('.') ? 0 : 1) };
  }
  return { resource: found, path };
}

function wordsOf(text: string): string[] {
  return text
    .replace(/\.$/, '')
    .split('.')
    .filter((word) => word !== '');
}

/** Said without `error:` here. */
function resourceOrBareFailure(word: string, known: readonly DiscoveredResource[]): DiscoveredResource {
  try {
    return resourceNamed(word, known);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    throw new BareFailure(failure.message);
  }
}

function ofVersion(resource: DiscoveredResource, apiVersion: string | undefined): DiscoveredResource {
  if (!apiVersion) return resource;
  const [version = '', group = '', ...more] = apiVersion.split('/').reverse();
  if (more.length > 0) throw new CommandFailure(`unexpected GroupVersion string: ${apiVersion}`);
  return { ...resource, group, version };
}

interface Index {
  readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
}

function* readDocument({ group, version, name }: DiscoveredResource): Steps<OpenApiDocument> {
  const { paths } = yield* get<Index>('/openapi/v3');
  const address = paths[group === '' ? `api/${version}` : `apis/${group}/${version}`];
  if (!address) {
    throw new CommandFailure(`couldn't find resource for "${group}/${version}, Resource=${name}"`);
  }
  const [path = '', search = ''] = address.serverRelativeURL.split('?');
  return yield* get<OpenApiDocument>(path, Object.fromEntries(new URLSearchParams(search)));
}

function* explain(
  document: OpenApiDocument,
  { group, version, kind, name }: DiscoveredResource,
  path: readonly string[],
  isRecursive: boolean,
): Steps<void> {
  const schema = Object.values(document.components.schemas).find((each) =>
    each['x-kubernetes-group-version-kind']?.some(
      (kinds) => kinds.group === group && kinds.version === version && kinds.kind === kind,
    ),
  );
  if (!schema) {
    throw new CommandFailure(
      `error: GVR (${group}/${version}, Resource=${name}) not found in OpenAPI schema`,
    );
  }
  const head = `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`;
  yield* print(head);
  const text = new SchemaText(document, isRecursive).field(schema, path);
  if (text === undefined) throw new CommandFailure(`error: field "${path.at(-1)}" does not exist`);
  yield* print(`${text}\n`);
}
