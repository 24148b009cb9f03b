import type { Overview } from './overview.ts';
import type { Standing } from './standing.ts';

/** How many of a kind there are, and how many of them stand how. */
export interface Count {
  readonly kind: 'container' | 'node' | 'Pod' | 'Service';
  readonly all: number;
  readonly ill: number;
  readonly moving: number;
}

/** Counts what is in an overview; kinds of which there is nothing are left out. */
export function countsOf({
  docker = [],
  nodes = [],
  waiting = [],
  services = [],
}: Overview): readonly Count[] {
  const pods = [...nodes.flatMap((node) => node.pods), ...waiting];
  return [
    count('node', nodes),
    count('Pod', pods),
    count('Service', services),
    count('container', docker),
  ].filter(({ all }) => all > 0);
}

function count(kind: Count['kind'], items: readonly { readonly standing: Standing }[]): Count {
  const of = (standing: Standing): number => items.filter((each) => each.standing === standing).length;
  return { kind, all: items.length, ill: of('ill'), moving: of('moving') };
}

/** Something that was told of, at two moments. */
export interface Difference {
  readonly what: string;
  /** Undefined for what was not there. */
  readonly before: string | undefined;
  /** Undefined for what is gone. */
  readonly after: string | undefined;
  readonly standing: Standing;
}

/** What differs between two overviews, a line for each thing. */
export function differencesBetween(before: Overview, after: Overview): readonly Difference[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((what): Difference[] => {
    const [one, other] = [old.get(what), now.get(what)];
    if (one?.text === other?.text) return [];
    return [{ what, before: one?.text, after: other?.text, standing: other?.standing ?? 'well' }];
  });
}

interface Line {
  readonly text: string;
  readonly standing: Standing;
}

/** Everything of an overview in one line each, by what it is. Times that pass are left out. */
function linesOf({
  docker = [],
  nodes = [],
  waiting = [],
  services = [],
}: Overview): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  for (const { name, state, status, standing } of docker) {
    const health = /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1];
    const code = /^(?:Exited|Restarting) \((\d+)\)/.exec(status)?.[1];
    const more = health ?? (code === undefined ? undefined : `code ${code}`);
    lines.set(`container ${name}`, { text: more === undefined ? state : `${state}, ${more}`, standing });
  }
  for (const node of nodes) {
    const words = [
      node.isReady ? 'ready' : 'not ready',
      ...(node.isCordoned ? ['cordoned'] : []),
      ...node.pressures,
    ];
    lines.set(`node ${node.name}`, { text: words.join(', '), standing: node.standing });
  }
  const placed = nodes.flatMap((node) => node.pods.map((pod) => ({ pod, place: ` on ${node.name}` })));
  for (const { pod, place } of [...placed, ...waiting.map((each) => ({ pod: each, place: '' }))]) {
    const { name, namespace, ready, containers, status, restarts, standing } = pod;
    const again = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
    lines.set(`pod ${nameIn(namespace, name)}`, {
      text: `${ready}/${containers} ${status}${again}${place}`,
      standing,
    });
  }
  for (const { name, namespace, ready, notReady, standing } of services) {
    const more = notReady === 0 ? '' : `, ${notReady} not ready`;
    lines.set(`service ${nameIn(namespace, name)}`, { text: `${ready} ready${more}`, standing });
  }
  return lines;
}

/** A name with its namespace, where that is not the usual one. */
export function nameIn(namespace: string, name: string): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
