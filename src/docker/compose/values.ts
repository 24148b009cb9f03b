import { parseBytes } from '../bytes.ts';
import { unlessRefused } from '../refusal.ts';
import { as, mapping, misfit, type Path, type Shape, text, textOrNumber } from './shape.ts';
import { commandWords } from './shell-words.ts';
import type { Tree } from './tree.ts';

/** A size in bytes: `512m`, `1gb`, a number, -1 for none (types/bytes.go of compose-go). */
export const bytes: Shape<number> = as(
  textOrNumber,
  (value) => {
    if (/^[-+]?\d{1,18}$/.test(value)) return Number(value);
    return unlessRefused(
      () => parseBytes(value),
      () => undefined,
    );
  },
  'has to be a size such as 512m',
);

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds in a duration as compose reads one: docker's, with days and weeks too (go-str2duration).
 *
 * @returns undefined where it is none
 */
function readDuration(value: string): number | undefined {
  const unsigned = value.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w))+$/.test(unsigned)) return undefined;
  let sum = 0;
  for (const [, number, unit = ''] of unsigned.matchAll(/([\d.]+)([a-zµμ]+)/g))
    sum += Number(number) * (units[unit] ?? 0);
  // What 63 bits of nanoseconds hold.
  if (sum > 9_223_372_036_854) return undefined;
  return value.startsWith('-') ? -sum : sum;
}

/** A duration, in milliseconds. */
export const duration: Shape<number> = as(text, readDuration, 'has to be a duration such as 1m30s');

/**
 * A command: words, or one text that is split as compose splits it. Nothing (`null`) leaves the image's; an
 * empty one takes it away.
 */
export const command: Shape<readonly string[] | null> = (tree, path) => {
  if (tree.kind === 'list')
    return tree.items.map((item, index) => text(item, { key: `[${index}]`, above: path }));
  if (tree.kind === 'leaf' && tree.value === null) return null;
  const split = commandWords(text(tree, path));
  if (!split)
    throw misfit(
      tree,
      path,
      'cannot be split into words',
      'Look for a quote or a bracket that is not closed, or write it as a list.',
    );
  return split.words;
};

/** The test of a health check; one text is for the shell. */
export const healthTest: Shape<readonly string[]> = (tree, path) => {
  if (tree.kind !== 'list') return ['CMD-SHELL', text(tree, path)];
  const words = tree.items.map((item, index) => text(item, { key: `[${index}]`, above: path }));
  if (words[0] !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(words[0])) {
    throw misfit(
      tree,
      path,
      `begins with ${JSON.stringify(words[0])}`,
      'A list begins with "CMD", "CMD-SHELL" or "NONE".',
    );
  }
  return words;
};

/** Names by address: `name=ip`, `name:ip`, or a mapping (types/hostList.go of compose-go). */
export const hosts: Shape<Readonly<Record<string, readonly string[]>>> = (tree, path) => {
  const read = new Map<string, string[]>();
  for (const [host, addresses, from] of tree.kind === 'list' ? hostLines(tree, path) : hostKeys(tree, path)) {
    if (host === '' || /[:=]/.test(host))
      throw misfit(from, path, `has no name in ${JSON.stringify(host)}`, 'Write name=address.');
    const bare = addresses.map((each) => (/^\[.+\]$/.test(each) ? each.slice(1, -1) : each));
    read.set(host, [...(read.get(host) ?? []), ...bare]);
  }
  return Object.fromEntries(read);
};

type HostLine = readonly [host: string, addresses: readonly string[], from: Tree];

function hostLines(tree: Tree & { kind: 'list' }, path: Path): HostLine[] {
  return tree.items.map((item, index) => {
    const line = text(item, { key: `[${index}]`, above: path });
    const at = line.includes('=') ? line.indexOf('=') : line.indexOf(':');
    if (at < 0) throw misfit(item, path, `has no address for ${JSON.stringify(line)}`, 'Write name=address.');
    return [line.slice(0, at), line.slice(at + 1).split(','), item];
  });
}

function hostKeys(tree: Tree, path: Path): HostLine[] {
  return [...mapping(tree, path).entries].map(([host, { value }]) => {
    const below = { key: host, above: path };
    if (value.kind !== 'list') return [host, [text(value, below)], value];
    return [host, value.items.map((item) => text(item, below)), value];
  });
}
