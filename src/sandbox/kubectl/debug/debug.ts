import type { Container, EphemeralContainer, Node, Pod } from '../../../kubernetes/api.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { twoWayPatch } from '../changing/two-way.ts';
import type { KubectlContext } from '../context.ts';
import { fiveLetters } from '../create/five-letters.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { containersOf } from '../selecting/pod-containers.ts';
import { create, get, patch, remove } from '../server/client.ts';
import { nameOf, type Served } from '../server/served-object.ts';
import { objectNamed } from '../streams/pod-for.ts';
import { attachToDebugger } from './attach-debugger.ts';
import { demandFitting } from './demands.ts';
import { type Profile, readProfile, withProfile } from './profiles.ts';

/** A Pod, and the container in it that debugs. */
interface Debugged {
  readonly pod: Pod;
  /** Empty when none was added. */
  readonly container: string;
}

/** `kubectl debug (POD | node/NAME) --image=… [--copy-to=…]` (k8s.io/kubectl/pkg/cmd/debug). */
export function* runDebug(context: KubectlContext): Steps<number> {
  const { options } = context;
  const profile = readProfile(options);
  if (options.has('--custom')) {
    throw new CommandFailure('debug --custom is not simulated here. Choose one with --profile');
  }
  // kubectl 1.36 itself panics on a file.
  if (options.has('--filename')) throw new CommandFailure('debug -f is not simulated here. Name the Pod');
  yield* demandFitting(options);
  for (const word of options.args) {
    const { resource, object } = yield* objectNamed(context, [word]);
    let debugged: Debugged;
    if (resource.kind === 'Node') debugged = yield* debugNode(context, object as Node, profile);
    else if (resource.kind !== 'Pod') {
      const { group, version, kind } = resource;
      throw new CommandFailure(`"${group}/${version}, Kind=${kind}" not supported by debug`);
    } else if (options.text('--copy-to'))
      debugged = yield* debugCopy(context, object as Served<Pod>, profile);
    else debugged = yield* debugInside(context, object as Served<Pod>, profile);
    const attaches = options.on('--attach', options.on('--stdin'));
    if (attaches && debugged.container !== '') {
      yield* attachToDebugger(context, debugged.pod, debugged.container);
    }
  }
  return 0;
}

function pathOfPods(namespace: string, name?: string): string {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  return name === undefined ? path : `${path}/${encodeURIComponent(name)}`;
}

/** Five letters; by chance in life, here by the time, so that the same world gives the same name. */
function* suffix(seed: string): Steps<string> {
  return fiveLetters(`${seed}${yield* now()}`);
}

function* containerName(options: Options, pod: Pod): Steps<string> {
  const given = options.text('--container', '');
  if (given !== '') return given;
  const taken = containersOf(pod).map(({ name }) => name);
  let name = '';
  for (let count = 0; name === '' || taken.includes(name); count++) {
    name = `debugger-${yield* suffix(`${pod.metadata.name}${count}`)}`;
  }
  if (!options.on('--quiet')) yield* print(`Defaulting debug container name to ${name}.\n`);
  return name;
}

function envOf(options: Options): { readonly env?: readonly { name: string; value: string }[] } {
  const env = options.all('--env').flatMap((text) =>
    // One pair may hold commas; of several, each is one.
    (text.split('=').length === 2 ? [text] : text.split(',')).map((pair) => {
      const equals = pair.indexOf('=');
      return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    }),
  );
  return env.length > 0 ? { env } : {};
}

function commandOf(options: Options): Partial<Container> {
  const { afterDashes } = options.command;
  if (afterDashes.length === 0) return {};
  return options.on('--arguments-only') ? { args: afterDashes } : { command: afterDashes };
}

function newContainer(options: Options, name: string): Container {
  const pull = options.text('--image-pull-policy', '');
  return {
    name,
    image: options.text('--image', ''),
    ...commandOf(options),
    ...envOf(options),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(options.on('--stdin') ? { stdin: true } : {}),
    ...(options.on('--tty') ? { tty: true } : {}),
    terminationMessagePolicy: 'File',
  };
}

/** Adds a container for debugging to a Pod that runs. */
function* debugInside({ options }: KubectlContext, pod: Served<Pod>, profile: Profile): Steps<Debugged> {
  const name = yield* containerName(options, pod);
  const target = options.text('--target', '');
  const added: EphemeralContainer = {
    ...newContainer(options, name),
    ...(target === '' ? {} : { targetContainerName: target }),
  };
  const { spec } = pod;
  const { ephemeralContainers: present = [] } = spec;
  const ephemeralContainers = [...present, added];
  const wanted = withProfile(
    { ...pod, spec: { ...spec, ephemeralContainers } },
    name,
    profile,
    'ephemeral',
    options,
  );
  yield* warnOfUser(
    wanted,
    wanted.spec?.ephemeralContainers?.find((each) => each.name === name),
  );
  const { namespace = '', name: podName = '' } = pod.metadata;
  const body = twoWayPatch(pod, wanted);
  const changed = yield* patch<Pod>(
    `${pathOfPods(namespace, podName)}/ephemeralcontainers`,
    'strategic',
    body,
  );
  return { pod: changed, container: name };
}

