import { describe, expect, it } from 'vitest';
import type { Volume } from '../../../../../src/kubernetes/api.ts';
import { node, OneNode } from '../one-node.ts';

const sleeper = { name: 'app', image: 'busybox:1.36', command: ['sleep', '1000'] };

function withData(): OneNode {
  const world = OneNode.fresh('busybox:1.36');
  const metadata = { name: 'shop', namespace: 'default' };
  world.cluster.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'app.conf': 'colour=green\n', level: 'info' },
  });
  world.cluster.create('secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    data: { password: btoa('hunter2') },
  });
  return world;
}

function fileIn(world: OneNode, pod: string, path: string): string | undefined {
  const container = world.runtime
    .containers(node)
    .find(({ spec }) => spec.labels['io.kubernetes.pod.name'] === pod);
  const files = world.runtime.files(node, container?.id ?? '');
  const folder = path.slice(0, path.lastIndexOf('/'));
  const found = files.get(path);
  const target =
    found?.kind === 'link'
      ? files.get(`${folder}/${linked(files.get(`${folder}/..data`))}/${path.slice(folder.length + 1)}`)
      : found;
  return target?.kind === 'file' ? target.content : undefined;
}

function linked(node_: unknown): string {
  return (node_ as { target?: string } | undefined)?.target ?? '';
}

