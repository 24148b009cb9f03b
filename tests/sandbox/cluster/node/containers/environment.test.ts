import { describe, expect, it } from 'vitest';
import type { EnvVar } from '../../../../../src/kubernetes/api.ts';
import { environmentOf } from '../../../../../src/sandbox/cluster/node/containers/environment.ts';
import { expand } from '../../../../../src/sandbox/cluster/node/containers/expansion.ts';
import { goDuration } from '../../../../../src/sandbox/go/go-duration.ts';
import { OneNode } from '../one-node.ts';

const sources = {
  podAddress: '10.244.1.7',
  hostAddress: '172.30.0.12',
  allocatable: { cpu: '4', memory: '8Gi' },
};

function variable(wanted: EnvVar, more: readonly EnvVar[] = []): string | undefined {
  const world = OneNode.fresh();
  const metadata = { name: 'shop', namespace: 'default' };
  world.cluster.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { level: 'info' },
  });
  world.cluster.create('secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    data: { password: btoa('hunter2') },
  });
  world.cluster.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'basket-db', namespace: 'default' },
    spec: { clusterIP: '10.96.7.7', ports: [{ port: 5432 }] },
  });
  const container = {
    name: 'app',
    image: 'busybox',
    env: [...more, wanted],
    resources: { limits: { cpu: '1500m' } },
  };
  world.run('web', { containers: [container] }, { app: 'web' });
  const pod = world.pod('web');
  if (!pod) throw new Error('no Pod');
  return environmentOf(world.cluster, pod, container, sources).get(wanted.name);
}

const from = (valueFrom: EnvVar['valueFrom']): EnvVar => ({ name: 'X', ...(valueFrom ? { valueFrom } : {}) });

describe('The environment of a container', () => {
  const cases: readonly (readonly [string, EnvVar, string | undefined])[] = [
    ['a plain value', { name: 'X', value: 'a' }, 'a'],
    ['another variable', { name: 'X', value: '$(A)-b' }, 'first-b'],
    ['a variable that comes later, or never', { name: 'X', value: '$(NOPE)' }, '$(NOPE)'],
    [
      'a Service',
      { name: 'X', value: '$(BASKET_DB_SERVICE_HOST):$(BASKET_DB_SERVICE_PORT)' },
      '10.96.7.7:5432',
    ],
    ['a ConfigMap', from({ configMapKeyRef: { name: 'shop', key: 'level' } }), 'info'],
    ['a Secret', from({ secretKeyRef: { name: 'shop', key: 'password' } }), 'hunter2'],
    [
      'what is optional and not there',
      from({ secretKeyRef: { name: 'nope', key: 'x', optional: true } }),
      undefined,
    ],
    ['the address of the Pod', from({ fieldRef: { fieldPath: 'status.podIP' } }), '10.244.1.7'],
    ['the node', from({ fieldRef: { fieldPath: 'spec.nodeName' } }), 'worker-1'],
    ['an account that nobody has named', from({ fieldRef: { fieldPath: 'spec.serviceAccountName' } }), ''],
    ['nothing', { name: 'X' }, ''],
    ['a request that is not made', from({ resourceFieldRef: { resource: 'requests.memory' } }), '0'],
    [
      'a limit that the node does not have either',
      from({ resourceFieldRef: { resource: 'limits.ephemeral-storage', divisor: '0' } }),
      '0',
    ],
    ['a label', from({ fieldRef: { fieldPath: "metadata.labels['app']" } }), 'web'],
    ['a limit, in whole units', from({ resourceFieldRef: { resource: 'limits.cpu' } }), '2'],
    [
      'a limit, in thousandths',
      from({ resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } }),
      '1500',
    ],
    [
      'the room of the node where there is no limit',
      from({ resourceFieldRef: { resource: 'limits.memory', divisor: '1Gi' } }),
      '8',
    ],
  ];
  for (const [what, given, value] of cases) {
    it(`takes ${what}`, () => expect(variable(given, [{ name: 'A', value: 'first' }])).toBe(value));
  }

  const refused: readonly (readonly [EnvVar['valueFrom'], string])[] = [
    [{ configMapKeyRef: { name: 'nope', key: 'x' } }, 'configmap "nope" not found'],
    [{ secretKeyRef: { name: 'nope', key: 'x' } }, 'secret "nope" not found'],
    [{ secretKeyRef: { name: 'shop', key: 'x' } }, "couldn't find key x in Secret default/shop"],
    [{ configMapKeyRef: { name: 'shop', key: 'x' } }, "couldn't find key x in ConfigMap default/shop"],
    [{ fieldRef: { fieldPath: 'spec.nope' } }, 'unsupported fieldPath: spec.nope'],
    [{ resourceFieldRef: { containerName: 'nope', resource: 'limits.cpu' } }, 'container nope not found'],
    [{ resourceFieldRef: { resource: 'limits.nope' } }, 'Unsupported container resource : limits.nope'],
    [{ resourceFieldRef: { resource: 'nope.cpu' } }, 'Unsupported container resource : nope.cpu'],
    [
      { fileKeyRef: { volumeName: 'v', path: 'x', key: 'y' } },
      'environment variables from files are not simulated',
    ],
  ];
  for (const [valueFrom, message] of refused) {
    it(`is refused: ${message}`, () => expect(() => variable(from(valueFrom))).toThrow(message));
  }

  it('keeps a dollar that is written twice', () => {
    expect(expand('$$(A) $(A) $B $(', () => 'x')).toBe('$(A) x $B $(');
  });
});

describe('A duration', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0s'],
    [980, '980ms'],
    [4512, '4.512s'],
    [62_500, '1m2.5s'],
    [3_600_000, '1h0m0s'],
  ];
  for (const [milliseconds, text] of cases) {
    it(`of ${milliseconds} ms is printed as Go does: ${text}`, () =>
      expect(goDuration(milliseconds)).toBe(text));
  }
});