function* warnOfUser(pod: Pod, container: Pick<Container, 'securityContext'> | undefined): Steps<void> {
  const user = pod.spec?.securityContext?.runAsUser;
  const own = container?.securityContext;
  if (!user || !own || own.runAsUser === 0) return;
  if (!own.privileged && !own.capabilities?.add?.length) return;
  yield* complain(
    'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
  );
}

/** Makes a copy of a Pod, with a container for debugging or with others changed. */
function* debugCopy({ options }: KubectlContext, pod: Served<Pod>, profile: Profile): Steps<Debugged> {
  const { copy, container } = yield* copied(options, pod);
  const wanted = container === '' ? copy : withProfile(copy, container, profile, 'copy', options);
  yield* warnOfUser(
    wanted,
    wanted.spec?.containers.find(({ name }) => name === container),
  );
  const { namespace = '', name = '' } = pod.metadata;
  const made = yield* create<Pod>(pathOfPods(namespace), wanted);
  if (options.on('--replace')) {
    yield* remove(pathOfPods(namespace, name), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: 0,
    });
  }
  return { pod: made, container };
}

function* copied(
  options: Options,
  pod: Served<Pod>,
): Steps<{ readonly copy: Served<Pod>; readonly container: string }> {
  const { annotations, labels, namespace = '' } = pod.metadata;
  const metadata = {
    name: options.text('--copy-to', ''),
    namespace,
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  };
  const { ephemeralContainers: _, nodeName, ...spec } = pod.spec;
  const images = Object.fromEntries(
    options
      .all('--set-image')
      .flatMap((text) => text.split(',').map((pair) => pair.split('=') as [string, string])),
  );
  const containers = spec.containers.map((each) => {
    const image = images[each.name] ?? images['*'];
    return image === undefined ? each : { ...each, image };
  });
  const shared = options.has('--share-processes')
    ? { shareProcessNamespace: options.on('--share-processes') }
    : {};
  const copy: Served<Pod> = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { ...spec, ...(nodeName && options.on('--same-node') ? { nodeName } : {}), ...shared, containers },
  };
  const given = options.text('--container', '');
  const before = containers.find(({ name }) => name === given);
  if (before) {
    const changed = containers.map((each) => (each === before ? changedContainer(options, each) : each));
    return { copy: withContainers(copy, changed), container: before.name };
  }
  if (!options.text('--image')) {
    if (Object.keys(images).length > 0) return { copy, container: '' };
    throw new CommandFailure('you must specify image when creating new container');
  }
  const name = yield* containerName(options, copy);
  return { copy: withContainers(copy, [...containers, newContainer(options, name)]), container: name };
}

function withContainers(pod: Served<Pod>, containers: readonly Container[]): Served<Pod> {
  return { ...pod, spec: { ...pod.spec, containers } };
}

function changedContainer(options: Options, container: Container): Container {
  const { stdin: _, tty: __, ...rest } = container;
  const hasCommand = options.command.afterDashes.length > 0 && !options.on('--arguments-only');
  const { args, ...withoutArgs } = rest;
  const image = options.text('--image', '');
  const pull = options.text('--image-pull-policy', '');
  return {
    ...(hasCommand ? withoutArgs : { ...withoutArgs, ...(args ? { args } : {}) }),
    ...commandOf(options),
    ...envOf(options),
    ...(image === '' ? {} : { image }),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(options.on('--stdin') ? { stdin: true } : {}),
    ...(options.on('--tty') ? { tty: true } : {}),
  };
}

/** Makes a Pod on a node that sees the node's own files and processes. */
function* debugNode(context: KubectlContext, node: Node, profile: Profile): Steps<Debugged> {
  const { options } = context;
  const { namespace } = yield* context.target();
  const container = options.text('--container') || 'debugger';
  const nodeName = nameOf(node.metadata);
  const name = `node-debugger-${nodeName}-${yield* suffix(nodeName)}`;
  if (!options.on('--quiet')) {
    yield* print(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`);
  }
  const pod: Served<Pod> = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(options, container)],
      nodeName,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  };
  const made = yield* create<Pod>(
    pathOfPods(namespace),
    withProfile(pod, container, profile, 'node', options),
  );
  return { pod: yield* get<Pod>(pathOfPods(namespace, made.metadata.name)), container };
}
