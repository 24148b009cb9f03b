import { findPublished, fullName, readReference } from '../images/registry.ts';
import type { Sandbox } from '../sandbox.ts';

/** What the Docker Engine of the learner's machine keeps, as a condition names it. */
const dockerKinds = ['container', 'image', 'network', 'volume'] as const;
export type DockerKind = (typeof dockerKinds)[number];

/** Something of the engine's: `container/web`, `image/shop:1.0`. */
export interface DockerThing {
  readonly kind: DockerKind;
  readonly name: string;
}

/** Where images are besides the learner's machine: in their registry; otherwise the name of a node. */
const inRegistry = 'registry';

/** Reads a reference such as `container/web`; undefined when it names an object of the cluster. */
export function readDockerThing(reference: string): DockerThing | undefined {
  const place = reference.indexOf('/');
  const kind = dockerKinds.find((each) => each === reference.slice(0, place));
  return kind && { kind, name: reference.slice(place + 1) };
}

/** Reads a kind as it is counted, such as `containers`; undefined when it is one of the cluster's. */
export function readDockerKind(word: string): DockerKind | undefined {
  return dockerKinds.find((each) => `${each}s` === word);
}

/** What the engine says of a thing, as `docker inspect` shows it; undefined when it is not there. */
export function inspectThing(sandbox: Sandbox, { kind, name }: DockerThing): unknown {
  const encoded = encodeURIComponent(name);
  const ends = kind === 'container' || kind === 'image' ? '/json' : '';
  const body = read(sandbox, `/${kind}s/${encoded}${ends}`);
  // A container is found by the beginning of its id as well, which is not the name that was asked for.
  const called = (body as { Name?: string } | undefined)?.Name?.replace(/^\//, '');
  return called === undefined || called === name ? body : undefined;
}

/** All things of a kind that the engine has, running or not, each as `docker inspect` shows it. */
export function allThings(sandbox: Sandbox, kind: DockerKind): readonly unknown[] {
  const list = read(sandbox, kind === 'image' || kind === 'container' ? `/${kind}s/json` : `/${kind}s`, {
    all: '1',
  });
  const listed = kind === 'volume' ? (list as { Volumes: readonly unknown[] | null }).Volumes : list;
  return ((listed ?? []) as readonly Listed[]).flatMap(({ Id, Name, Names }) => {
    const name = Names?.[0]?.slice(1) ?? (kind === 'image' ? Id : Name) ?? '';
    return inspectThing(sandbox, { kind, name }) ?? [];
  });
}

interface Listed {
  readonly Id?: string;
  readonly Name?: string;
  readonly Names?: readonly string[];
}

/** The labels of a thing that was inspected. */
export function labelsOf(thing: unknown): Readonly<Record<string, string>> {
  const { Labels, Config } = thing as { Labels?: Labels; Config?: { Labels?: Labels } };
  return Labels ?? Config?.Labels ?? {};
}

type Labels = Readonly<Record<string, string>> | null;

/**
 * Looks for an image that is not on the learner's machine alone.
 *
 * @param where a node, or `registry` for the one that its name speaks of
 * @returns what is there instead; undefined when it is there
 * @throws Error when there is no such node
 */
export function imageMissing(sandbox: Sandbox, name: string, where: string): string | undefined {
  if (where === inRegistry) {
    const reference = readReference(name);
    if (reference && findPublished(sandbox.cluster.store, reference)) return undefined;
    return reference
      ? `the registry has no \`${fullName(reference)}\``
      : `\`${name}\` is no name of an image`;
  }
  if (!sandbox.cluster.get('nodes', undefined, where))
    throw new Error(`there is no node "${where}" that an image could be on`);
  return sandbox.runtime.findImage(where, name) ? undefined : `there is no image \`${name}\` on ${where}`;
}

/** "there is no container `web` on your machine". */
export function thingMissing({ kind, name }: DockerThing): string {
  return `there is no ${kind} \`${name}\` on your machine`;
}

/**
 * Whether a container does what it is there for: it runs, and is healthy if it is asked about its health.
 *
 * @param inspected as `docker inspect` shows it
 * @returns what is there instead; undefined when it does
 */
export function notRunning(inspected: unknown): string | undefined {
  const { State } = inspected as { State: State };
  const { Status, ExitCode, Error: why, Health } = State;
  switch (Status) {
    case 'running':
      return Health && Health.Status !== 'healthy'
        ? `it runs, and its health is: ${Health.Status}`
        : undefined;
    case 'restarting':
      return `it ends and is started again and again, the last time it ended with the code ${ExitCode}`;
    case 'created':
      return why === '' ? 'it was created, and not started' : `it could not be started: ${why}`;
    case 'exited':
      return `it has ended, with the code ${ExitCode}`;
    default:
      return `it is ${Status}`;
  }
}

interface State {
  readonly Status: string;
  readonly ExitCode: number;
  readonly Error: string;
  readonly Health?: { readonly Status: string };
}

function read(sandbox: Sandbox, path: string, query: Readonly<Record<string, string>> = {}): unknown {
  const response = sandbox.engine.handle({ method: 'GET', path, query, headers: {} });
  return response.status === 200 && 'body' in response ? response.body : undefined;
}
