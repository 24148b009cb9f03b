import type { Node, Pod } from '../../../kubernetes/api.ts';
import { sumOfQuantities, thousandths, wholeUnits } from '../../../kubernetes/quantity-text.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { goDuration } from '../../go/go-duration.ts';
import { goSorted } from '../../go/go-sort.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, UsageFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { ObjectList } from '../selecting/selection.ts';
import { get } from '../server/client.ts';
import { nameOf } from '../server/served-object.ts';

type Usage = Readonly<Record<string, string>>;

interface NodeMetrics extends ApiObject {
  readonly usage: Usage;
}

interface PodMetrics extends ApiObject {
  readonly containers: readonly { readonly name: string; readonly usage: Usage }[];
}

const metrics = '/apis/metrics.k8s.io/v1beta1';

function demandFitting(options: Options, kind: 'node' | 'pod'): void {
  if (options.args.length > 1) throw new UsageFailure(`${kind} [NAME | -l label]`, `kubectl top ${kind}`);
  const sortBy = options.text('--sort-by', '');
  if (!['', 'cpu', 'memory'].includes(sortBy)) {
    throw new CommandFailure('--sort-by accepts only cpu or memory');
  }
  const hasSelector = Boolean(options.text('--selector') || options.text('--field-selector'));
  if (options.args.length > 0 && hasSelector) {
    const what = kind === 'node' ? '--selector' : 'selector';
    throw new CommandFailure(`only one of NAME or ${what} can be provided`);
  }
}

function* demandMetrics(): Steps<void> {
  const { groups } = yield* get<{
    readonly groups: readonly { readonly name: string; readonly versions: readonly { version: string }[] }[];
  }>('/apis');
  const group = groups.find(({ name }) => name === 'metrics.k8s.io');
  if (!group?.versions.some(({ version }) => version === 'v1beta1')) {
    throw new CommandFailure('Metrics API not available');
  }
}

function queryOf(options: Options): Readonly<Record<string, string>> {
  const labels = options.text('--selector');
  const fields = options.text('--field-selector');
  return {
    ...(labels ? { labelSelector: labels } : {}),
    ...(fields ? { fieldSelector: fields } : {}),
  };
}

/** `kubectl top node` (k8s.io/kubectl/pkg/cmd/top). */
export function* runTopNode(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFitting(options, 'node');
  yield* context.target();
  yield* demandMetrics();
  const [name] = options.args;
  const measured = yield* oneOrAll<NodeMetrics>(`${metrics}/nodes`, name, queryOf(options));
  if (measured.length === 0) throw new CommandFailure('metrics not available yet');
  const nodes = yield* oneOrAll<Node>('/api/v1/nodes', name, queryOf(options));
  const withSwap = options.on('--show-swap');
  const rows = goSorted(
    measured,
    isBefore(options, ({ usage }) => usage),
  ).map((node) => nodeCells(node, nodes, options));
  const missing = nodes
    .filter((node) => !measured.some((each) => each.metadata.name === node.metadata.name))
    .map(({ metadata }) => [nameOf(metadata), ...Array(withSwap ? 6 : 4).fill('<unknown>'), '']);
  const head = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
  const heads = withSwap ? [...head, 'SWAP(bytes)', 'SWAP(%)', ''] : [...head, ''];
  const all = [...rows, ...missing];
  yield* print(new TabWriter().text(options.on('--no-headers') ? all : [heads, ...all]));
  return 0;
}

function* oneOrAll<T extends ApiObject>(
  path: string,
  name: string | undefined,
  query: Readonly<Record<string, string>>,
): Steps<readonly T[]> {
  if (name !== undefined) return [yield* get<T>(`${path}/${encodeURIComponent(name)}`)];
  return (yield* get<ObjectList>(path, query)).items as readonly unknown[] as readonly T[];
}

function nodeCells({ metadata, usage }: NodeMetrics, nodes: readonly Node[], options: Options): string[] {
  const { name = '' } = metadata;
  const status = nodes.find((node) => node.metadata.name === name)?.status;
  const available = (options.on('--show-capacity') ? status?.capacity : status?.allocatable) ?? {};
  const swap = status?.nodeInfo?.swap?.capacity;
  const share = (resource: string, all: string | undefined): string[] =>
    all === undefined ? [] : [`${percentage(usage[resource], all)}%`];
  const cells = [
    name,
    `${thousandths(usage.cpu)}m`,
    ...share('cpu', available.cpu),
    inMebibytes(usage.memory),
    ...share('memory', available.memory),
  ];
  if (!options.on('--show-swap')) return [...cells, ''];
  if (swap === undefined) return [...cells, '<unknown>', '<unknown>', ''];
  return [...cells, inMebibytes(usage.swap), ...share('swap', String(swap)), ''];
}

function percentage(part: string | undefined, whole: string): number {
  const all = thousandths(whole);
  return all === 0 ? 0 : Math.trunc((thousandths(part) / all) * 100);
}

function inMebibytes(quantity: string | undefined): string {
  return `${Math.floor(wholeUnits(quantity) / 2 ** 20)}Mi`;
}

