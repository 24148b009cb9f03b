import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../../src/kubernetes/api.ts';
import { OneNode, shell } from './one-node.ts';

// What a Pod's status says, one after the other, as the lab's cluster of Kubernetes 1.36.3 showed it.

const sleeper = { name: 'app', image: 'busybox:1.36', command: ['sleep', '1000'] };
const web = { name: 'web', image: 'nginx:1.28' };

interface Case {
  readonly name: string;
  readonly spec: Partial<PodSpec> & Pick<PodSpec, 'containers'>;
  readonly seconds: number;
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'A server runs within two seconds',
    spec: { containers: [web] },
    seconds: 10,
    says: ['Pending web:ContainerCreating', 'Running web:Running*'],
  },
  {
    name: 'A container that fails is started again at once, and then after a pause that ends in CrashLoopBackOff',
    spec: { containers: [shell('app', 'exit 1')] },
    seconds: 18,
    says: [
      'Pending app:ContainerCreating',
      'Running app:Error',
      'Running app:Error/1',
      'Running app:CrashLoopBackOff/1',
      'Running app:Error/2',
    ],
  },
  {
    name: 'A Pod that runs once ends as its container does',
    spec: { restartPolicy: 'Never', containers: [{ ...sleeper, command: ['sleep', '2'] }] },
    seconds: 10,
    says: [
      'Pending app:ContainerCreating',
      'Running app:Running*',
      'Running app:Completed',
      'Succeeded app:Completed',
    ],
  },
  {
    name: 'A Pod that runs once fails as its container does',
    spec: { restartPolicy: 'Never', containers: [shell('app', 'sleep 2; exit 3')] },
    seconds: 10,
    says: ['Pending app:ContainerCreating', 'Running app:Running*', 'Running app:Error', 'Failed app:Error'],
  },
  {
    name: 'An image that is not there is tried again after ten seconds, and the status lags behind',
    spec: { containers: [{ ...web, image: 'nginx:9.99' }] },
    seconds: 18,
    says: ['Pending web:ContainerCreating', 'Pending web:ErrImagePull', 'Pending web:ImagePullBackOff'],
  },
  {
    name: 'Of an image that may not be pulled it is said so',
    spec: { containers: [{ ...web, image: 'nginx:1.27', imagePullPolicy: 'Never' }] },
    seconds: 5,
    says: ['Pending web:ContainerCreating', 'Pending web:ErrImageNeverPull'],
  },
  {
    name: 'A name that is none is no image',
    spec: { containers: [{ ...web, image: 'Nginx:1' }] },
    seconds: 5,
    says: ['Pending web:ContainerCreating', 'Pending web:InvalidImageName'],
  },
  {
    name: 'Without the ConfigMap it takes its environment from, a container is not created',
    spec: { containers: [{ ...sleeper, envFrom: [{ configMapRef: { name: 'absent' } }] }] },
    seconds: 5,
    says: ['Pending app:ContainerCreating', 'Pending app:CreateContainerConfigError'],
  },
  {
    name: 'Without a volume nothing is created',
    spec: {
      volumes: [{ name: 'c', configMap: { name: 'absent' } }],
      containers: [{ ...sleeper, volumeMounts: [{ name: 'c', mountPath: '/c' }] }],
    },
    seconds: 20,
    says: ['Pending app:ContainerCreating'],
  },
  {
    name: 'A command that is not there counts as a crash, in a Pod that counts as running',
    spec: { containers: [{ ...sleeper, command: ['nope'] }] },
    seconds: 5,
    says: [
      'Pending app:ContainerCreating',
      'Running app:RunContainerError',
      'Running app:RunContainerError/1',
    ],
  },
  {
    name: 'Init containers run one after the other',
    spec: {
      initContainers: [
        { ...sleeper, name: 'one', command: ['sleep', '1.5'] },
        { ...sleeper, name: 'two', command: ['sleep', '1.5'] },
      ],
      containers: [sleeper],
    },
    seconds: 10,
    says: [
      'Pending one:PodInitializing two:PodInitializing app:PodInitializing',
      'Pending one:Running two:PodInitializing app:PodInitializing',
      'Pending one:Completed* two:PodInitializing app:PodInitializing',
      'Pending one:Completed* two:Running app:PodInitializing',
      'Pending one:Completed* two:Completed* app:PodInitializing',
      'Running one:Completed* two:Completed* app:Running*',
    ],
  },
  {
    name: 'A failed init container ends a Pod that runs once',
    spec: { restartPolicy: 'Never', initContainers: [shell('one', 'exit 1')], containers: [sleeper] },
    seconds: 5,
    says: [
      'Pending one:PodInitializing app:PodInitializing',
      'Pending one:Error app:PodInitializing',
      'Failed one:Error app:PodInitializing',
    ],
  },
  {
    name: 'A sidecar runs beside the main container, and is stopped after it',
    spec: {
      restartPolicy: 'Never',
      initContainers: [{ ...web, name: 'side', restartPolicy: 'Always' }],
      containers: [{ ...sleeper, command: ['sleep', '3'] }],
    },
    seconds: 20,
    says: [
      'Pending side:PodInitializing app:PodInitializing',
      'Pending side:Running* app:PodInitializing',
      'Running side:Running* app:Running*',
      'Running side:Running* app:Completed',
      'Running side:Completed app:Completed',
      'Succeeded side:Completed app:Completed',
    ],
  },
  {
    name: 'A Pod may run only so long, and then has the usual grace',
    spec: { activeDeadlineSeconds: 12, terminationGracePeriodSeconds: 5, containers: [sleeper] },
    seconds: 30,
    says: [
      'Pending app:ContainerCreating',
      'Running app:Running*',
      'Running app:Error',
      'Failed DeadlineExceeded app:Error',
    ],
  },
];

