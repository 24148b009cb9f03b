import { pause, print, type Steps } from '../../effects.ts';
import { removeContainer, stopSandbox } from '../cri/changes.ts';
import { imagesOnNode, pauseImage } from '../cri/images-on-node.ts';
import type { CriContainer, CriSandbox } from '../cri/pods-on-node.ts';
import { containerState } from './entries.ts';
import { showUsage } from './lists.ts';
import { BareExit, CrictlFailure, CriFailure, demanded, log } from './output.ts';
import type { CrictlRun } from './run.ts';

/** `crictl stop`: without `--timeout` nothing is given any time. What is not there has stopped. */
export function* runStop(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  const takesAll = options.on('all');
  if (takesAll && options.args.length > 0) {
    throw new BareExit('cannot specify CONTAINER-ID(s) when using --all');
  }
  if (!takesAll && options.args.length === 0) {
    throw new BareExit('you must specify at least one CONTAINER-ID or use --all');
  }
  const running = run.containers().filter((each) => containerState(each) === 'RUNNING');
  if (takesAll && running.length === 0) {
    yield* print('No running containers found.\n');
    return 0;
  }
  for (const id of takesAll ? running.map(({ container }) => container.id) : options.args) {
    const found = containerOrNone(run, id, 'stopping the container', {
      place: 'remote_runtime.go:459',
      says: 'StopContainer from runtime service failed',
      about: `containerID="${id}"`,
    });
    if (found) yield* stop(run, found, options.number('timeout'));
    yield* print(`${id}\n`);
    parts.simulation.settle();
  }
  return 0;
}

/** `crictl rm`. */
export function* runRm(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  const ids = options.on('all') ? run.containers().map(({ container }) => container.id) : options.args;
  if (ids.length === 0 && options.on('all')) {
    yield* log('info', 'No containers to remove');
    return 0;
  }
  if (ids.length === 0) return yield* showUsage('rm');
  const failures: string[] = [];
  for (const id of ids) {
    const told = statusTold(id);
    const given = demanded(`getting container status "${id}": `, () => run.container(id, told));
    if (containerState(given) === 'RUNNING') {
      if (!options.on('force')) {
        failures.push(`container "${id}" is running, please stop it first`);
        continue;
      }
      yield* stop(run, given, 0);
      yield* print(`${id}\n`);
    }
    parts.acted();
    removeContainer(parts, again(run, given));
    parts.simulation.settle();
    yield* print(`${id}\n`);
  }
  return ended(failures);
}

/** `crictl start`: the kubelet starts what it makes, so there is nothing to start. */
export function* runStart(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length === 0) throw new CrictlFailure('ID cannot be empty');
  for (const id of options.args) {
    const told = {
      place: 'remote_runtime.go:435',
      says: 'StartContainer from runtime service failed',
      about: `containerID="${id}"`,
    };
    const why = `starting the container "${id}": `;
    const given = demanded(why, () => run.container(id, told));
    const state = `container is in CONTAINER_${containerState(given)} state`;
    const failure = new CriFailure(
      'Unknown',
      `failed to set starting state for container "${given.container.id}": ${state}`,
      told,
    );
    failure.before = why;
    throw failure;
  }
  yield* print('');
  return 0;
}

/** `crictl stopp`. */
export function* runStopp(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length === 0) return yield* showUsage('stopp');
  for (const id of options.args) {
    const found = run.sandboxes().filter((each) => each.id.startsWith(id));
    if (found.length === 1) yield* stopPod(run, found[0] as CriSandbox);
    else if (found.length > 1) demanded(`stopping the pod sandbox "${id}": `, () => run.sandbox(id));
    yield* print(`Stopped sandbox ${id}\n`);
  }
  return 0;
}

