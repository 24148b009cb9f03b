import { pause, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask, encoded } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { type Listed, labels, progressName, serviceOf } from '../containers.ts';
import { containerBody } from '../create/container-body.ts';
import type { Project } from '../project/project.ts';
import { together } from '../together.ts';
import { createNetwork, createVolume } from './networks-and-volumes.ts';
import type { Observed } from './observed.ts';
import type { Operation, Plan, PlanNode } from './plan.ts';
import { withReferences } from './references.ts';

const aDay = 86_400_000;

/** How long a container is given to stop; its own time where nothing is said. */
export type StopTimeout = number | undefined;

interface Group {
  readonly name: string;
  readonly size: number;
  begun: boolean;
  done: number;
}

/** Does what a plan says, everything as soon as it may be done (pkg/compose/executor.go). */
export class PlanExecution {
  readonly #compose: Compose;
  readonly #project: Project;
  readonly #timeout: StopTimeout;
  readonly #done = new Set<PlanNode>();
  readonly #groups = new Map<string, Group>();
  readonly #created = new Map<PlanNode, string>();
  readonly #containers: Map<string, readonly Pick<Listed, 'Id' | 'Names'>[]>;
  #nodes: readonly PlanNode[] = [];

  constructor(compose: Compose, project: Project, observed: Observed, timeout: StopTimeout) {
    this.#compose = compose;
    this.#project = project;
    this.#timeout = timeout;
    this.#containers = new Map(observed.containers);
  }

  /** @throws CommandFailure as soon as one thing fails */
  *run(plan: Plan): Steps<void> {
    this.#nodes = plan.nodes;
    for (const { group, operation } of plan.nodes) {
      if (group === undefined) continue;
      const known = this.#groups.get(group);
      const name = known?.name || ('container' in operation ? progressName(operation.container) : '');
      this.#groups.set(group, { name, size: (known?.size ?? 0) + 1, begun: false, done: 0 });
    }
    yield* together(plan.nodes.map((node) => this.#node(node)));
  }

  *#node(node: PlanNode): Steps<void> {
    while (!this.#isReady(node)) yield* pause(aDay);
    yield* this.#tellStart(node);
    try {
      yield* this.#do(node);
    } catch (error) {
      throwUnless(error, CommandFailure);
      yield* this.#tellError(node, error);
      this.#done.add(node);
      yield* this.#beginInVain(node, error);
      throw error;
    }
    yield* this.#tellDone(node);
    this.#done.add(node);
  }

  /** What waited for a node that fails begins all the same, and is ended at its first request to the engine. */
  *#beginInVain(failed: PlanNode, { message }: CommandFailure): Steps<void> {
    for (const node of this.#nodes) {
      if (!node.after.includes(failed) || !this.#isReady(node)) continue;
      yield* this.#tellStart(node);
      if (node.operation.kind !== 'create-network') continue;
      const id = `Network ${node.operation.name}`;
      yield* this.#compose.progress.working(id, 'Creating');
      yield* this.#compose.progress.error(
        id,
        'Error',
        `error during connect: Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.55/networks/create": ${message}`,
      );
    }
  }

  #isReady({ after }: PlanNode): boolean {
    return after.every((each) => this.#done.has(each));
  }

  *#do(node: PlanNode): Steps<void> {
    const { operation } = node;
    switch (operation.kind) {
      case 'create-network':
        return yield* createNetwork(this.#compose, this.#project, operation);
      case 'create-volume':
        return yield* createVolume(this.#compose, this.#project, operation);
      case 'remove-volume':
        yield* ask('DELETE', `/volumes/${encoded(operation.name)}`, { query: { force: '1' } });
        return;
      case 'remove-network':
        yield* ask('DELETE', `/networks/${encoded(operation.name)}`);
        return;
      case 'connect':
      case 'disconnect':
        yield* ask('POST', `/networks/${encoded(operation.network)}/${operation.kind}`, {
          body: {
            Container: operation.container.Id,
            ...(operation.kind === 'disconnect' && { Force: true }),
          },
        });
        return;
      case 'start':
        yield* ask('POST', `/containers/${operation.container.Id}/start`);
        return;
      case 'stop':
        yield* stopContainer(operation.container.Id, this.#timeout);
        return;
      case 'remove':
        return yield* this.#remove(operation.container);
      case 'rename': {
        const id = this.#created.get(operation.created) ?? '';
        yield* ask('POST', `/containers/${id}/rename`, { query: { name: operation.name } });
        return;
      }
      case 'create-container':
        return yield* this.#create(node, operation);
    }
  }

  *#remove(container: Listed): Steps<void> {
    yield* ask('DELETE', `/containers/${container.Id}`, { query: { force: '1' } });
    const service = serviceOf(container);
    const left = (this.#containers.get(service) ?? []).filter(({ Id }) => Id !== container.Id);
    this.#containers.set(service, left);
  }

  *#create(node: PlanNode, operation: Operation & { kind: 'create-container' }): Steps<void> {
    const { number, name, replaces, inherits } = operation;
    const service = withReferences(operation.service, this.#containers);
    const body = yield* containerBody(this.#project, service, {
      number,
      inherit: inherits ? replaces : undefined,
      labels: {
        ...service.labels,
        ...service.customLabels,
        ...(inherits &&
          replaces && { [labels.replace]: service.container_name || `${service.name}-${number}` }),
      },
      withAliases: true,
    });
    const id = yield* createContainer(
      this.#compose,
      this.#project,
      service.name,
      name,
      body,
      service.platform,
    );
    this.#created.set(node, id);
    const known = this.#containers.get(service.name) ?? [];
    this.#containers.set(service.name, [...known, { Id: id, Names: [`/${name}`] }]);
  }

  #groupOf({ group = '' }: PlanNode): Group | undefined {
    return this.#groups.get(group);
  }

  *#tellStart(node: PlanNode): Steps<void> {
    const told = this.#groupOf(node);
    if (told) {
      if (!told.begun) yield* this.#compose.progress.working(told.name, 'Recreate');
      told.begun = true;
      return;
    }
    const words = wordsOf(node.operation);
    if (words) yield* this.#compose.progress.working(words.id, words.begins);
  }

