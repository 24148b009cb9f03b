import { parsePort } from '../ports.ts';
import { reworded } from '../refusal.ts';
import { type PathTable, pathTable, step } from './path-table.ts';
import { ComposeRefusal } from './refusal.ts';
import { scalarText } from './scalars.ts';
import { at, type Dict, dict, type Leaf, leaf, list, put, type Tree, textAt } from './tree.ts';
import { readVolume } from './volume-text.ts';

type Lengthen = (tree: Tree) => Tree;

/** Makes the long form of a short one; what is long already stays. */
const short =
  (make: (text: string, from: Leaf) => Tree): Lengthen =>
  (tree) =>
    tree.kind === 'leaf' && typeof tree.value === 'string' ? make(tree.value, tree) : tree;

function textOf(tree: Tree): string | undefined {
  return tree.kind === 'leaf' && typeof tree.value === 'string' ? tree.value : undefined;
}

const oneAsList: Lengthen = short((_, from) => list([from], from.place));

const namesAsMapping =
  (has?: Readonly<Record<string, string | boolean>>): Lengthen =>
  (tree) => {
    if (tree.kind !== 'list') return tree;
    const made = dict({}, tree.place);
    for (const item of tree.items) {
      const name = textOf(item);
      if (name === undefined) return tree;
      put(made, name, has ? dict({ ...has }, item.place, name) : leaf(null, item.place), item.place);
    }
    return made;
  };

const started = { condition: 'service_started', required: true } as const;

const fileMount = short((text, { place }) => dict({ source: text }, place, text));

const pairsAsMapping: Lengthen = (tree) => {
  if (tree.kind !== 'list') return tree;
  const made = dict({}, tree.place);
  for (const item of tree.items) {
    const text = textOf(item);
    if (text === undefined) return tree;
    const equals = text.indexOf('=');
    if (equals < 0) put(made, text, null, item.place);
    else put(made, text.slice(0, equals), text.slice(equals + 1), item.place);
  }
  return made;
};

const external: Lengthen = (tree) => {
  const given = at(tree, 'external');
  if (tree.kind !== 'dict' || given?.kind !== 'dict') return tree;
  const name = textAt(given, 'name');
  const before = textAt(tree, 'name');
  if (name !== undefined && before !== undefined && name !== before) {
    throw new ComposeRefusal(
      'name and external.name are not the same',
      'Use `name` alone, and `external: true`.',
      given.place,
    );
  }
  put(tree, 'external', true, given.place);
  if (name !== undefined) put(tree, 'name', name, given.place);
  return tree;
};

const forms = pathTable<Lengthen>({
  'services.*.env_file': (tree) => {
    const files = oneAsList(tree);
    if (files.kind !== 'list') return files;
    files.items = files.items.map(short((path, { place }) => dict({ path, required: true }, place, path)));
    for (const file of files.items)
      if (file.kind === 'dict' && !at(file, 'required')) put(file, 'required', true);
    return files;
  },
  'services.*.label_file': oneAsList,
  'services.*.gpus': short((text, { place }) => list([dict({ count: text }, place, text)], place)),
  'services.*.networks': namesAsMapping(),
  'services.*.models': namesAsMapping(),
  'services.*.volumes': items(volume),
  'services.*.dns': oneAsList,
  'services.*.devices': items(short(device)),
  'services.*.secrets': items(fileMount),
  'services.*.configs': items(fileMount),
  'services.*.build': short((text, { place }) => dict({ context: text }, place, text)),
  'services.*.build.secrets': items(fileMount),
  'services.*.build.additional_contexts': pairsAsMapping,
  'services.*.build.ssh': pairsAsMapping,
  'services.*.depends_on': (tree) => {
    const services = namesAsMapping(started)(tree);
    if (services.kind !== 'dict') return services;
    for (const { value } of services.entries.values())
      if (value.kind === 'dict' && !at(value, 'required')) put(value, 'required', true);
    return services;
  },
  'services.*.extends': short((text, { place }) => dict({ service: text }, place, text)),
  'services.*.ports': (tree) => {
    if (tree.kind === 'list') tree.items = tree.items.flatMap(ports);
    return tree;
  },
  'services.*.develop.watch.*.ignore': oneAsList,
  'services.*.develop.watch.*.include': oneAsList,
  'volumes.*': external,
  'networks.*': external,
  'secrets.*': external,
  'configs.*': external,
});

