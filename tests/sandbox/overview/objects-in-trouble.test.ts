import { describe, expect, it } from 'vitest';
import { Onlooker } from './onlooker.ts';
import { aClaim, aPod, applied, aWorkload, nginx, shell } from './small-worlds.ts';

/** A small world, what is asked about, and all that `why` finds there. */
type World = readonly [name: string, lines: readonly string[], words: string, expected: string | RegExp];

const batch = 'batch/v1';
const apps = 'apps/v1';
const web = 'kubectl create deployment web --image=nginx:1.28';
const slow = applied(
  '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: slow}, provisioner: example.com/slow}',
);
const handMade = applied(
  '{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: "", hostPath: {path: /x}}}',
);
const data = { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] };

describe('why says of what is not as it should be', () => {
  it.each<World>([
    [
      'a Deployment that is paused',
      [web, 'kubectl rollout pause deploy/web', 'kubectl set image deploy/web nginx=nginx:1.27', 'sleep 10'],
      'deploy/web',
      'Deployment web: It is paused: a changed template is not rolled out.',
    ],
    [
      'a Deployment whose rollout takes too long',
      [
        web,
        `kubectl patch deploy web -p '{"spec":{"progressDeadlineSeconds":60}}'`,
        'sleep 10',
        'kubectl set image deploy/web nginx=nginx:9.99',
        'fast 3m',
      ],
      'deploy/web',
      /^Deployment web: It got no further for 60 seconds\. The Pods of before stay as long as the new ones are not ready\.\nPod web-\S+: The registry has no image nginx:9\.99\./,
    ],
    [
      'a ReplicaSet that a quota keeps from its Pods',
      [
        'kubectl create quota small --hard=pods=0',
        aWorkload(apps, 'ReplicaSet', 'web', { replicas: 2 }, { containers: [nginx()] }),
        'sleep 5',
      ],
      'rs/web',
      /^ReplicaSet web: Its Pods cannot be made: Pods "web-\w+" is forbidden: exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0\.$/,
    ],
    [
      'a StatefulSet whose first Pod does not come up',
      [
        aWorkload(
          apps,
          'StatefulSet',
          'db',
          { replicas: 3, serviceName: 'db' },
          { containers: [nginx({ image: 'nginx:9.99' })] },
        ),
        'sleep 10',
      ],
      'sts/db',
      /^StatefulSet db: It makes its Pods one after the other: 1 of 3 are there, and the next one comes when these are ready\.\nPod db-0: The registry has no image nginx:9\.99\./,
    ],
    [
      'a StatefulSet that makes all its Pods at once',
      [
        aWorkload(
          apps,
          'StatefulSet',
          'db',
          { replicas: 2, serviceName: 'db', podManagementPolicy: 'Parallel' },
          { containers: [nginx({ image: 'nginx:9.99' })] },
        ),
        'sleep 10',
      ],
      'sts/db',
      /^2 Pods \(db-0 and db-1\): The registry has no image nginx:9\.99\. The kubelet tries again and again, with longer and longer pauses\.$/,
    ],
    [
      'a DaemonSet that fits no node',
      [
        aWorkload(apps, 'DaemonSet', 'agent', {}, { nodeSelector: { disk: 'ssd' }, containers: [nginx()] }),
        'sleep 5',
      ],
      'ds/agent',
      'DaemonSet agent: No node fits what its Pods ask for, so it has none.',
    ],
    [
      'a Job that took too long',
      [
        aWorkload(
          batch,
          'Job',
          'slow',
          { activeDeadlineSeconds: 5 },
          { restartPolicy: 'Never', containers: [shell('sleep 100')] },
        ),
        'sleep 60',
      ],
      'job/slow',
      'Job slow: It is given up: Job was active longer than specified deadline.',
    ],
    [
      'a Job that is suspended',
      [
        aWorkload(
          batch,
          'Job',
          'later',
          { suspend: true },
          { restartPolicy: 'Never', containers: [shell('true')] },
        ),
        'sleep 5',
      ],
      'job/later',
      'Job later: It is suspended: nothing of it runs.',
    ],
    [
      'a CronJob that is suspended',
      [
        `kubectl create cronjob tick --image=busybox:1.36 --schedule='*/5 * * * *' -- true`,
        `kubectl patch cronjob tick -p '{"spec":{"suspend":true}}'`,
      ],
      'cronjob/tick',
      'CronJob tick: It is suspended: it makes no Jobs.',
    ],
    [
      'a namespace that goes',
      ['kubectl create namespace shop', 'kubectl delete namespace shop --wait=false'],
      'ns/shop',
      'Namespace shop: It is being deleted, with all that is in it.',
    ],
    [
      'a namespace that a finalizer holds',
      [
        'kubectl create namespace shop',
        applied(
          '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop, finalizers: [example.com/hold]}}',
        ),
        'kubectl delete namespace shop --wait=false',
        'sleep 30',
      ],
      'ns/shop',
      'Namespace shop: It is being deleted, with all that is in it. Some resources are remaining: configmaps. has 1 resource instances. Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances.',
    ],
    [
      'a node with too little memory, of which nobody says more',
      [
        `kubectl patch node worker-1 --subresource=status -p '{"status":{"conditions":[{"type":"MemoryPressure","status":"True","message":""}]}}'`,
      ],
      'node/worker-1',
      'Node worker-1: MemoryPressure.',
    ],
    [
      'a node that nobody is',
      [applied('{apiVersion: v1, kind: Node, metadata: {name: bare}}'), 'sleep 60'],
      'node/bare',
      'Node bare: No kubelet has ever spoken for it: it is only a name.',
    ],
  ])('%s', (_, lines, words, expected) => {
    const said = new Onlooker(...lines).because(words);
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it.each<readonly [name: string, lines: readonly string[], expected: string]>([
    [
      'asks for a class that is not there',
      [aClaim('data', { storageClassName: 'nope' })],
      'It asks for the StorageClass nope, and there is none of that name.',
    ],
    [
      'asks for no class',
      [aClaim('data', { storageClassName: '' })],
      'It names no StorageClass, so nobody makes a volume for it: it waits for a PersistentVolume that fits.',
    ],
    [
      'asks a provisioner that is not there',
      [slow, aClaim('data', { storageClassName: 'slow' })],
      'Its StorageClass slow has volumes made by example.com/slow, and nobody of that name is in this cluster.',
    ],
    [
      'asks a provisioner of old, of which nothing is left',
      [
        applied(
          '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: disk}, provisioner: kubernetes.io/no-provisioner}',
        ),
        aClaim('data', { storageClassName: 'disk' }),
      ],
      'Its StorageClass disk has volumes made by kubernetes.io/no-provisioner, and nobody of that name is in this cluster.',
    ],
    [
      'is used by nobody',
      [aClaim('data', {})],
      'Its StorageClass standard makes a volume when the first Pod uses it, and none does.',
    ],
    [
      'is used by a Pod that has no node',
      [aClaim('data', {}), aPod('web', { ...data, nodeSelector: { disk: 'ssd' }, containers: [nginx()] })],
      'Its StorageClass standard makes a volume when the Pod that uses it has a node.',
    ],
    [
      'gets its volume just now',
      [aClaim('data', {}), aPod('web', { ...data, containers: [nginx()] }), 'sleep 1'],
      'The provisioner of its StorageClass standard makes a volume for it.',
    ],
    [
      'names a volume that is not there',
      [aClaim('data', { storageClassName: '', volumeName: 'nope' })],
      'It names the volume nope: there is none of that name.',
    ],
    [
      'names a volume that another has',
      [
        handMade,
        aClaim('other', { storageClassName: '', volumeName: 'pv' }),
        'sleep 3',
        aClaim('data', { storageClassName: '', volumeName: 'pv' }),
        'sleep 3',
      ],
      'It names the volume pv: volume "pv" already bound to a different claim.',
    ],
    [
      'is deleted while a Pod uses it',
      [
        aClaim('data', {}),
        aPod('web', { ...data, containers: [nginx()] }),
        'sleep 20',
        'kubectl delete pvc data --wait=false',
      ],
      'It is deleted, and stays as long as a Pod uses it.',
    ],
  ])('a claim that %s', (_, lines, expected) => {
    const { findings, settled } = new Onlooker(...lines).why('pvc/data');
    expect(findings.map(({ because }) => because.join(' '))).toEqual([expected]);
    expect(settled).toEqual([]);
  });

  it('says once of a claim that two Pods use that it has no volume', () => {
    const onlooker = new Onlooker(
      aClaim('data', { storageClassName: '' }),
      aWorkload(apps, 'Deployment', 'web', { replicas: 2 }, { ...data, containers: [nginx()] }),
      'sleep 3',
    );
    expect(onlooker.why('deploy/web').findings.map(({ about }) => about)).toEqual([
      expect.stringMatching(/^2 Pods \(web-/),
      'Claim data',
    ]);
  });
});

describe('why says of what stands as it should', () => {
  it.each<readonly [name: string, lines: readonly string[], words: string, expected: readonly string[]]>([
    ['a node', [], 'node/worker-1', ['Node worker-1 is ready, and takes Pods.']],
    [
      'a node with a taint',
      [],
      'node/control-plane',
      ['Node control-plane is ready, and takes only Pods that tolerate its taint.'],
    ],
    [
      'a Deployment of one',
      [web, 'sleep 10'],
      'web',
      ['Deployment web has the Pod that it asks for, ready.'],
    ],
    [
      'a Deployment of none',
      [`${web} --replicas=0`, 'sleep 3'],
      'web',
      ['Deployment web asks for no Pods, and has none.'],
    ],
    [
      'a StatefulSet',
      [
        aWorkload(apps, 'StatefulSet', 'db', { replicas: 2, serviceName: 'db' }, { containers: [nginx()] }),
        'sleep 20',
      ],
      'sts/db',
      ['StatefulSet db has the 2 Pods that it asks for, ready.'],
    ],
    [
      'a DaemonSet',
      [aWorkload(apps, 'DaemonSet', 'agent', {}, { containers: [nginx()] }), 'sleep 10'],
      'ds/agent',
      ['DaemonSet agent has a ready Pod on each of the 2 nodes that it is for.'],
    ],
    [
      'a DaemonSet for one node',
      [
        'kubectl label node worker-1 disk=ssd',
        aWorkload(apps, 'DaemonSet', 'agent', {}, { nodeSelector: { disk: 'ssd' }, containers: [nginx()] }),
        'sleep 10',
      ],
      'ds/agent',
      ['DaemonSet agent has a ready Pod on the one node that it is for.'],
    ],
    [
      'a Job',
      ['kubectl create job once --image=busybox:1.36 -- true', 'sleep 20'],
      'job/once',
      ['Job once is complete.'],
    ],
    [
      'a CronJob',
      [`kubectl create cronjob tick --image=busybox:1.36 --schedule='*/5 * * * *' -- true`],
      'cronjob/tick',
      ['CronJob tick makes a Job whenever its schedule says so: */5 * * * *.'],
    ],
    [
      'a Pod that is done',
      ['kubectl run web --image=busybox:1.36 --restart=Never -- true', 'sleep 10'],
      'web',
      ['Pod web is done.'],
    ],
    [
      'a Pod',
      [aPod('web', { nodeName: 'worker-2', containers: [nginx()] }), 'sleep 10'],
      'web',
      ['Pod web runs on worker-2, and is ready.'],
    ],
    [
      'a Service',
      [web, 'kubectl expose deployment web --port=80', 'sleep 10'],
      'svc/web',
      ['Service web sends what comes to 1 endpoint.'],
    ],
    [
      'a Service that is a name',
      ['kubectl create service externalname ext --external-name=example.com'],
      'svc/ext',
      ['Service ext is another name for example.com.'],
    ],
    ['the Service of the API server', [], 'svc/kubernetes', []],
    [
      'an autoscaler',
      [
        web,
        'kubectl set resources deployment web --requests=cpu=10m',
        'kubectl autoscale deployment web --min=2 --max=3 --cpu=50%',
        'fast 3m',
      ],
      'hpa/web',
      ['Autoscaler web asks for 2 Pods.'],
    ],
    ['a ConfigMap, of which there is nothing to say', ['kubectl create configmap a'], 'cm/a', []],
  ])('%s', (_, lines, words, expected) => {
    const { findings, settled } = new Onlooker(...lines).why(words);
    expect(findings).toEqual([]);
    expect(settled).toEqual(expected);
  });

  it('says nothing yet of what is only on its way', () => {
    const { settled } = new Onlooker(
      aWorkload(apps, 'DaemonSet', 'agent', {}, { containers: [nginx()] }),
    ).why();
    expect(settled).toEqual([]);
  });

  it('names a claim with its volume', () => {
    const onlooker = new Onlooker(handMade, aClaim('data', { storageClassName: '' }), 'sleep 5');
    expect(onlooker.why('pvc/data').settled).toEqual(['Claim data is bound to volume pv.']);
  });

  it('leaves out what is not as it should be', () => {
    const { settled } = new Onlooker(
      web,
      'kubectl expose deployment web --port=80 --target-port=81',
      'sleep 10',
      'kubectl rollout pause deploy/web',
    ).why();
    expect(settled).toEqual([]);
  });
});