  *#tellDone(node: PlanNode): Steps<void> {
    const told = this.#groupOf(node);
    if (told) {
      told.done += 1;
      if (told.done === told.size) yield* this.#compose.progress.done(told.name, 'Recreated');
      return;
    }
    const words = wordsOf(node.operation);
    if (words) yield* this.#compose.progress.done(words.id, words.ends);
  }

  *#tellError(node: PlanNode, error: CommandFailure): Steps<void> {
    const id = this.#groupOf(node)?.name ?? resourceOf(node.operation);
    yield* this.#compose.progress.error(id, error.message);
  }
}

function wordsOf(
  operation: Operation,
): { readonly id: string; readonly begins: string; readonly ends: string } | undefined {
  switch (operation.kind) {
    case 'create-container':
      return { id: `Container ${operation.name}`, begins: 'Creating', ends: 'Created' };
    case 'create-network':
      return { id: `Network ${operation.name}`, begins: 'Creating', ends: 'Created' };
    case 'create-volume':
      return { id: `Volume ${operation.name}`, begins: 'Creating', ends: 'Created' };
    case 'remove-network':
      return { id: `Network ${operation.name}`, begins: 'Removing', ends: 'Removed' };
    case 'remove-volume':
      return { id: `Volume ${operation.name}`, begins: 'Removing', ends: 'Removed' };
    case 'start':
      return { id: progressName(operation.container), begins: 'Starting', ends: 'Started' };
    case 'stop':
      return { id: progressName(operation.container), begins: 'Stopping', ends: 'Stopped' };
    case 'remove':
      return { id: progressName(operation.container), begins: 'Removing', ends: 'Removed' };
    default:
      return undefined;
  }
}

/** What an error is told of where there is no container yet. */
function resourceOf(operation: Operation): string {
  if ('container' in operation) return progressName(operation.container);
  if (operation.kind === 'create-container') return `service:${operation.service.name}:${operation.number}`;
  if ('key' in operation)
    return `${operation.kind.endsWith('network') ? 'network' : 'volume'}:${operation.key}`;
  return operation.name;
}

/** Stops a container and waits for that. @throws DaemonFailure */
export function* stopContainer(id: string, timeout: StopTimeout): Steps<void> {
  yield* ask('POST', `/containers/${id}/stop`, {
    query: timeout === undefined ? {} : { t: String(timeout) },
  });
}

/** Creates a container, and says what the engine warns of. @returns its id. @throws DaemonFailure */
export function* createContainer(
  { progress }: Compose,
  project: Project,
  service: string,
  name: string,
  body: object,
  platform = project.environment.DOCKER_DEFAULT_PLATFORM,
): Steps<string> {
  const query = { name, ...(platform ? { platform } : {}) };
  const { Id, Warnings } = yield* ask<{ readonly Id: string; readonly Warnings: readonly string[] }>(
    'POST',
    '/containers/create',
    { query, body },
  );
  for (const warning of Warnings) yield* progress.warning(service, warning);
  return Id;
}
