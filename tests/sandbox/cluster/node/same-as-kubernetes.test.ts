import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ObjectMeta, PodSpec, PodStatus } from '../../../../src/kubernetes/api.ts';
import type { ApiObject } from '../../../../src/sandbox/cluster/object.ts';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import type { World } from '../../../../src/sandbox/world.ts';
// @ts-expect-error the cases are JavaScript, because the recorder reads them, too
import { cases } from '../../../fixtures/sandbox/kubelet/cases.mjs';
// @ts-expect-error as above
import { objects } from '../../../fixtures/sandbox/kubelet/objects.mjs';

interface Case {
  readonly name: string;
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec: PodSpec;
  /** Whether the scheduler gives it to the node. */
  readonly scheduled?: boolean;
  readonly after?: number;
  readonly deleted?: number;
  readonly again?: number;
  readonly later?: number;
}

interface Told {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath?: string;
}

interface Answer {
  readonly status?: PodStatus;
  readonly events: readonly Told[];
  readonly logs: Readonly<Record<string, string>>;
}

const recorded: Readonly<Record<string, Answer>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/kubelet/answers.json', import.meta.url), 'utf8'),
);

const root = '/api/v1/namespaces/kubelet-cases';
const node = 'worker-1';

/** A cluster with the namespace, what the Pods refer to, and the images on the node. */
function prepared(): World {
  const sandbox = Sandbox.fresh({ now: Date.parse('2026-11-20T09:00:00Z'), seed: 7, nodes: 3 });
  send(sandbox, 'POST', '/api/v1/namespaces', { metadata: { name: 'kubelet-cases' } });
  sandbox.advance(3000);
  for (const object of objects as readonly ApiObject[]) {
    send(sandbox, 'POST', `${root}/${object.kind.toLowerCase()}s`, object);
  }
  for (const image of ['busybox:1.36', 'nginx:1.28']) {
    const pull = sandbox.runtime.resolvePull(node, image);
    if ('image' in pull) sandbox.runtime.keepImage(node, image, pull.image);
  }
  sandbox.advance(3000);
  return sandbox.snapshot();
}

function send(
  sandbox: Sandbox,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): { readonly status: number; readonly body: unknown } {
  const response = sandbox.request({ method, path, query: {}, headers: {}, ...(body ? { body } : {}) });
  if ('stream' in response) throw new Error(`a stream from ${path}`);
  return { status: response.status, body: 'text' in response ? response.text : response.body };
}

function answerTo(world: World, given: Case): Answer {
  const { name, metadata = {}, spec, scheduled, after = 9, deleted, again, later = 0 } = given;
  const sandbox = new Sandbox(world);
  const path = `${root}/pods/${name}`;
  const placed = scheduled ? { nodeSelector: { 'kubernetes.io/hostname': node } } : { nodeName: node };
  const made = send(sandbox, 'POST', `${root}/pods`, {
    metadata: { ...metadata, name },
    spec: { ...placed, ...spec },
  });
  expect(made, name).toMatchObject({ status: 201 });
  sandbox.advance(after * 1000);
  if (deleted !== undefined) {
    send(sandbox, 'DELETE', path, { gracePeriodSeconds: deleted });
    if (again !== undefined) {
      sandbox.advance(1000);
      send(sandbox, 'DELETE', path, { gracePeriodSeconds: again });
    }
    sandbox.advance(later * 1000);
  }
  const pod = sandbox.cluster.get('pods', 'kubelet-cases', name);
  const events = sandbox.cluster
    .list('events', 'kubelet-cases')
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ type = '', reason = '', message = '', involvedObject: { fieldPath } }) => ({
      type,
      reason,
      message,
      ...(fieldPath === undefined ? {} : { fieldPath }),
    }));
  const logs: Record<string, string> = {};
  for (const { name: container } of [...(spec.initContainers ?? []), ...spec.containers]) {
    const response = sandbox.request({
      method: 'GET',
      path: `${path}/log`,
      query: { container },
      headers: {},
    });
    if (response.status === 200 && 'text' in response) logs[container] = response.text;
  }
  return { ...(pod?.status ? { status: pod.status } : {}), events, logs };
}

/** Times, addresses and identifiers are different each time; digests are those of other builds, nodes of another size. */
function plain(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/\b[0-9a-f]{64}\b/g, 'ID')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID')
    .replace(/\b10\.244\.1\.\d+\b/g, 'ADDRESS')
    .replace(/used: \d+, capacity: \d+/, 'used: N, capacity: N')
    .replace(/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-xxxxx');
}

function plainValue(value: unknown): unknown {
  return JSON.parse(plain(JSON.stringify(value)));
}

function comparable({ status, events, logs }: Answer): unknown {
  const told = events.map(({ type, reason, message, fieldPath = '' }) =>
    plain(`${type} ${reason} ${fieldPath}: ${message}`),
  );
  return {
    status: status === undefined ? 'gone' : plainValue(comparableStatus(status)),
    // The order of what happens at one moment is by chance, and how often a thing was told a matter of moments.
    events: [...new Set(told)].sort(),
    // A server tells of its machine, and of each request.
    logs: Object.entries(logs).flatMap(([name, text]) => (name === 'web' ? [] : [`${name}: ${plain(text)}`])),
  };
}

/** What the Pod as a whole was given is read from its cgroup, of which the sandbox says nothing. */
function comparableStatus(status: PodStatus): unknown {
  const { resources: _, allocatedResources: __, ...rest } = status as PodStatus & Record<string, unknown>;
  return rest;
}

describe('The kubelet makes of a Pod what that of Kubernetes 1.36.3 makes of it', () => {
  let world: World;
  beforeAll(() => {
    world = prepared();
  });

  it.each(Object.entries(cases as Readonly<Record<string, Case>>))('%s', (title, given) => {
    const theirs = recorded[title];
    if (!theirs) throw new Error(`nothing is recorded of: ${title}`);
    expect(comparable(answerTo(world, given))).toEqual(comparable(theirs));
  });
});
