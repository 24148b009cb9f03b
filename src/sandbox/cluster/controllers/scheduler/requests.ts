import type { Container, PodSpec } from '../../../../kubernetes/api.ts';
import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import { isSidecar } from '../pod-state.ts';

/** What a Pod asks for, or what there is. */
export interface Amounts {
  readonly cpuMilli: number;
  readonly memory: number;
  readonly ephemeral: number;
  /** Of all other resources, such as `nvidia.com/gpu`. */
  readonly others: ReadonlyMap<string, number>;
}

/** What the scheduler has to know of a Pod's spec. */
export interface PodRequests {
  readonly amounts: Amounts;
  /** As if each container that asks for nothing asked for a little, so that such Pods spread too. */
  readonly nonZeroMilli: number;
  readonly nonZeroMemory: number;
  /** Whether no container asks for anything. */
  readonly isBestEffort: boolean;
  /** Ports of the node, as `address protocol port`. */
  readonly hostPorts: readonly string[];
}

/** k8s.io/kubernetes/pkg/scheduler/util, `DefaultMilliCPURequest` and `DefaultMemoryRequest`. */
const littleMilli = 100;
const littleMemory = 200 * 1024 * 1024;

interface Remembered {
  readonly spec: PodSpec;
  readonly requests: PodRequests;
}

/** Pods of one template share their containers. */
const remembered = new WeakMap<readonly Container[], Remembered>();

/** What a Pod asks for. */
export function requestsOf(spec: PodSpec): PodRequests {
  const known = remembered.get(spec.containers);
  if (
    known &&
    known.spec.initContainers === spec.initContainers &&
    known.spec.overhead === spec.overhead &&
    known.spec.resources === spec.resources
  ) {
    return known.requests;
  }
  const requests = readRequests(spec);
  remembered.set(spec.containers, { spec, requests });
  return requests;
}

/** Reads a node's capacity or a container's requests. */
export function amountsOf(resources: Readonly<Record<string, string>> = {}): Amounts {
  const others = new Map<string, number>();
  let cpuMilli = 0;
  let memory = 0;
  let ephemeral = 0;
  for (const [name, quantity] of Object.entries(resources)) {
    const nano = parseQuantity(quantity) ?? 0n;
    // Parts of what cannot be divided are rounded up, as the API does.
    const whole = Number((nano + 999_999_999n) / 1_000_000_000n);
    if (name === 'cpu') cpuMilli = Number((nano + 999_999n) / 1_000_000n);
    else if (name === 'memory') memory = whole;
    else if (name === 'ephemeral-storage') ephemeral = whole;
    else others.set(name, whole);
  }
  return { cpuMilli, memory, ephemeral, others };
}

function readRequests(spec: PodSpec): PodRequests {
  const own = amountsOf(spec.resources?.requests);
  const pod = totalOf(spec, (container) => amountsOf(container.resources?.requests));
  const nonZero = totalOf(spec, (container) => {
    const amounts = amountsOf(container.resources?.requests);
    const { cpu, memory } = container.resources?.requests ?? {};
    return {
      ...amounts,
      cpuMilli: cpu === undefined ? littleMilli : amounts.cpuMilli,
      memory: memory === undefined ? littleMemory : amounts.memory,
    };
  });
  const amounts: Amounts = {
    ...pod,
    // What is asked for the whole Pod stands above what its containers ask for.
    cpuMilli: own.cpuMilli || pod.cpuMilli,
    memory: own.memory || pod.memory,
  };
  return {
    amounts,
    nonZeroMilli: own.cpuMilli || nonZero.cpuMilli,
    nonZeroMemory: own.memory || nonZero.memory,
    isBestEffort: amounts.cpuMilli === 0 && amounts.memory === 0,
    hostPorts: hostPortsOf(spec),
  };
}

/** Init containers run one after another before the others, sidecars beside all that come after them. */
function totalOf(spec: PodSpec, of: (container: Container) => Amounts): Amounts {
  let sidecars = amountsOf();
  let initial = amountsOf();
  for (const container of spec.initContainers ?? []) {
    const amounts = of(container);
    if (isSidecar(container)) sidecars = sum(sidecars, amounts);
    initial = most(initial, isSidecar(container) ? sidecars : sum(sidecars, amounts));
  }
  const together = spec.containers.reduce((all, container) => sum(all, of(container)), sidecars);
  return sum(most(together, initial), amountsOf(spec.overhead));
}

function sum(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, (first, second) => first + second);
}

function most(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, Math.max);
}

function combine(one: Amounts, other: Amounts, by: (first: number, second: number) => number): Amounts {
  const others = new Map(one.others);
  for (const [name, amount] of other.others) others.set(name, by(others.get(name) ?? 0, amount));
  return {
    cpuMilli: by(one.cpuMilli, other.cpuMilli),
    memory: by(one.memory, other.memory),
    ephemeral: by(one.ephemeral, other.ephemeral),
    others,
  };
}

function hostPortsOf({ containers, initContainers = [] }: PodSpec): string[] {
  return [...containers, ...initContainers.filter(isSidecar)]
    .flatMap(({ ports = [] }) => ports)
    .filter(({ hostPort }) => (hostPort ?? 0) > 0)
    .map(({ hostIP, protocol = 'TCP', hostPort }) => `${hostIP || '0.0.0.0'} ${protocol} ${hostPort}`);
}
