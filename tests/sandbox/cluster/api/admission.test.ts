import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../src/kubernetes/api.ts';
import { admit } from '../../../../src/sandbox/cluster/api/admission.ts';
import { TestServer } from './test-server.ts';

const root = '/api/v1/namespaces/default';

const pod = (spec: object = {}, name = 'web'): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
});

describe('a new Pod', () => {
  it('gets the token of its service account', () => {
    const { spec } = new TestServer().cluster.create(
      'pods',
      pod({ initContainers: [{ name: 'i', image: 'b' }] }),
    );
    const [volume] = spec?.volumes ?? [];
    expect(volume?.name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    const mount = {
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      name: volume?.name,
      readOnly: true,
    };
    expect(spec?.containers[0]?.volumeMounts).toEqual([mount]);
    expect(spec?.initContainers?.[0]?.volumeMounts).toEqual([mount]);
    expect(spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default', priority: 0 });
  });

  it.each([
    ['it does not want one', { automountServiceAccountToken: false }],
    [
      'it mounts something there itself',
      {
        containers: [
          {
            name: 'web',
            volumeMounts: [{ name: 'own', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
          },
        ],
      },
    ],
  ])('gets no token when %s', (_, spec) => {
    expect(new TestServer().cluster.create('pods', pod(spec)).spec?.volumes).toBeUndefined();
  });

  it('gets the pull secrets of its service account, unless it has some', () => {
    const server = new TestServer();
    server.ask(
      'PATCH',
      `${root}/serviceaccounts/default`,
      { imagePullSecrets: [{ name: 's' }] },
      {
        'content-type': 'application/merge-patch+json',
      },
    );
    expect(server.cluster.create('pods', pod()).spec?.imagePullSecrets).toEqual([{ name: 's' }]);
    const own = [{ name: 'own' }];
    expect(server.cluster.create('pods', pod({ imagePullSecrets: own }, 'b')).spec?.imagePullSecrets).toEqual(
      own,
    );
  });

  it('stays five minutes on a node that fails, unless it says otherwise', () => {
    const server = new TestServer();
    const key = 'node.kubernetes.io/not-ready';
    const seconds = (spec: object, name: string) =>
      server.cluster
        .create('pods', pod(spec, name))
        .spec?.tolerations?.map((each) => [each.key, each.tolerationSeconds]);
    expect(seconds({}, 'a')).toEqual([
      [key, 300],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    const own = [{ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }];
    expect(seconds({ tolerations: own }, 'b')).toEqual([
      [key, 5],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    expect(seconds({ tolerations: [{ operator: 'Exists' }] }, 'c')).toEqual([[undefined, undefined]]);
  });

  it('has the priority of its class, or of the default class', () => {
    const server = new TestServer();
    const make = (name: string, value: number, globalDefault: boolean) =>
      server.cluster.create('priorityclasses.scheduling.k8s.io', {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name },
        value,
        globalDefault,
      });
    make('high', 1000, false);
    expect(server.cluster.create('pods', pod({ priorityClassName: 'high' }, 'a')).spec?.priority).toBe(1000);
    make('usual', 7, true);
    expect(server.cluster.create('pods', pod({}, 'b')).spec).toMatchObject({
      priority: 7,
      priorityClassName: 'usual',
    });
  });

  it('passes again unchanged', () => {
    const server = new TestServer();
    const once = admit('pods', pod(), server.cluster);
    expect(admit('pods', once, server.cluster)).toBe(once);
  });

  it('shares its spec with others of its template', () => {
    const { cluster } = new TestServer();
    const { spec } = pod();
    const [one, other] = ['a', 'b'].map((end) =>
      cluster.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `web-${end}`, generateName: 'web-', namespace: 'default' },
        ...(spec ? { spec } : {}),
      }),
    );
    expect(one?.spec).toBe(other?.spec);
  });

  it('is left alone when it is the mirror of what a kubelet runs', () => {
    const mirror = {
      ...pod(),
      metadata: { ...pod().metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } },
    };
    expect(admit('pods', mirror, new TestServer().cluster)).toBe(mirror);
  });
});

describe('a LimitRange', () => {
  const withRange = (limits: object[]): TestServer => {
    const server = new TestServer();
    server.cluster.create('limitranges', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'r', namespace: 'default' },
      spec: { limits: limits as never },
    });
    return server;
  };
  const limited = (requests: object, limits: object) => ({
    containers: [{ name: 'web', image: 'nginx', resources: { requests, limits } }],
  });

  it('fills in what containers do not say, and tells of it', () => {
    const server = withRange([
      { type: 'Container', default: { memory: '512Mi', cpu: '1' }, defaultRequest: { memory: '256Mi' } },
    ]);
    const { metadata, spec } = server.cluster.create('pods', pod(limited({}, { cpu: '2' })));
    expect(spec?.containers[0]?.resources).toEqual({
      requests: { cpu: '2', memory: '256Mi' },
      limits: { memory: '512Mi', cpu: '2' },
    });
    expect(metadata.annotations?.['kubernetes.io/limit-ranger']).toBe(
      'LimitRanger plugin set: memory request for container web; memory limit for container web',
    );
  });

  it.each([
    [
      { type: 'Container', min: { cpu: '100m' } },
      {},
      {},
      'minimum cpu usage per Container is 100m.  No request is specified',
    ],
    [
      { type: 'Container', min: { cpu: '100m' } },
      { cpu: '50m' },
      {},
      'minimum cpu usage per Container is 100m, but request is 50m',
    ],
    [
      { type: 'Container', max: { memory: '1Gi' } },
      {},
      {},
      'maximum memory usage per Container is 1Gi.  No limit is specified',
    ],
    [
      { type: 'Container', max: { memory: '1Gi' } },
      {},
      { memory: '2Gi' },
      'maximum memory usage per Container is 1Gi, but limit is 2Gi',
    ],
    [
      { type: 'Pod', max: { cpu: '1' } },
      {},
      { cpu: '1500m' },
      'maximum cpu usage per Pod is 1, but limit is 1500m',
    ],
    [
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      { cpu: '100m' },
      { cpu: '300m' },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
    ],
  ])('forbids %j for %j and %j', (item, requests, limits, why) => {
    expect(() => withRange([item]).cluster.create('pods', pod(limited(requests, limits)))).toThrow(
      `pods "web" is forbidden: ${why}`,
    );
  });

  it('tells all that is wrong', () => {
    const server = withRange([{ type: 'Container', max: { cpu: '1', memory: '1Gi' } }]);
    expect(() => server.cluster.create('pods', pod(limited({}, { cpu: '2', memory: '2Gi' })))).toThrow(
      '[maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
    );
  });

  it('forbids claims of a wrong size', () => {
    const server = withRange([{ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }]);
    const claim = {
      apiVersion: 'v1' as const,
      kind: 'PersistentVolumeClaim' as const,
      metadata: { name: 'c', namespace: 'default' },
      spec: { resources: { requests: { storage: '2Gi' } } },
    };
    expect(() => server.cluster.create('persistentvolumeclaims', claim)).toThrow(
      'persistentvolumeclaims "c" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi',
    );
  });
});

describe('a ResourceQuota', () => {
  const withQuota = (
    hard: Record<string, string>,
    used: Record<string, string>,
    scopes?: string[],
  ): TestServer => {
    const server = new TestServer();
    server.cluster.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q', namespace: 'default' },
      spec: { hard, ...(scopes ? { scopes } : {}) },
      status: { hard, used },
    });
    return server;
  };
  const used = (server: TestServer) => server.cluster.get('resourcequotas', 'default', 'q')?.status?.used;
  const asking = (cpu: string) => ({
    containers: [{ name: 'web', image: 'nginx', resources: { requests: { cpu } } }],
  });

  it('is charged for what is made', () => {
    const server = withQuota({ pods: '3', 'requests.cpu': '1' }, { pods: '1', 'requests.cpu': '300m' });
    server.cluster.create('pods', pod(asking('250m')));
    expect(used(server)).toEqual({ pods: '2', 'requests.cpu': '550m' });
  });

  it('refuses what is too much, and is not charged', () => {
    const server = withQuota({ pods: '3', 'requests.cpu': '1' }, { pods: '1', 'requests.cpu': '900m' });
    expect(() => server.cluster.create('pods', pod(asking('250m')))).toThrow(
      'pods "web" is forbidden: exceeded quota: q, requested: requests.cpu=250m, used: requests.cpu=900m, limited: requests.cpu=1',
    );
    expect(used(server)).toEqual({ pods: '1', 'requests.cpu': '900m' });
  });

  it('refuses containers that do not say what they need', () => {
    const server = withQuota(
      { 'limits.cpu': '1', 'requests.memory': '1Gi' },
      { 'limits.cpu': '0', 'requests.memory': '0' },
    );
    expect(() => server.cluster.create('pods', pod())).toThrow(
      'pods "web" is forbidden: failed quota: q: must specify limits.cpu for: web; requests.memory for: web',
    );
  });

  it('counts nothing before it knows what is used', () => {
    expect(() => withQuota({ pods: '3' }, {}).cluster.create('pods', pod())).toThrow(
      'pods "web" is forbidden: status unknown for quota: q, resources: pods',
    );
  });

  it('counts objects of any kind', () => {
    const server = withQuota(
      { 'count/secrets': '0', configmaps: '1' },
      { 'count/secrets': '0', configmaps: '0' },
    );
    const answer = server.ask('POST', `${root}/secrets`, { metadata: { name: 's' } });
    expect([answer.status, answer.body.message]).toEqual([
      403,
      'secrets "s" is forbidden: exceeded quota: q, requested: count/secrets=1, used: count/secrets=0, limited: count/secrets=0',
    ]);
    expect(server.ask('POST', `${root}/configmaps`, { metadata: { name: 'a' } }).status).toBe(201);
    expect(server.ask('POST', `${root}/configmaps`, { metadata: { name: 'b' } }).status).toBe(403);
  });

  it('counts only what is in its scope', () => {
    const server = withQuota({ pods: '0' }, { pods: '0' }, ['BestEffort']);
    expect(() => server.cluster.create('pods', pod({}, 'a'))).toThrow('exceeded quota');
    expect(server.cluster.create('pods', pod(asking('1'), 'b')).metadata.name).toBe('b');
  });

  it('is not charged for a dry run', () => {
    const server = withQuota({ configmaps: '1' }, { configmaps: '0' });
    expect(server.ask('POST', `${root}/configmaps?dryRun=All`, { metadata: { name: 'a' } }).status).toBe(201);
    expect(used(server)).toEqual({ configmaps: '0' });
  });
});

describe('storage', () => {
  const claim = (spec: object) => ({
    apiVersion: 'v1' as const,
    kind: 'PersistentVolumeClaim' as const,
    metadata: { name: 'c', namespace: 'default' },
    spec,
  });
  const withClass = (): TestServer => {
    const server = new TestServer();
    server.cluster.create('storageclasses.storage.k8s.io', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'rancher.io/local-path',
    });
    return server;
  };

  it('is of the default class where none is named', () => {
    expect(withClass().cluster.create('persistentvolumeclaims', claim({})).spec?.storageClassName).toBe(
      'standard',
    );
  });

  it('is of no class where that is said', () => {
    const made = withClass().cluster.create('persistentvolumeclaims', claim({ storageClassName: '' }));
    expect(made.spec?.storageClassName).toBe('');
  });

  it('is protected from being deleted while it is in use', () => {
    const made = withClass().cluster.create('persistentvolumeclaims', claim({}));
    expect(made.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  });
});