/** `crictl rmp`. */
export function* runRmp(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  const ids = options.on('all') ? run.sandboxes().map(({ id }) => id) : options.args;
  if (ids.length === 0 && options.on('all')) {
    yield* log('info', 'No pods to remove');
    return 0;
  }
  if (ids.length === 0) return yield* showUsage('rmp');
  const failures: string[] = [];
  for (const id of ids) {
    const given = demanded(`getting sandbox status of pod "${id}": `, () => run.sandbox(id));
    if (given.isReady) {
      if (!options.on('force')) {
        failures.push(`pod sandbox "${id}" is running, please stop it first`);
        continue;
      }
      yield* stopPod(run, given);
      yield* print(`Stopped sandbox ${id}\n`);
    }
    parts.acted();
    for (const each of run.containers()) {
      if (each.sandbox.id === given.id) removeContainer(parts, each);
    }
    parts.simulation.settle();
    yield* print(`Removed sandbox ${id}\n`);
  }
  return ended(failures);
}

/** `crictl rmi`: an image goes with all of its names. What runs of it runs on. */
export function* runRmi(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  const { runtime, node } = parts;
  const takesAll = options.on('all') || options.on('prune');
  const used = new Set(run.containers().map(({ container }) => container.imageId));
  const all = imagesOnNode(parts).filter(
    ({ image, tags }) => !options.on('prune') || (!used.has(image.id) && !tags.includes(pauseImage)),
  );
  const ids = takesAll ? all.map(({ image }) => image.id) : [...new Set(options.args)];
  if (ids.length === 0 && takesAll) {
    yield* log('info', 'No images to remove');
    return 0;
  }
  if (ids.length === 0) return yield* showUsage('rmi');
  const failures: string[] = [];
  for (const id of ids) {
    const found = run.image(id);
    if (!found) {
      failures.push(`no such image ${id}`);
      continue;
    }
    if (found.tags.length > 1 && !id.startsWith('sha256:') && /[:/]/.test(id)) {
      yield* log(
        'warning',
        `Image "${id}" has multiple tags. Removing this image will delete all of the following tags:`,
      );
      for (const tag of found.tags) yield* log('warning', `  ${tag}`);
    }
    parts.acted();
    if (runtime.findImage(node, found.image.id)) runtime.removeImage(node, found.image.id);
    parts.simulation.settle();
    const names = found.tags.length > 0 ? found.tags : found.digests;
    yield* print(names.map((name) => `Deleted: ${name}\n`).join(''));
  }
  return ended(failures);
}

/** Stops a container, and waits for it. */
function* stop(run: CrictlRun, { container }: CriContainer, seconds: number): Steps<void> {
  const { runtime, node, simulation, cluster } = run.parts;
  if (container.state !== 'running' && container.state !== 'paused') return;
  run.parts.acted();
  runtime.stop(node, container.id, seconds * 1000);
  simulation.settle();
  const end = cluster.now + seconds * 1000 + 10_000;
  while (runtime.container(node, container.id)?.state === 'running' && cluster.now < end) yield* pause(1000);
}

function* stopPod(run: CrictlRun, sandbox: CriSandbox): Steps<void> {
  const { parts } = run;
  parts.acted();
  stopSandbox(
    parts,
    sandbox,
    run.containers().filter((each) => each.sandbox.id === sandbox.id),
  );
  parts.simulation.settle();
  yield* print('');
}

/** A container as it is by now. */
function again(run: CrictlRun, given: CriContainer): CriContainer {
  return run.containers().find(({ container }) => container.id === given.container.id) ?? given;
}

function statusTold(id: string) {
  return {
    place: 'remote_runtime.go:569',
    says: 'ContainerStatus from runtime service failed',
    about: `containerID="${id}"`,
  };
}

/** @returns undefined when there is none @throws CriFailure when there are several */
function containerOrNone(
  run: CrictlRun,
  id: string,
  doing: string,
  told: ReturnType<typeof statusTold>,
): CriContainer | undefined {
  const found = run.containers().filter(({ container }) => id !== '' && container.id.startsWith(id));
  return found.length > 1 ? demanded(`${doing} "${id}": `, () => run.container(id, told)) : found[0];
}

function ended(failures: readonly string[]): number {
  if (failures.length === 0) return 0;
  throw new CrictlFailure(failures.join('\n'));
}