describe('The kubelet', () => {
  for (const { name, spec, seconds, says } of cases) {
    it(name, () => {
      const world = OneNode.fresh('nginx:1.28', 'busybox:1.36');
      world.run('shop', spec);
      expect(world.watch('shop', seconds)).toEqual(says);
    });
  }

  it('tells of an image that it had to pull how long that took, and how large it is', () => {
    const world = OneNode.fresh();
    world.run('shop', { containers: [web] });
    world.watch('shop', 10);
    expect(world.events('shop')).toEqual([
      'Created x1: Container created',
      expect.stringMatching(
        /^Pulled x1: Successfully pulled image "nginx:1\.28" in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+ bytes\.$/,
      ),
      'Pulling x1: Pulling image "nginx:1.28"',
      'Started x1: Container started',
    ]);
  });

  it('pulls on a node one image after the other, and each once', () => {
    const world = OneNode.fresh();
    for (const name of ['one', 'two']) world.run(name, { containers: [web] });
    world.run('other', { containers: [{ name: 'cache', image: 'redis:7' }] });
    world.watch('one', 30);
    const waits = ['one', 'two', 'other'].map((name) =>
      world.events(name).find((each) => each.startsWith('Pulled')),
    );
    expect(waits[0]).toMatch(/in 2\.\ds \(2\.\ds including/);
    expect(waits[1]).toMatch(/in (0s|2\.\ds) \(/);
    expect(world.runtime.images('worker-1')).toHaveLength(2);
  });

  it('repeats the words of the registry when an image is not there', () => {
    const world = OneNode.fresh();
    world.run('shop', { containers: [{ ...web, image: 'nginx:9.99' }] });
    world.watch('shop', 5);
    const why =
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.99": failed to resolve image: docker.io/library/nginx:9.99: not found';
    expect(world.events('shop')).toEqual([
      'BackOff x1: Back-off pulling image "nginx:9.99"',
      'Failed x1: Error: ErrImagePull',
      'Failed x1: Error: ImagePullBackOff',
      `Failed x1: Failed to pull image "nginx:9.99": ${why}`,
      'Pulling x1: Pulling image "nginx:9.99"',
    ]);
    expect(world.pod('shop')?.status?.containerStatuses?.[0]?.state?.waiting?.message).toBe(why);
  });

  it('doubles the pause between crashes up to five minutes', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.run('shop', { containers: [shell('app', 'exit 1')] });
    const pauses = new Set<string>();
    world.cluster.store.listen(({ table, after }) => {
      if (table !== 'pods') return;
      const { message = '' } = world.pod('shop')?.status?.containerStatuses?.[0]?.state?.waiting ?? {};
      const pause = /^back-off (\S+) restarting failed container=app pod=shop_default\(/.exec(message)?.[1];
      if (pause && after) pauses.add(pause);
    });
    world.simulation.advance(30 * 60_000);
    expect([...pauses]).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s']);
  });

  it('stops a Pod that is deleted: the signal, the grace, and then SIGKILL', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.run('shop', { terminationGracePeriodSeconds: 8, containers: [sleeper] });
    world.watch('shop', 5);
    world.cluster.remove('pods', 'default', 'shop');
    expect(world.watch('shop', 7.5)).toEqual(['Running app:Running*']);
    expect(world.watch('shop', 2)).toEqual(['Failed app:Error', 'gone']);
    expect(world.events('shop')).toContain('Killing x1: Stopping container app');
  });

  it('lets a Pod go as soon as it has stopped by itself', () => {
    const world = OneNode.fresh('nginx:1.28');
    world.run('shop', { containers: [web] });
    world.watch('shop', 5);
    world.cluster.remove('pods', 'default', 'shop');
    expect(world.watch('shop', 1)).toEqual(['Running web:Running*', 'Succeeded web:Completed', 'gone']);
  });

  it('shortens the grace of a Pod that is deleted a second time', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.run('shop', { terminationGracePeriodSeconds: 300, containers: [sleeper] });
    world.watch('shop', 5);
    world.cluster.remove('pods', 'default', 'shop');
    world.watch('shop', 10);
    world.cluster.remove('pods', 'default', 'shop', { gracePeriodSeconds: 1 });
    expect(world.watch('shop', 4).at(-1)).toBe('gone');
  });

  it('leaves nothing behind of a Pod that is gone', () => {
    const world = OneNode.fresh('nginx:1.28');
    world.run('shop', {
      volumes: [{ name: 'tmp', emptyDir: {} }],
      containers: [{ ...web, volumeMounts: [{ name: 'tmp', mountPath: '/x' }] }],
    });
    world.watch('shop', 5);
    world.cluster.remove('pods', 'default', 'shop', { gracePeriodSeconds: 0 });
    world.watch('shop', 5);
    const { tables } = world.cluster.store.snapshot();
    for (const table of ['kubelet/pods', 'runtime/containers', 'runtime/processes', 'runtime/volumes']) {
      expect(Object.keys(tables[table] ?? {}), table).toEqual([]);
    }
    expect(Object.keys(tables['network/networks'] ?? {})).toEqual(['node/worker-1']);
  });

  it('replaces a container whose image was changed', () => {
    const world = OneNode.fresh('nginx:1.28', 'nginx:1.27');
    world.run('shop', { containers: [web] });
    world.watch('shop', 5);
    const pod = world.cluster.get('pods', 'default', 'shop');
    if (!pod?.spec) throw new Error('no Pod');
    world.cluster.update('pods', {
      ...pod,
      spec: { ...pod.spec, containers: [{ ...web, image: 'nginx:1.27' }] },
    });
    world.watch('shop', 5);
    expect(world.events('shop')).toContain('Killing x1: Container web definition changed, will be restarted');
    expect(world.pod('shop')?.status?.containerStatuses?.[0]).toMatchObject({
      image: 'docker.io/library/nginx:1.27',
      restartCount: 1,
    });
  });
});
