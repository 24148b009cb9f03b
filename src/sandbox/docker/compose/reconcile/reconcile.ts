import { throwUnless } from '../../../thrown.ts';
import { CommandFailure } from '../../failures.ts';
import { type Listed, labels, numberOf } from '../containers.ts';
import { networkHash, serviceHash, volumeHash } from '../model/hash.ts';
import { containerName } from '../names.ts';
import { inOrder } from '../project/dependency-order.ts';
import {
  type Project,
  type ProjectNetwork,
  type ProjectVolume,
  type Service,
  scaleOf,
  sortedEntries,
  sortedNames,
} from '../project/project.ts';
import type { Observed, ObservedResource } from './observed.ts';
import { Plan, type PlanNode } from './plan.ts';
import { sharedServices, withReferences } from './references.ts';

/** When a container is made anew: when it is not as its service says, always, or never. */
export type Recreate = 'diverged' | 'force' | 'never';

export interface ReconcileOptions {
  /** Those that are named; all where there are none. */
  readonly services: readonly string[];
  readonly recreate: Recreate;
  /** For the services that are not named. */
  readonly recreateOthers: Recreate;
  readonly inherit: boolean;
  readonly removeOrphans: boolean;
  /** Volumes that may be made anew though what is in them is lost. */
  readonly renewVolumes: ReadonlySet<string>;
}

/** Plans how what there is becomes what the project says (pkg/compose/reconcile.go). */
export class Reconciler {
  readonly #project: Project;
  readonly #observed: Observed;
  readonly #options: ReconcileOptions;
  readonly #plan = new Plan();
  readonly #networks = new Map<string, PlanNode>();
  readonly #volumes = new Map<string, PlanNode>();
  readonly #services = new Map<string, PlanNode>();
  readonly #stopped = new Map<string, PlanNode>();
  readonly #connects = new Map<string, readonly PlanNode[]>();
  readonly #recreated = new Set<string>();

  constructor(project: Project, observed: Observed, options: ReconcileOptions) {
    this.#project = project;
    this.#observed = observed;
    this.#options = options;
  }

