import { type PathTable, pathTable, step, walk } from './path-table.ts';
import { ComposeRefusal } from './refusal.ts';
import { scalarText } from './scalars.ts';
import { at, type Dict, dict, identity, isNull, leaf, list, type Tree, textAt } from './tree.ts';

/** How what two files say of the same thing becomes one. */
type Merger = (base: Tree, over: Tree, table: PathTable<Merger> | undefined) => Tree;

const overrides: Merger = (_, over) => over;
const appends: Merger = (base, over) =>
  list(withoutDoubles([...sequence(base), ...sequence(over)]), over.place);
const byKey: Merger = (base, over) =>
  list(lastOfEach([...sequence(base), ...sequence(over)], pairKey), over.place);

/** Lists of names are mappings in truth, and are merged as such. */
const asMapping =
  (whatItHas: Readonly<Record<string, string | boolean>> | undefined): Merger =>
  (base, over, table) =>
    mergeDicts(named(base, whatItHas), named(over, whatItHas), table);

const mergers = pathTable<Merger>({
  'networks.*.ipam.config': (base, over) => mergePools(base, over),
  'networks.*.labels': byKey,
  'volumes.*.labels': byKey,
  'secrets.*.labels': byKey,
  'configs.*.labels': byKey,
  'services.*.annotations': byKey,
  'services.*.build': (base, over, table) => mergeDicts(buildOf(base), buildOf(over), table),
  'services.*.build.args': byKey,
  'services.*.build.additional_contexts': byKey,
  'services.*.build.extra_hosts': appends,
  'services.*.build.labels': byKey,
  'services.*.command': overrides,
  'services.*.depends_on': asMapping({ condition: 'service_started', required: true }),
  'services.*.dns': appends,
  'services.*.dns_opt': appends,
  'services.*.dns_search': appends,
  'services.*.entrypoint': overrides,
  'services.*.env_file': appends,
  'services.*.label_file': appends,
  'services.*.environment': byKey,
  'services.*.extra_hosts': appends,
  'services.*.healthcheck.test': overrides,
  'services.*.labels': byKey,
  'services.*.logging': (base, over, table) => {
    const [one, other] = [textAt(base, 'driver'), textAt(over, 'driver')];
    // Options of one driver mean nothing to another.
    return one === other || one === undefined || other === undefined
      ? mergeDicts(needDict(base), needDict(over), table)
      : over;
  },
  'services.*.models': asMapping(undefined),
  'services.*.networks': asMapping(undefined),
  'services.*.sysctls': byKey,
  'services.*.tmpfs': appends,
  'services.*.ulimits.*': (base, over, table) =>
    base.kind === 'dict' && over.kind === 'dict' ? mergeDicts(base, over, table) : over,
  'services.*.deploy.labels': byKey,
});

/**
 * What two compose files say, as one: mappings are merged, lists appended, and the last word counts
 * (https://docs.docker.com/reference/compose-file/merge/, override/merge.go of compose-go). Changes `base`.
 */
export function mergeFiles(base: Dict, over: Dict): Dict {
  return mergeDicts(base, over, mergers);
}

/** What a service says over the one that it extends. Changes `base`. */
export function mergeServices(base: Dict, over: Dict): Dict {
  return mergeDicts(base, over, walk(mergers, ['services', '*']));
}

/** What the file says over what it includes, of one thing below `key`. */
export function mergeIncluded(key: string, base: Tree, over: Tree): Tree {
  return merge(base, over, walk(mergers, [key, '*']));
}

/** Takes away what `!reset` and `!override` mark, of what was there before. */
export function takeAway(tree: Tree, replaced: readonly (readonly string[])[]): void {
  for (const path of replaced) {
    const parent = at(tree, ...path.slice(0, -1));
    const last = path.at(-1);
    if (parent?.kind === 'dict' && last !== undefined) parent.entries.delete(last);
  }
}

function merge(base: Tree, over: Tree, table: PathTable<Merger> | undefined): Tree {
  if (table?.value) return table.value(base, over, table);
  if (isNull(over)) return base;
  if (base.kind === 'dict') return mergeDicts(base, needDict(over), table);
  if (base.kind === 'leaf') return over;
  if (over.kind !== 'list') throw cannotOverride(over, 'a list');
  return list(withoutDoubles([...base.items, ...over.items]), over.place);
}

