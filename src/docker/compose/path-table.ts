/** Values by patterns of paths, where `*` stands for any key: `services.*.ports`. */
export interface PathTable<Value> {
  readonly value: Value | undefined;
  readonly below: ReadonlyMap<string, PathTable<Value>>;
}

/** A table of these patterns. */
export function pathTable<Value>(values: Readonly<Record<string, Value>>): PathTable<Value> {
  const root = branch<Value>();
  for (const [pattern, value] of Object.entries(values)) {
    let node = root;
    for (const key of pattern.split('.')) {
      const next = node.below.get(key) ?? branch<Value>();
      node.below.set(key, next);
      node = next;
    }
    node.value = value;
  }
  return root;
}

interface Branch<Value> {
  value: Value | undefined;
  readonly below: Map<string, Branch<Value>>;
}

function branch<Value>(): Branch<Value> {
  return { value: undefined, below: new Map() };
}

/** The part of the table below a key; undefined where nothing is there. */
export function step<Value>(table: PathTable<Value> | undefined, key: string): PathTable<Value> | undefined {
  return table?.below.get(key) ?? table?.below.get('*');
}

/** The part of the table below a path. */
export function walk<Value>(table: PathTable<Value>, keys: readonly string[]): PathTable<Value> | undefined {
  return keys.reduce<PathTable<Value> | undefined>((found, key) => step(found, key), table);
}