  /** @throws CommandFailure for what cannot be */
  plan(): Plan {
    this.#planNetworks();
    this.#planVolumes();
    const containers = new Map(this.#observed.containers);
    for (const service of inOrder(this.#project))
      if (!service.provider) this.#planService(service, containers);
    if (this.#options.removeOrphans) {
      for (const container of this.#observed.orphans)
        this.#plan.add({ kind: 'remove', container }, [this.#plan.add({ kind: 'stop', container })]);
    }
    return this.#plan;
  }

  #planNetworks(): void {
    const renewals: (() => void)[] = [];
    for (const [key, network] of sortedEntries(this.#project.networks)) {
      if (network.external) continue;
      const found = this.#observed.networks.get(key);
      if (!found) this.#createNetwork(key, network, []);
      else if (found.hash !== '' && found.hash !== networkHash(network))
        renewals.push(() => this.#renewNetwork(key, network, found));
    }
    for (const renew of renewals) renew();
  }

  #createNetwork(key: string, network: ProjectNetwork, after: readonly PlanNode[]): PlanNode {
    const { name } = network;
    const created = this.#plan.add({ kind: 'create-network', key, name, network }, after);
    this.#networks.set(key, created);
    return created;
  }

  /** Containers leave the network and come back to the new one, which waits for the old one if that has its name. */
  #renewNetwork(key: string, network: ProjectNetwork, old: ObservedResource): void {
    const { name } = network;
    const early = old.name === name ? [] : [this.#createNetwork(key, network, [])];
    const left = sortedEntries(this.#project.services)
      .filter(([, { networks = {} }]) => Object.hasOwn(networks, key))
      .flatMap(([service]) => this.#containersOf(service))
      .map((container) => {
        const after = [this.#stop(container)];
        return {
          container,
          node: this.#plan.add({ kind: 'disconnect', network: old.name, container }, after),
        };
      });
    const removed = this.#plan.add(
      { kind: 'remove-network', key, name: old.name },
      left.map(({ node }) => node),
    );
    const created = early.length > 0 ? early : [this.#createNetwork(key, network, [removed])];
    for (const { container, node } of left) {
      const back = this.#plan.add({ kind: 'connect', network: name, container }, [...created, node]);
      this.#connects.set(container.Id, [...(this.#connects.get(container.Id) ?? []), back]);
    }
  }

  #containersOf(service: string): readonly Listed[] {
    return this.#observed.containers.get(service) ?? [];
  }

  #stop(container: Listed, after: readonly PlanNode[] = [], group?: string): PlanNode {
    const known = this.#stopped.get(container.Id);
    if (known) return known;
    const node = this.#plan.add({ kind: 'stop', container }, after, group);
    this.#stopped.set(container.Id, node);
    return node;
  }

  #planVolumes(): void {
    const changed: string[] = [];
    for (const [key, volume] of sortedEntries(this.#project.volumes)) {
      if (volume.external) continue;
      const found = this.#observed.volumes.get(key);
      const isOther = found !== undefined && found.hash !== '' && found.hash !== volumeHash(volume);
      if (!found || (isOther && found.name !== volume.name)) this.#createVolume(key, volume, []);
      else if (isOther && this.#options.renewVolumes.has(key)) changed.push(key);
    }
    if (changed.length > 0) this.#renewVolumes(changed);
  }

  #createVolume(key: string, volume: ProjectVolume, after: readonly PlanNode[]): void {
    const { name } = volume;
    this.#volumes.set(key, this.#plan.add({ kind: 'create-volume', key, name, volume }, after));
  }

  /** A volume can only go when the containers that mount it are gone; its name is the old one's. */
  #renewVolumes(keys: readonly string[]): void {
    const users = sortedEntries(this.#project.services)
      .filter(([, { volumes = [] }]) => volumes.some(({ source = '' }) => keys.includes(source)))
      .map(([name]) => name);
    const removed = users
      .flatMap((name) => this.#containersOf(name))
      .map((container) => this.#plan.add({ kind: 'remove', container }, [this.#stop(container)]));
    for (const [key, volume] of this.#project.volumes) {
      if (!keys.includes(key)) continue;
      const gone = this.#plan.add({ kind: 'remove-volume', key, name: volume.name }, removed);
      this.#createVolume(key, volume, [gone]);
    }
    for (const name of users) {
      this.#recreated.add(name);
      this.#observed.containers.set(name, []);
    }
  }

  #planService(service: Service, before: ReadonlyMap<string, readonly Listed[]>): void {
    const wanted = demandedScale(service);
    const { services, recreate, recreateOthers } = this.#options;
    const way = services.length === 0 || services.includes(service.name) ? recreate : recreateOthers;
    const hash = hashWithReferences(service, before);
    const isObsolete = (container: Listed) => this.#mustRecreate(service, hash, container, way);
    const containers = inKeepingOrder(this.#containersOf(service.name), isObsolete);
    const after = this.#before(service);
    let last: PlanNode | undefined;
    for (const [place, container] of containers.entries()) {
      if (place >= wanted) {
        last = this.#plan.add({ kind: 'remove', container }, [this.#plan.add({ kind: 'stop', container })]);
      } else if (isObsolete(container)) {
        last = this.#renew(service, container, after);
        this.#recreated.add(service.name);
      } else if (!['running', 'created', 'restarting', 'exited'].includes(container.State)) {
        last = this.#plan.add({ kind: 'start', container }, after);
      }
    }
    const highest = Math.max(0, ...containers.map(numberOf));
    for (let place = containers.length; place < wanted; place++) {
      const number = highest + 1 + place - containers.length;
      const name = containerName(this.#project.name, service, number);
      last = this.#plan.add({ kind: 'create-container', service, number, name, inherits: false }, after);
    }
    if (last) this.#services.set(service.name, last);
  }

  #mustRecreate(service: Service, hash: string, container: Listed, way: Recreate): boolean {
    if (way !== 'diverged') return way === 'force';
    if (sharedServices(service).some((name) => this.#recreated.has(name))) return true;
    if (container.Labels[labels.configHash] !== hash) return true;
    if (container.Labels[labels.image] !== service.customLabels[labels.image]) return true;
    return (
      (container.State === 'running' && this.#misses(service, container)) || this.#lacks(service, container)
    );
  }

  /** Whether it is not in a network that it is to be in. */
  #misses({ networks = {} }: Service, { NetworkSettings }: Listed): boolean {
    const joined = Object.values(NetworkSettings.Networks).map(({ NetworkID }) => NetworkID);
    return Object.keys(networks).some((key) => {
      const found = this.#observed.networks.get(key);
      return found !== undefined && !joined.includes(found.id);
    });
  }

  /** Whether it does not mount a volume that it is to mount. */
  #lacks({ volumes = [] }: Service, { Mounts }: Listed): boolean {
    return volumes.some(({ type, source = '' }) => {
      const found = type === 'volume' ? this.#observed.volumes.get(source) : undefined;
      const wanted =
        found && (this.#volumes.has(source) ? this.#project.volumes.get(source)?.name : found.name);
      return wanted !== undefined && !Mounts.some(({ Type, Name }) => Type === 'volume' && Name === wanted);
    });
  }

  /** The new one is made before the old one goes, and gets its name at last. */
  #renew(service: Service, container: Listed, after: readonly PlanNode[]): PlanNode {
    const number = numberOf(container);
    const group = `recreate:${service.name}:${number}`;
    const name = containerName(this.#project.name, service, number);
    const waiting = [...this.#project.services.values()]
      .filter(({ depends_on = {} }) => depends_on[service.name]?.restart)
      .flatMap((each) => this.#containersOf(each.name))
      .filter(({ Id }) => !this.#stopped.has(Id))
      .map((each) => this.#stop(each));
    const created = this.#plan.add(
      {
        kind: 'create-container',
        service,
        number,
        name: `${container.Id.slice(0, 12)}_${name}`,
        replaces: container,
        inherits: this.#options.inherit,
      },
      [...after, ...waiting],
      group,
    );
    const stopped = this.#stop(container, [created], group);
    const back = this.#connects.get(container.Id) ?? [];
    const removed = this.#plan.add({ kind: 'remove', container }, [stopped, created, ...back], group);
    return this.#plan.add({ kind: 'rename', name, created }, [removed], group);
  }

  /** What has to be there before containers of a service. */
  #before({ networks = {}, volumes = [], depends_on = {} }: Service): readonly PlanNode[] {
    return [
      ...sortedNames(Object.keys(networks)).map((key) => this.#networks.get(key)),
      ...volumes.map(({ type, source = '' }) => (type === 'volume' ? this.#volumes.get(source) : undefined)),
      ...sortedNames(Object.keys(depends_on)).map((name) => this.#services.get(name)),
    ].filter((node) => node !== undefined);
  }
}

/** @throws CommandFailure where a name of its own is for one container alone (getScale) */
function demandedScale(service: Service): number {
  const scale = scaleOf(service);
  if (scale <= 1 || !service.container_name) return scale;
  throw new CommandFailure(
    `WARNING: The "${service.name}" service is using the custom container name "${service.container_name}". Docker requires each container to have a unique name. Remove the custom name to scale the service`,
  );
}

/** As the hash is written when the container is made: with containers in place of services. */
function hashWithReferences(service: Service, containers: ReadonlyMap<string, readonly Listed[]>): string {
  try {
    return serviceHash(withReferences(service, containers));
  } catch (error) {
    throwUnless(error, CommandFailure);
    return serviceHash(service);
  }
}

/** Those that stay first, the low numbers before the high ones (sortContainers). */
function inKeepingOrder(
  containers: readonly Listed[],
  isObsolete: (container: Listed) => boolean,
): readonly Listed[] {
  return [...containers].sort(
    (one, other) =>
      Number(isObsolete(one)) - Number(isObsolete(other)) ||
      numberOf(one) - numberOf(other) ||
      other.Created - one.Created,
  );
}