function mergeDicts(base: Dict, over: Dict, table: PathTable<Merger> | undefined): Dict {
  for (const [key, entry] of over.entries) {
    const before = base.entries.get(key);
    // The key stands where the last word stands.
    if (before)
      base.entries.set(key, {
        place: entry.place,
        value: merge(before.value, entry.value, step(table, key)),
      });
    else base.entries.set(key, entry);
  }
  return base;
}

function needDict(tree: Tree): Dict {
  if (tree.kind === 'dict') return tree;
  throw cannotOverride(tree, 'a mapping');
}

function cannotOverride(tree: Tree, what: string): ComposeRefusal {
  return new ComposeRefusal(
    `this cannot override ${what}`,
    'Write it in the form that the other file has, or mark it `!override`.',
    tree.place,
  );
}

function buildOf(tree: Tree): Dict {
  return tree.kind === 'leaf' ? dict({ context: tree }, tree.place) : needDict(tree);
}

/** Mappings become `key=value`, in the order of their keys; what has several values, several of them. */
function sequence(tree: Tree): Tree[] {
  if (tree.kind === 'list') return tree.items;
  if (tree.kind === 'leaf') return typeof tree.value === 'string' ? [tree] : [];
  const entries = [...tree.entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.flatMap(([key, { value, place }]): Tree[] => {
    if (isNull(value)) return [leaf(key, place)];
    const values = value.kind === 'list' ? value.items : [value];
    return values.map((each) => leaf(`${key}=${each.kind === 'leaf' ? scalarText(each.value) : ''}`, place));
  });
}

function withoutDoubles(items: readonly Tree[]): Tree[] {
  const kept = new Map<string, Tree>();
  for (const item of items) {
    const id = identity(item);
    if (!kept.has(id)) kept.set(id, item);
  }
  return [...kept.values()];
}

/** The last of each key, at the place of the first. */
export function lastOfEach(items: readonly Tree[], keyOf: (item: Tree) => string | undefined): Tree[] {
  const kept = new Map<string, Tree>();
  for (const [index, item] of items.entries()) kept.set(keyOf(item) ?? `\0${index}`, item);
  return [...kept.values()];
}

/** What stands before the `=`. */
export function pairKey(item: Tree): string | undefined {
  if (item.kind !== 'leaf') return undefined;
  const text = scalarText(item.value);
  const equals = text.indexOf('=');
  return equals < 0 ? text : text.slice(0, equals);
}

function named(tree: Tree, has: Readonly<Record<string, string | boolean>> | undefined): Dict {
  if (tree.kind === 'dict') return tree;
  const names = tree.kind === 'list' ? tree.items : isNull(tree) ? [] : [tree];
  const made = dict({}, tree.place);
  for (const name of names) {
    if (name.kind !== 'leaf' || typeof name.value !== 'string') throw cannotOverride(name, 'a list of names');
    const value = has ? dict({ ...has }, name.place, name.value) : leaf(null, name.place);
    made.entries.set(name.value, { place: name.place, value });
  }
  return made;
}

/** Address pools are the same where their subnet is. */
function mergePools(base: Tree, over: Tree): Tree {
  if (base.kind !== 'list' || over.kind !== 'list') throw cannotOverride(over, 'a list of address pools');
  const pools: Dict[] = [];
  const keep = (pool: Dict): void => {
    const index = pools.findIndex((each) => textAt(each, 'subnet') === textAt(pool, 'subnet'));
    if (index < 0) pools.push(pool);
    else pools[index] = pool;
  };
  for (const one of base.items.map(needDict)) {
    for (const other of over.items.map(needDict)) {
      const isOther = textAt(one, 'subnet') !== textAt(other, 'subnet');
      const known = pools.some((each) => textAt(each, 'subnet') === textAt(other, 'subnet'));
      if (isOther && !known) pools.push(other);
      else keep(mergeDicts(one, other, undefined));
    }
  }
  return list(pools, over.place);
}
