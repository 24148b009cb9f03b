import { lastOfEach, pairKey } from './merge.ts';
import { type PathTable, pathTable, step } from './path-table.ts';
import { scalarText } from './scalars.ts';
import { at, type Dict, type Tree } from './tree.ts';
import { readVolume } from './volume-text.ts';

type KeyOf = (item: Tree) => string | undefined;

const whole: KeyOf = (item) => (item.kind === 'leaf' ? scalarText(item.value) : undefined);

const field = (tree: Tree, key: string): string | undefined => {
  const found = at(tree, key);
  return found?.kind === 'leaf' ? scalarText(found.value) : undefined;
};

/** By what entries of a list are the same, so that the last one counts (override/uncity.go of compose-go). */
const keys = pathTable<KeyOf>({
  ...Object.fromEntries(
    [
      'networks.*.labels',
      'networks.*.ipam.options',
      'services.*.annotations',
      'services.*.build.args',
      'services.*.build.additional_contexts',
      'services.*.build.tags',
      'services.*.build.labels',
      'services.*.cap_add',
      'services.*.cap_drop',
      'services.*.deploy.labels',
      'services.*.dns',
      'services.*.dns_opt',
      'services.*.dns_search',
      'services.*.environment',
      'services.*.labels',
      'services.*.links',
      'services.*.networks.*.aliases',
      'services.*.networks.*.link_local_ips',
      'services.*.profiles',
      'services.*.sysctls',
      'services.*.tmpfs',
    ].map((path) => [path, pairKey]),
  ),
  'services.*.expose': whole,
  'services.*.env_file': (item) => whole(item) ?? field(item, 'path'),
  'services.*.configs': (item) => mountKey(item, ''),
  'services.*.secrets': (item) => mountKey(item, '/run/secrets'),
  'services.*.volumes': (item) =>
    item.kind === 'leaf' ? readVolume(scalarText(item.value))?.target : field(item, 'target'),
  'services.*.devices': (item) => {
    const [source, target] = whole(item)?.split(':') ?? [];
    return item.kind === 'leaf' ? (target ?? source) : field(item, 'target');
  },
  'services.*.ports': (item) => {
    if (item.kind !== 'dict') return whole(item);
    const published = field(item, 'published') ?? '<nil>';
    return `${field(item, 'host_ip') ?? '0.0.0.0'}:${published}:${field(item, 'target')}/${field(item, 'protocol') ?? 'tcp'}`;
  },
});

function mountKey(item: Tree, folder: string): string | undefined {
  return item.kind === 'leaf'
    ? `${folder}/${whole(item)}`
    : (field(item, 'target') ?? `${folder}/${field(item, 'source')}`);
}

/** Takes out of every list what a later entry of it replaces, in place. */
export function keepLast(root: Dict): void {
  visit(root, keys);
}

function visit(tree: Tree, table: PathTable<KeyOf> | undefined): void {
  if (!table) return;
  if (tree.kind === 'list' && table.value && tree.items.length > 1)
    tree.items = lastOfEach(tree.items, table.value);
  else if (tree.kind === 'dict') for (const [key, { value }] of tree.entries) visit(value, step(table, key));
}
