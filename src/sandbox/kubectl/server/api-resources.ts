import { print, type Steps } from '../../effects.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { orderedJsonIndented } from '../changing/typed.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, UsageFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { objectPrinter } from '../printing/output-format.ts';
import { get } from './client.ts';
import type { DiscoveredResource } from './discovered-resource.ts';
import { apiVersionOf } from './discovery.ts';

/** `kubectl api-resources` (k8s.io/kubectl/pkg/cmd/apiresources). */
export function* runApiResources(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandNone(options);
  const sortBy = options.text('--sort-by', '');
  if (!['', 'name', 'kind'].includes(sortBy)) {
    throw new CommandFailure('--sort-by accepts only name or kind');
  }
  const output = options.text('--output', '');
  if (!['', 'wide', 'name'].includes(output)) return yield* printObject(context);
  const resources = sorted(yield* wanted(context), sortBy);
  if (output === 'name') {
    const names = resources.map(({ name, group }) => (group === '' ? name : `${name}.${group}`));
    yield* print(names.map((name) => `${name}\n`).join(''));
    return 0;
  }
  const heads = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'];
  const isWide = output === 'wide';
  const head = isWide ? [...heads, 'VERBS', 'CATEGORIES'] : heads;
  const rows = resources.map((resource) => [
    resource.name,
    resource.shortNames.join(','),
    apiVersionOf(resource),
    String(resource.namespaced),
    resource.kind,
    ...(isWide ? [resource.verbs.join(','), resource.categories.join(',')] : []),
  ]);
  yield* print(new TabWriter().text(options.on('--no-headers') ? rows : [head, ...rows]));
  return 0;
}

const forms = 'json,kyaml,name,wide,yaml';

function* printObject(context: KubectlContext): Steps<number> {
  const { options } = context;
  const output = options.text('--output');
  const printer = yield* objectPrinter(options, forms);
  if (!printer || (output !== 'json' && output !== 'yaml')) {
    throw new CommandFailure(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: ${forms}`,
    );
  }
  const resources = sorted(yield* wanted(context), options.text('--sort-by', '')).map((resource) => ({
    name: resource.name,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    ...(resource.group === '' ? {} : { group: resource.group }),
    version: resource.version,
    kind: resource.kind,
    verbs: resource.verbs,
    ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
    ...(resource.categories.length > 0 ? { categories: resource.categories } : {}),
  }));
  const list = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources };
  yield* print(output === 'json' ? orderedJsonIndented(list) : goYaml(list));
  return 0;
}

function demandNone({ args, command }: Options): void {
  if (args.length > 0) throw new UsageFailure(`unexpected arguments: [${args.join(' ')}]`, command.command);
}

function* wanted(context: KubectlContext): Steps<readonly DiscoveredResource[]> {
  const { options } = context;
  const group = options.text('--api-group');
  const namespaced = options.has('--namespaced') ? options.on('--namespaced') : undefined;
  const verbs = options.list('--verbs');
  const categories = options.list('--categories');
  return (yield* context.known()).filter(
    (resource) =>
      resource.verbs.length > 0 &&
      (group === undefined || resource.group === group) &&
      (namespaced === undefined || resource.namespaced === namespaced) &&
      verbs.every((verb) => resource.verbs.includes(verb)) &&
      categories.every((category) => resource.categories.includes(category)),
  );
}

function sorted(resources: readonly DiscoveredResource[], sortBy: string): DiscoveredResource[] {
  const keyOf = ({ name, kind, group }: DiscoveredResource): string =>
    sortBy === 'name' ? name : sortBy === 'kind' ? kind : group;
  return resources.toSorted(
    (one, other) => compared(keyOf(one), keyOf(other)) || compared(one.name, other.name),
  );
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `kubectl api-versions`: every version of every group, in order. */
export function* runApiVersions({ options }: KubectlContext): Steps<number> {
  demandNone(options);
  const { versions } = yield* get<{ readonly versions: readonly string[] }>('/api');
  const { groups } = yield* get<{
    readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
  }>('/apis');
  const all = [
    ...versions,
    ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion)),
  ];
  yield* print(`${all.sort().join('\n')}\n`);
  return 0;
}