/** Puts every key into its long form, in place (transform/ of compose-go). */
export function lengthen(root: Dict): void {
  visit(root, forms);
}

function visit(tree: Dict, table: PathTable<Lengthen>): void {
  for (const [key, entry] of tree.entries) {
    const next = step(table, key);
    if (!next) continue;
    if (next.value) entry.value = next.value(entry.value);
    if (entry.value.kind === 'dict') visit(entry.value, next);
    else if (entry.value.kind === 'list') {
      const below = step(next, '*');
      if (below) for (const item of entry.value.items) if (item.kind === 'dict') visit(item, below);
    }
  }
}

function items(make: Lengthen): Lengthen {
  return (tree) => {
    if (tree.kind === 'list') tree.items = tree.items.map(make);
    return tree;
  };
}

function volume(tree: Tree): Tree {
  if (tree.kind !== 'leaf' || typeof tree.value !== 'string') return tree;
  const text = tree.value;
  const read = readVolume(text);
  if (!read) {
    throw new ComposeRefusal(
      `${JSON.stringify(text)} is no volume`,
      'Write source:target, or source:target:ro.',
      tree.place,
    );
  }
  const { place } = tree;
  const bind = { propagation: read.propagation, selinux: read.selinux };
  const hasBind = read.type === 'bind' || read.propagation !== undefined || read.selinux !== undefined;
  return dict(
    {
      type: read.type,
      source: read.source,
      target: cleanPath(read.target),
      ...(read.readOnly ? { read_only: true } : {}),
      ...(hasBind
        ? { bind: dict({ ...bind, ...(read.type === 'bind' ? { create_host_path: true } : {}) }, place) }
        : {}),
      ...(read.type === 'volume' ? { volume: dict(read.noCopy ? { nocopy: true } : {}, place) } : {}),
    },
    place,
    text,
  );
}

function device(text: string, { place }: Leaf): Tree {
  const [source = '', target, permissions = 'rwm', ...more] = text.split(':');
  if (more.length > 0) {
    throw new ComposeRefusal(
      `${JSON.stringify(text)} is no device`,
      'Write source:target:permissions.',
      place,
    );
  }
  return dict({ source, target: target || source, permissions }, place, text);
}

/** A range becomes a port each, in the order of their texts, as Go sorts them. */
function ports(tree: Tree): Tree[] {
  if (tree.kind !== 'leaf' || tree.value === null || typeof tree.value === 'boolean') return [tree];
  const text = scalarText(tree.value);
  const { place } = tree;
  const bindings = readPort(text, tree).map((each) => ({
    each,
    key: `${each.containerPort}/${each.protocol}`,
  }));
  bindings.sort(({ key: one }, { key: other }) => (one < other ? -1 : one > other ? 1 : 0));
  return bindings.map(({ each }) =>
    dict(
      {
        mode: 'ingress',
        host_ip: each.hostIp === '' ? undefined : each.hostIp,
        target: each.containerPort,
        published: each.hostPort === '' ? undefined : each.hostPort,
        protocol: each.protocol,
      },
      place,
      text,
    ),
  );
}

function readPort(text: string, from: Leaf): ReturnType<typeof parsePort> {
  if (text.includes('=')) {
    throw new ComposeRefusal(
      `${JSON.stringify(text)} is no port`,
      'Write it as a mapping: target, published, protocol.',
      from.place,
    );
  }
  return reworded(
    () => parsePort(text),
    ({ message, hint }) => new ComposeRefusal(message, hint, from.place),
  );
}

/** A path without `.`, `..` and double slashes, as Go's path.Clean has it. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (part !== '..' || !isAbsolute) kept.push(part);
  }
  const clean = `${isAbsolute ? '/' : ''}${kept.join('/')}`;
  return clean === '' ? '.' : clean;
}