/** By name, or by what is used: the most first. */
function isBefore<T>(
  options: Options,
  usageOf: (item: T) => Usage,
  keyOf: (item: T) => string = (item) => nameOf((item as ApiObject).metadata),
): (one: T, other: T) => boolean {
  const sortBy = options.text('--sort-by', '');
  if (sortBy === 'cpu')
    return (one, other) => thousandths(usageOf(one).cpu) > thousandths(usageOf(other).cpu);
  if (sortBy === 'memory') {
    return (one, other) => wholeUnits(usageOf(one).memory) > wholeUnits(usageOf(other).memory);
  }
  return (one, other) => keyOf(one) < keyOf(other);
}

/** `kubectl top pod` (k8s.io/kubectl/pkg/cmd/top). */
export function* runTopPod(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFitting(options, 'pod');
  const { namespace } = yield* context.target();
  yield* demandMetrics();
  const [name] = options.args;
  const isEverywhere = options.on('--all-namespaces');
  const place = isEverywhere ? '' : `/namespaces/${namespace}`;
  const measured = yield* oneOrAll<PodMetrics>(`${metrics}${place}/pods`, name, queryOf(options));
  if (measured.length === 0) {
    yield* demandNoPods(`/api/v1/namespaces/${namespace}/pods`, name, options);
    const where = isEverywhere ? '' : ` in ${namespace} namespace.`;
    yield* complain(`No resources found${where}\n`);
    return 0;
  }
  yield* print(podTable(measured, options));
  return 0;
}

/** Where there are Pods, their metrics are late. @throws CommandFailure */
function* demandNoPods(path: string, name: string | undefined, options: Options): Steps<void> {
  const pods = yield* oneOrAll<Pod>(path, name, queryOf(options));
  for (const { metadata } of pods) {
    const age = (yield* now()) - Date.parse(metadata.creationTimestamp ?? '');
    if (age <= 120_000) continue;
    throw new CommandFailure(
      `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(age)}`,
    );
  }
  if (pods.length > 0) throw new CommandFailure('metrics not available yet');
}

function podTable(measured: readonly PodMetrics[], options: Options): string {
  const withNamespace = options.on('--all-namespaces');
  const withContainers = options.on('--containers');
  const resources = options.on('--show-swap') ? ['cpu', 'memory', 'swap'] : ['cpu', 'memory'];
  const keyOf = ({ metadata }: PodMetrics): string =>
    withNamespace ? `${metadata.namespace} ${metadata.name}` : nameOf(metadata);
  const sorted = goSorted(measured, isBefore(options, usageOfPod, keyOf));
  const rows = sorted.flatMap((pod) => {
    const { namespace = '', name = '' } = pod.metadata;
    const place = withNamespace ? [namespace] : [];
    if (!withContainers) return [[...place, name, ...usedCells(usageOfPod(pod), resources), '']];
    const isFirst = isBefore<PodMetrics['containers'][number]>(
      options,
      ({ usage }) => usage,
      (container) => container.name,
    );
    return goSorted(pod.containers, isFirst).map((container) => [
      ...place,
      name,
      container.name,
      ...usedCells(container.usage, resources),
      '',
    ]);
  });
  const head = [
    ...(withNamespace ? ['NAMESPACE'] : []),
    ...(withContainers ? ['POD'] : []),
    'NAME',
    'CPU(cores)',
    'MEMORY(bytes)',
    ...(options.on('--show-swap') ? ['SWAP(bytes)'] : []),
    '',
  ];
  const heads = options.on('--no-headers') ? [] : [head];
  const sum = options.on('--sum') ? sumRows(sorted, resources, options) : [];
  return new TabWriter().text([...heads, ...rows, ...sum]);
}

function usageOfPod({ containers }: Pick<PodMetrics, 'containers'>): Usage {
  const sum = (name: string): string => sumOfQuantities(containers.map(({ usage }) => usage[name] ?? '0'));
  return { cpu: sum('cpu'), memory: sum('memory'), swap: sum('swap') };
}

function usedCells(usage: Usage, resources: readonly string[]): string[] {
  return resources.map((name) => (name === 'cpu' ? `${thousandths(usage.cpu)}m` : inMebibytes(usage[name])));
}

/** A line, and below it what all Pods use. Its place counts columns only where they have headings. */
function sumRows(pods: readonly PodMetrics[], resources: readonly string[], options: Options): string[][] {
  const hasHeaders = !options.on('--no-headers');
  const extra = [options.on('--all-namespaces'), options.on('--containers')].filter(
    (isOn) => isOn && hasHeaders,
  ).length;
  const columns = 1 + resources.length + extra;
  const blanks = (count: number): string[] => Array<string>(Math.max(0, count)).fill('');
  const total = usageOfPod({ containers: pods.flatMap(({ containers }) => containers) });
  return [
    [...blanks(columns - 2), '________', '________', ''],
    [...blanks(columns - 3), '', ...usedCells(total, resources), ''],
  ];
}
