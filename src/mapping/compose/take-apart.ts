import { type PathTable, step } from '../../docker/compose/path-table.ts';
import type { Place } from '../../docker/compose/refusal.ts';
import { scalarText } from '../../docker/compose/scalars.ts';
import type { Dict, Tree } from '../../docker/compose/tree.ts';
import { type KeyRule, type KeyUse, valueText } from './key-rule.ts';

/** One use of a key, with its rule. */
export interface RuledUse {
  readonly rule: KeyRule;
  readonly use: KeyUse;
}

/** Every key that a mapping of a compose file gives, with its rule, in the order of the file. */
export function takeApart(
  given: Dict,
  table: PathTable<KeyRule>,
  files: readonly string[],
  prefix = '',
): RuledUse[] {
  const found = below(given, table, prefix);
  const order = new Map(files.map((file, index) => [file, index]));
  const placed = found.map((each) => ({
    each,
    file: order.get(each.use.place.file) ?? 0,
    line: each.use.place.line,
    column: each.use.place.column,
  }));
  placed.sort((one, other) => one.file - other.file || one.line - other.line || one.column - other.column);
  return placed.map(({ each }) => each);
}

function below(given: Dict, table: PathTable<KeyRule>, prefix: string): RuledUse[] {
  const found: RuledUse[] = [];
  for (const [name, { place, value }] of given.entries) {
    // What compose fills in has the place of the whole.
    if (place === given.place && prefix !== '') continue;
    const next = name.startsWith('x-') ? table.below.get('x-*') : step(table, name);
    const rule = next?.value;
    if (!next || !rule) continue;
    const key = `${prefix}${name}`;
    if (rule.each === 'entry') found.push(...entries(key, value, place).map((use) => ({ rule, use })));
    else if (rule.each !== 'below' || value.kind !== 'dict')
      found.push({ rule, use: useOf(key, name, 0, [value], place) });
    if (value.kind === 'dict' && next.below.size > 0) {
      const star = next.below.get('*');
      if (star)
        for (const [entry, each] of value.entries) {
          if (each.value.kind === 'dict') found.push(...below(each.value, star, `${key}.${entry}.`));
        }
      else found.push(...below(value, next, `${key}.`));
    }
  }
  return found;
}

function entries(key: string, tree: Tree, place: Place): KeyUse[] {
  if (tree.kind === 'leaf') return [useOf(key, '', 0, [tree], place)];
  if (tree.kind === 'dict') {
    return [...tree.entries].map(([name, entry], index) =>
      useOf(`${key}.${name}`, name, index, [entry.value], entry.place),
    );
  }
  const uses: KeyUse[] = [];
  let index = 0;
  for (let at = 0; at < tree.items.length; ) {
    const item = tree.items[at];
    if (!item) break;
    // A range of ports was one text.
    const same = tree.items.slice(at).findIndex((each) => each.place !== item.place);
    const trees = tree.items.slice(at, same < 0 ? undefined : at + same);
    const text = item.kind === 'leaf' ? scalarText(item.value) : '';
    const equals = text.indexOf('=');
    const isPair = isOfPairs(key) && item.kind === 'leaf';
    const name = isPair ? (equals < 0 ? text : text.slice(0, equals)) : '';
    uses.push(useOf(isPair ? `${key}.${name}` : `${key}[${index}]`, name, index, trees, item.place));
    index += 1;
    at += trees.length;
  }
  return uses;
}

/** Keys whose lists hold `name=value`. */
function isOfPairs(key: string): boolean {
  return /(^|\.)(environment|labels|annotations|sysctls|args)$/.test(key);
}

function useOf(key: string, name: string, index: number, trees: readonly Tree[], place: Place): KeyUse {
  const [first] = trees;
  const text = first ? valueText(first) : '';
  const isPair =
    name !== '' && first?.kind === 'leaf' && key.endsWith(`.${name}`) && text.startsWith(`${name}=`);
  return { key, name, index, trees, value: isPair ? text.slice(name.length + 1) : text, place };
}
