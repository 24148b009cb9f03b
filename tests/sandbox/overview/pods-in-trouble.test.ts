import { describe, expect, it } from 'vitest';
import { Onlooker } from './onlooker.ts';
import { aClaim, aPod, applied, nginx, shell } from './small-worlds.ts';

/** A small world, and what `why pod/web` says of it. */
type World = readonly [name: string, lines: readonly string[], expected: string | RegExp];

const beside = (topologyKey: string, app: string) => [
  { topologyKey, labelSelector: { matchLabels: { app } } },
];
const host = 'kubernetes.io/hostname';
const hostPort = nginx({ ports: [{ containerPort: 80, hostPort: 8080 }] });
const alone = {
  podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: beside(host, 'web') },
};
const claimed = {
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
  containers: [nginx()],
};
const volume = (spec: object) =>
  applied(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: '',
        hostPath: { path: '/x' },
        ...spec,
      },
    }),
  );
const onlyOn = (node: string) => ({
  nodeAffinity: {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: host, operator: 'In', values: [node] }] }] },
  },
});
const policy = (spec: object) =>
  applied(
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'rules' },
      spec: { podSelector: {}, ...spec },
    }),
  );

describe('why a Pod has no node', () => {
  it.each<World>([
    [
      'another Pod has its port of the node',
      [aPod('a', { containers: [hostPort], affinity: alone }, { app: 'web' })]
        .concat(aPod('b', { containers: [hostPort], affinity: alone }, { app: 'web' }))
        .concat(aPod('web', { containers: [hostPort] })),
      '1 has a taint that it does not tolerate; 2 have another Pod on its host port.',
    ],
    [
      'it must not stand beside another',
      ['a', 'b', 'web'].map((name) => aPod(name, { containers: [nginx()], affinity: alone }, { app: 'web' })),
      '2 have Pods that it must not stand beside.',
    ],
    [
      'it wants to stand beside one that is not there',
      [
        aPod('web', {
          containers: [nginx()],
          affinity: {
            podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: beside(host, 'nobody') },
          },
        }),
      ],
      '2 have not the Pods that it wants beside it.',
    ],
    [
      'it asks for what no node has',
      [aPod('web', { containers: [nginx({ resources: { limits: { 'nvidia.com/gpu': '1' } } })] })],
      '2 have not enough nvidia.com/gpu left.',
    ],
    [
      'its containers ask for too much together',
      [
        aPod('web', {
          containers: [
            nginx({ resources: { requests: { memory: '900Gi' } } }),
            nginx({ name: 'b', resources: { requests: { memory: '1Gi', cpu: '1' } } }),
          ],
        }),
      ],
      '2 have not enough memory left. It requests cpu 1, memory 900Gi + 1Gi.',
    ],
    [
      'the nodes are cordoned',
      ['kubectl cordon worker-1 worker-2', 'kubectl run web --image=nginx:1.28'],
      'None of 3 nodes takes it: 1 has a taint that it does not tolerate; 2 are cordoned.',
    ],
    [
      'one node is cordoned',
      [
        'kubectl cordon worker-1',
        aPod('web', { nodeSelector: { [host]: 'worker-1' }, containers: [nginx()] }),
      ],
      '1 is cordoned',
    ],
    [
      'there would be too many of its kind',
      [
        aPod('a', { nodeSelector: { [host]: 'worker-1' }, containers: [nginx()] }, { app: 'web' }),
        aPod(
          'web',
          {
            containers: [nginx({ resources: { requests: { cpu: '1' } } })],
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [
                    { matchExpressions: [{ key: host, operator: 'In', values: ['worker-1', 'worker-2'] }] },
                  ],
                },
              },
            },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'no.such/label',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: { app: 'web' } },
              },
            ],
          },
          { app: 'web' },
        ),
      ],
      '2 would have too many of its kind',
    ],
    [
      'its volume is on another node',
      [volume(onlyOn('worker-9')), aClaim('data', { storageClassName: '' }), 'sleep 5', aPod('web', claimed)],
      'its volume is not on 2 of them.',
    ],
    [
      'the volume of its claim is gone',
      [
        volume({}),
        aClaim('data', { storageClassName: '' }),
        'sleep 5',
        'kubectl delete pv pv --wait=false',
        `kubectl patch pv pv --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
        'sleep 5',
        aPod('web', claimed),
      ],
      /bound to non-existent persistentvolume "pv"\.\nClaim data: The volume that it had is gone\.$/,
    ],
    [
      'its claim has no volume',
      [
        applied(
          '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: slow}, provisioner: example.com/slow}',
        ),
        aClaim('data', { storageClassName: 'slow' }),
        aPod('web', claimed),
      ],
      'Pod web: It waits for its claim to get a volume.\nClaim data: Its StorageClass slow has volumes made by example.com/slow, and nobody of that name is in this cluster.',
    ],
    [
      'it has a gate',
      [aPod('web', { schedulingGates: [{ name: 'example.com/g' }], containers: [nginx()] })],
      'It has a scheduling gate: the scheduler does not look at it before somebody takes that away.',
    ],
    [
      'there are no nodes at all',
      ['kubectl delete nodes --all', 'kubectl run web --image=nginx:1.28'],
      'Pod web: No nodes available to schedule pods.',
    ],
    [
      'it asks for another scheduler',
      [aPod('web', { schedulerName: 'mine', containers: [nginx()] })],
      'It waits for the scheduler mine, and nobody of that name is in this cluster.',
    ],
  ])('%s', (_, lines, expected) => {
    const said = new Onlooker(...lines, 'sleep 3').because('pod/web');
    if (typeof expected === 'string') expect(said).toContain(expected);
    else expect(said).toMatch(expected);
  });
});

describe('why a Pod does not run', () => {
  it.each<World>([
    [
      'an init container goes on and on',
      [
        aPod('web', { initContainers: [shell('sleep 1000', { name: 'wait' })], containers: [nginx()] }),
        'sleep 40',
      ],
      'Pod web: Its init container wait runs; what comes after it begins when it has ended.',
    ],
    [
      'an init container fails',
      [
        aPod('web', {
          initContainers: [shell('echo cannot reach db; exit 1', { name: 'prep' })],
          containers: [nginx()],
        }),
        'sleep 10',
      ],
      /^Pod web, container prep: It ended with exit code 1\. It wrote last: "cannot reach db"\./,
    ],
    [
      'a sidecar fails',
      [
        aPod('web', {
          initContainers: [shell('exit 5', { name: 'side', restartPolicy: 'Always' })],
          containers: [nginx()],
        }),
        'sleep 5',
      ],
      /^Pod web, container side: It ended with exit code 5\. It wrote nothing\./,
    ],
    [
      'one of two containers has no image',
      [aPod('web', { containers: [nginx(), nginx({ name: 'b', image: 'nginx:9.99' })] }), 'sleep 10'],
      /^Pod web, container b: The registry has no image nginx:9\.99\./,
    ],
    [
      'the repository is not open to everybody',
      ['kubectl run web --image=library/nope', 'sleep 10'],
      'The registry does not give library/nope away: there is no such repository, or it wants a login. `help images` lists what the registries of the sandbox have.',
    ],
    [
      'the image has no right name',
      [aPod('web', { containers: [nginx({ image: 'UPPER' })] }), 'sleep 5'],
      'Pod web: UPPER is no name of an image.',
    ],
    [
      'the image may not be pulled',
      ['kubectl run web --image=nginx:1.28 --image-pull-policy=Never', 'sleep 5'],
      'Pod web: The image nginx:1.28 is not on the node, and imagePullPolicy is Never.',
    ],
    [
      'its command is a folder',
      [aPod('web', { containers: [nginx({ command: ['/etc'] })] }), 'sleep 4'],
      'Pod web: The container cannot be started: exec: "/etc": is a directory: permission denied.',
    ],
    [
      'its command is not there, and nobody tries again',
      [aPod('web', { restartPolicy: 'Never', containers: [nginx({ command: ['nope'] })] }), 'sleep 5'],
      'Pod web: It could not be started: exec: "nope": executable file not found in $PATH.',
    ],
    [
      'a shell does not find its command',
      [aPod('web', { containers: [shell('nosuch')] }), 'sleep 4'],
      'It ended with exit code 127: its command was not found. It wrote last: "sh: nosuch: not found".',
    ],
    [
      'a shell may not run its command',
      [aPod('web', { restartPolicy: 'Never', containers: [shell('/etc/passwd')] }), 'sleep 4'],
      'It ended with exit code 126: its command cannot be run.',
    ],
    [
      'its readiness probe runs a command that says nothing',
      [
        aPod('web', { containers: [nginx({ readinessProbe: { exec: { command: ['false'] } } })] }),
        'sleep 20',
      ],
      'Pod web: It runs, but its readiness probe fails: its command failed, and wrote nothing.',
    ],
    [
      'its readiness probe has not been asked yet',
      [
        aPod('web', {
          containers: [nginx({ readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 60 } })],
        }),
        'sleep 10',
      ],
      'Pod web: It runs; its probe has not succeeded yet.',
    ],
    [
      'it must not run as root, and its image does',
      [aPod('web', { securityContext: { runAsNonRoot: true }, containers: [nginx()] }), 'sleep 5'],
      'The kubelet cannot put the container together: container has runAsNonRoot and image will run as root',
    ],
    [
      'a policy keeps it from what it asks',
      [
        'kubectl create deployment db --image=nginx:1.28',
        'kubectl expose deployment db --port=80',
        policy({ policyTypes: ['Egress'] }),
        'sleep 10',
        'kubectl run web --image=busybox:1.36 --restart=Never -- wget -T 3 -qO- http://db',
        'sleep 20',
      ],
      /Pod web: It ended with exit code 1\. It wrote last: "wget: bad address 'db'"\. NetworkPolicy rules says what it may reach\./,
    ],
    [
      'it was asked to stop',
      [
        'kubectl run web --image=busybox:1.36 -- sleep 1000',
        'sleep 5',
        'kubectl delete pod web --wait=false',
        'sleep 4',
      ],
      'Pod web: It was asked to stop and has 26 of 30 seconds left; then SIGKILL ends it.',
    ],
    [
      'it has a finalizer',
      [
        applied(
          '{apiVersion: v1, kind: Pod, metadata: {name: web, finalizers: [example.com/hold]}, spec: {containers: [{name: c, image: "nginx:1.28"}]}}',
        ),
        'sleep 5',
        'kubectl delete pod web --wait=false',
        'sleep 60',
      ],
      'Pod web: It is deleted, and waits until somebody takes its finalizer away: example.com/hold.',
    ],
    [
      'it ran for longer than it may',
      [aPod('web', { activeDeadlineSeconds: 5, containers: [shell('sleep 1000')] }), 'sleep 60'],
      'Pod web: DeadlineExceeded: Pod was active on the node longer than the specified deadline.',
    ],
  ])('%s', (_, lines, expected) => {
    const said = new Onlooker(...lines).because('pod/web');
    if (typeof expected === 'string') expect(said).toContain(expected);
    else expect(said).toMatch(expected);
  });
});

describe('why a Service leads to nothing', () => {
  const web = ['kubectl create deployment web --image=nginx:1.28', 'kubectl expose deployment web --port=80'];

  it.each<World>([
    [
      'a policy lets nobody in',
      [...web, policy({ policyTypes: ['Ingress'] })],
      'Service web: NetworkPolicy rules lets no Pod that is here reach port 80 of it.',
    ],
    [
      'a policy lets those in that are not there',
      [...web, policy({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'shop' } } }] }] })],
      'Service web: NetworkPolicy rules lets no Pod that is here reach port 80 of it.',
    ],
    [
      'a policy opens another port',
      [...web, policy({ ingress: [{ ports: [{ port: 81 }] }] })],
      'Service web: NetworkPolicy rules lets no Pod that is here reach port 80 of it.',
    ],
    ['a policy lets everybody in', [...web, policy({ ingress: [{}] })], ''],
    [
      'it chooses no Pods, and nobody lists any',
      [applied('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}')],
      'Service web: It has no selector, so nobody lists Pods behind it; and nobody has made an EndpointSlice by hand.',
    ],
    [
      'one of its two labels is another one',
      [
        aPod('a', { containers: [nginx()] }, { app: 'web', tier: 'front' }),
        applied(
          '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web, tier: frontend}, ports: [{port: 80}]}}',
        ),
      ],
      'no Pod in the namespace default has the labels app=web,tier=frontend. There are Pods with tier=front.',
    ],
    ['it is a name', ['kubectl create service externalname web --external-name=example.com'], ''],
    [
      'nobody has labels like those',
      ['kubectl create service nodeport web --tcp=80:80'],
      'Service web: It has no endpoints: no Pod in the namespace default has the labels app=web.',
    ],
    [
      'none of several Pods is ready',
      [
        'kubectl create deployment web --image=nginx:9.99 --replicas=2',
        'kubectl expose deployment web --port=80',
      ],
      /^Service web: 2 Pods have its labels, and none is ready: web-\S+ and web-\S+\.$/m,
    ],
    [
      'it speaks UDP, where nobody can tell who listens',
      [
        aPod('dns', { containers: [shell('sleep 1000')] }, { app: 'dns' }),
        applied(
          '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: dns}, ports: [{port: 53, protocol: UDP}]}}',
        ),
      ],
      '',
    ],
  ])('%s', (_, lines, expected) => {
    const said = new Onlooker(...lines, 'sleep 12').because('svc/web');
    if (expected === '') expect(said).toBe('');
    else if (typeof expected === 'string') expect(said).toContain(expected);
    else expect(said).toMatch(expected);
  });
});