const kinds: readonly (readonly [string, Volume, string, string])[] = [
  ['a ConfigMap', { name: 'v', configMap: { name: 'shop' } }, '/data/app.conf', 'colour=green\n'],
  [
    'a key of a ConfigMap under another name',
    { name: 'v', configMap: { name: 'shop', items: [{ key: 'level', path: 'log-level' }] } },
    '/data/log-level',
    'info',
  ],
  ['a Secret, decoded', { name: 'v', secret: { secretName: 'shop' } }, '/data/password', 'hunter2'],
  [
    'the name of the Pod',
    { name: 'v', downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
    '/data/name',
    'web',
  ],
  [
    'several sources in one',
    { name: 'v', projected: { sources: [{ configMap: { name: 'shop' } }, { secret: { name: 'shop' } }] } },
    '/data/password',
    'hunter2',
  ],
];

describe('Volumes', () => {
  for (const [what, volume, path, content] of kinds) {
    it(`show ${what} as files`, () => {
      const world = withData();
      world.run('web', {
        volumes: [volume],
        containers: [{ ...sleeper, volumeMounts: [{ name: 'v', mountPath: '/data' }] }],
      });
      world.watch('web', 5);
      expect(fileIn(world, 'web', path)).toBe(content);
    });
  }

  const problems: readonly (readonly [string, Volume, string])[] = [
    [
      'a ConfigMap that is not there',
      { name: 'v', configMap: { name: 'absent' } },
      'configmap "absent" not found',
    ],
    [
      'a Secret that is not there',
      { name: 'v', secret: { secretName: 'absent' } },
      'secret "absent" not found',
    ],
    [
      'a key that is not there',
      { name: 'v', secret: { secretName: 'shop', items: [{ key: 'nope', path: 'x' }] } },
      'references non-existent secret key: nope',
    ],
    [
      'a folder of the node that is not there',
      { name: 'v', hostPath: { path: '/no/such/dir', type: 'Directory' } },
      'hostPath type check failed: /no/such/dir is not a directory',
    ],
    [
      'a kind that is not simulated',
      { name: 'v', nfs: { server: 'a', path: '/b' } },
      'volumes of the kind nfs are not simulated',
    ],
  ];
  for (const [what, volume, message] of problems) {
    it(`are not mounted from ${what}, and it is tried again after ever longer pauses`, () => {
      const world = withData();
      world.run('web', {
        volumes: [volume],
        containers: [{ ...sleeper, volumeMounts: [{ name: 'v', mountPath: '/data' }] }],
      });
      world.watch('web', 4);
      // At once, and after 0.5, 1.5 and 3.5 seconds.
      expect(world.events('web')).toEqual([
        `FailedMount x4: MountVolume.SetUp failed for volume "v" : ${message}`,
      ]);
    });
  }

  it('start a Pod that waited when the ConfigMap comes', () => {
    const world = withData();
    world.run('web', { volumes: [{ name: 'v', configMap: { name: 'late' } }], containers: [sleeper] });
    world.watch('web', 3);
    world.cluster.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'late', namespace: 'default' },
    });
    expect(world.watch('web', 10).at(-1)).toBe('Running app:Running*');
  });

  it('take up a changed ConfigMap after a while, where it is not mounted as a single file', () => {
    const world = withData();
    const volumeMounts = [
      { name: 'v', mountPath: '/data' },
      { name: 'v', mountPath: '/etc/app.conf', subPath: 'app.conf' },
    ];
    world.run('web', {
      volumes: [{ name: 'v', configMap: { name: 'shop' } }],
      containers: [{ ...sleeper, volumeMounts }],
    });
    world.watch('web', 5);
    const config = world.cluster.get('configmaps', 'default', 'shop');
    if (!config) throw new Error('no ConfigMap');
    world.cluster.update('configmaps', { ...config, data: { 'app.conf': 'colour=blue\n' } });
    world.watch('web', 5);
    expect(fileIn(world, 'web', '/data/app.conf')).toBe('colour=green\n');
    world.watch('web', 90);
    expect(fileIn(world, 'web', '/data/app.conf')).toBe('colour=blue\n');
    expect(fileIn(world, 'web', '/etc/app.conf')).toBe('colour=green\n');
  });

  it('take up what has changed of all that they are made from', () => {
    const world = withData();
    const labels = { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } };
    const volumes: readonly Volume[] = [
      { name: 'secret', secret: { secretName: 'shop' } },
      { name: 'own', downwardAPI: { items: [labels] } },
      {
        name: 'all',
        projected: {
          sources: [
            { configMap: { name: 'shop' } },
            { secret: { name: 'shop' } },
            { downwardAPI: { items: [labels] } },
          ],
        },
      },
      { name: 'none', emptyDir: {} },
      { name: 'node', hostPath: { path: '/etc' } },
    ];
    const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/${name}` }));
    world.run('web', { volumes, containers: [{ ...sleeper, volumeMounts }] }, { app: 'web' });
    world.watch('web', 5);
    const seen = () =>
      ['/secret/password', '/own/labels', '/all/password', '/all/level', '/all/labels'].map((path) =>
        fileIn(world, 'web', path),
      );
    expect(seen()).toEqual(['hunter2', 'app="web"', 'hunter2', 'info', 'app="web"']);
    const { cluster } = world;
    const secret = cluster.get('secrets', 'default', 'shop');
    const config = cluster.get('configmaps', 'default', 'shop');
    const pod = world.pod('web');
    if (!secret || !config || !pod) throw new Error('something is not there');
    cluster.update('secrets', { ...secret, data: { password: btoa('swordfish') } });
    cluster.update('configmaps', { ...config, data: { level: 'debug' } });
    cluster.update('pods', { ...pod, metadata: { ...pod.metadata, labels: { app: 'shop' } } } as typeof pod);
    world.watch('web', 120);
    const changed = ['swordfish', 'app="shop"', 'swordfish', 'debug', 'app="shop"'];
    expect(seen()).toEqual(changed);
    // What is there stays when its source has gone.
    cluster.remove('secrets', 'default', 'shop');
    cluster.remove('configmaps', 'default', 'shop');
    world.watch('web', 120);
    expect(seen()).toEqual(changed);
  });

  it('of the node keep what one Pod wrote for the next', () => {
    const world = withData();
    const volumes = [{ name: 'v', hostPath: { path: '/srv/shop', type: 'DirectoryOrCreate' } }];
    const volumeMounts = [{ name: 'v', mountPath: '/data' }];
    world.run('one', { volumes, containers: [{ ...sleeper, volumeMounts }] });
    world.watch('one', 3);
    world.runtime.writeFile(node, world.runtime.containers(node)[0]?.id ?? '', '/data/note', 'kept\n');
    world.cluster.remove('pods', 'default', 'one', { gracePeriodSeconds: 0 });
    world.watch('one', 3);
    world.run('two', { volumes, containers: [{ ...sleeper, volumeMounts }] });
    world.watch('two', 3);
    expect(fileIn(world, 'two', '/data/note')).toBe('kept\n');
  });
});
