import { kubectlGrammar } from '../../kubernetes/grammar.ts';
import type { KubectlCommand, KubectlFlagUse } from '../../kubernetes/parse.ts';
import { cpuCount, dockerBytes } from './docker-units.ts';
import type { NamedArguments } from './named-objects.ts';

type Values = Map<string, readonly string[]>;

/** Flags that are given; a switch that is turned off (https://pkg.go.dev/strconv#ParseBool) is none. */
export function givenFlags(command: KubectlCommand): KubectlFlagUse[] {
  return command.flags.filter((use) => !isTurnedOff(command.command, use));
}

/** Whether a flag is a switch that is turned off: `--watch=false`, `--wait=0`. */
export function isTurnedOff(command: string, { name, value }: KubectlFlagUse): boolean {
  if (!/^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  return kubectlGrammar(command)?.flags.some((flag) => flag.name === name && flag.type === 'bool') ?? false;
}

/**
 * What the placeholders of a docker template stand for, on this line:
 *
 * - the positional arguments by name; `from` and `to` of a copy without namespaces
 * - `flag.…` for the flags, and `command` for what follows `--`
 * - `set`, `unset` and `image` for the pairs `a=b`, `a-` and `container=image`
 * - `taints`, `untaints` and `availability` for taints
 * - `labels` for a selector, each part as a filter of docker; `filters` where docker can express all of it
 * - `file` for `--from-file`, `publish`, `forward` and `target` for ports as docker writes them
 * - `limits.cpus`, `limits.memory`, `requests.cpus` and `requests.memory` in docker's units
 */
export function valuesOf(command: KubectlCommand, { words }: NamedArguments): Values {
  const values: Values = new Map(words);
  const set = (name: string, found: readonly string[]): void => {
    if (found.length > 0) values.set(name, found);
  };
  for (const name of ['from', 'to']) set(name, (words.get(name) ?? []).map(withoutNamespace));
  set('command', command.afterDashes);
  for (const [name, given] of flagValues(command)) set(`flag.${name}`, given);

  const pairs = words.get('pairs') ?? [];
  const written = pairs.filter((pair) => pair.includes('='));
  set('set', written);
  set(
    'unset',
    pairs.filter((pair) => pair.endsWith('-') && !pair.includes('=')).map((pair) => pair.slice(0, -1)),
  );
  setTaints(set, pairs);
  set('image', written.slice(0, 1).map(afterEquals));

  const first = (name: string): string | undefined => values.get(`flag.${name}`)?.at(-1);
  const parts = partsOfSelector(first('selector') ?? '');
  const labels = parts.filter(isLabel).map((part) => `label=${part}`);
  set('labels', labels);
  set('filters', labels.length === parts.length ? labels : []);
  set(
    'file',
    [first('from-file')].flatMap((file) => (file === undefined ? [] : afterEquals(file))),
  );
  setPorts(set, values, first);
  for (const kind of ['limits', 'requests']) {
    const wanted = new Map(
      (first(kind) ?? '').split(',').map((pair) => [beforeEquals(pair), afterEquals(pair)]),
    );
    set(`${kind}.cpus`, cpuCount(wanted.get('cpu') ?? ''));
    set(`${kind}.memory`, dockerBytes(wanted.get('memory') ?? ''));
  }
  return values;
}

/** What each object makes of the values: `name`, `names` and `each`, and how many copies of each. */
export function withNames(values: Values, names: readonly string[]): Values {
  const named = names.length > 0 ? names : (values.get('name') ?? []);
  const all: Values = new Map(values);
  const put = (key: string, words: readonly string[]): void => {
    if (words.length > 0) all.set(key, words);
    else all.delete(key);
  };
  put('name', named.slice(0, 1));
  put('names', named);
  const [replicas] = values.get('flag.replicas') ?? [];
  const copies = replicas === undefined ? [] : named.map((name) => `${name}=${replicas}`);
  put('copies', copies);
  put(
    'scale',
    copies.map((copy) => `--scale=${copy}`),
  );
  return all;
}

/** All values of a flag that may be given several times, otherwise the last, which is the one that counts. */
function flagValues(command: KubectlCommand): Map<string, string[]> {
  const grammar = kubectlGrammar(command.command)?.flags ?? [];
  const found = new Map<string, string[]>();
  for (const { name, value } of givenFlags(command)) {
    const type = grammar.find((flag) => flag.name === name)?.type;
    const given = type === 'stringSlice' ? value.split(',') : [value];
    const isList = type === 'stringSlice' || type === 'stringArray';
    const before = isList ? (found.get(name.slice(2)) ?? []) : [];
    found.set(name.slice(2), [...before, ...given]);
  }
  return found;
}

function setPorts(
  set: (name: string, found: readonly string[]) => void,
  values: Values,
  first: (name: string) => string | undefined,
): void {
  const protocol = first('protocol')?.toLowerCase() === 'udp' ? '/udp' : '';
  const port = first('port');
  const target = first('target-port') ?? port;
  const nodePort = first('node-port');
  set('target', target === undefined ? [] : [target]);
  const tcp = (values.get('flag.tcp') ?? []).map((pair) => {
    const [outside = '', inside = outside] = pair.split(':');
    return `${nodePort ?? outside}:${inside}`;
  });
  const exposed =
    port === undefined ? [] : port.split(',').map((each) => `${each}:${first('target-port') ?? each}`);
  set('publish', tcp.length > 0 ? tcp : exposed.map((each) => each + protocol));
  const address = first('address')?.split(',', 1)[0]?.replace('localhost', '127.0.0.1') ?? '127.0.0.1';
  set(
    'forward',
    (values.get('ports') ?? []).map((pair) => {
      const [local = '', remote = local] = pair.split(':');
      return `${address}:${local}:${remote}`;
    }),
  );
}

/** `shop/web:/tmp` → `web:/tmp`; a path of this machine stays. */
function withoutNamespace(path: string): string {
  return path.replace(/^[^/:]+\/(?=[^/:]+:)/, '');
}

/** The conditions of a selector, which commas divide outside of parentheses. */
function partsOfSelector(selector: string): string[] {
  const parts = selector.match(/(?:[^,(]|\([^)]*\)?)+/g) ?? [];
  return parts.map((part) => part.trim().replace('==', '='));
}

/** What docker can filter by; `!=`, `in` and `notin` it cannot. */
function isLabel(part: string): boolean {
  return /^[\w./-]+(?:=[\w.-]*)?$/.test(part);
}

/** Taints as labels without their effect, and how a node of a Swarm comes nearest to them. */
function setTaints(set: (name: string, found: readonly string[]) => void, pairs: readonly string[]): void {
  const added = pairs.filter((pair) => !pair.endsWith('-'));
  const removed = pairs.filter((pair) => pair.endsWith('-'));
  const key = (pair: string): string => pair.replace(/-$/, '').replace(/:[A-Za-z]*$/, '');
  set(
    'taints',
    added.map(key).map((label) => (label.includes('=') ? label : `${label}=true`)),
  );
  set('untaints', removed.map(key).map(beforeEquals));
  const effects = added.map((pair) => pair.slice(pair.lastIndexOf(':') + 1));
  if (effects.includes('NoExecute')) set('availability', ['drain']);
  else if (effects.includes('NoSchedule')) set('availability', ['pause']);
  else if (added.length === 0 && removed.length > 0) set('availability', ['active']);
}

function beforeEquals(pair: string): string {
  return pair.replace(/=.*$/s, '');
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1);
}
