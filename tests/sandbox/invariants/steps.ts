import fc from 'fast-check';

const names = ['web', 'api', 'web'];
const images = [
  'nginx:1.27',
  'nginx:1.28',
  'registry.example.com/shop/web:1.4',
  'nginx:9.99',
  'busybox:1.36',
];
const nodes = ['control-plane', 'worker-1', 'worker-2'];

const name = fc.constantFrom(...names);
const image = fc.constantFrom(...images);
const node = fc.constantFrom(...nodes);
const count = fc.nat({ max: 5 });
const namespace = fc.constantFrom('', ' -n team', '');

const written = (...parts: readonly (string | fc.Arbitrary<string | number>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((words) => words.join(''));

/** Lines that learners type, some of which can work at a time and others not. */
export const commandLine: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: written(
      'kubectl create deployment ',
      name,
      ' --image=',
      image,
      ' --replicas=',
      count,
      namespace,
    ),
  },
  { weight: 3, arbitrary: written('kubectl scale deployment ', name, ' --replicas=', count, namespace) },
  { weight: 3, arbitrary: written('kubectl set image deployment/', name, ' *=', image, namespace) },
  {
    weight: 2,
    arbitrary: written(
      'kubectl rollout ',
      fc.constantFrom('undo', 'restart', 'pause', 'resume'),
      ' deployment/',
      name,
    ),
  },
  {
    weight: 1,
    arbitrary: written(
      'kubectl delete deployment ',
      name,
      fc.constantFrom('', ' --cascade=orphan', ' --cascade=foreground'),
      namespace,
    ),
  },
  {
    weight: 1,
    arbitrary: written('kubectl delete pods -l app=', name, fc.constantFrom('', ' --force', ' --wait=false')),
  },
  {
    weight: 1,
    arbitrary: written(
      'kubectl delete ',
      fc.constantFrom('replicasets', 'pods', 'endpointslices', 'jobs'),
      ' --all --wait=false',
    ),
  },
  { weight: 2, arbitrary: written('kubectl expose deployment ', name, ' --port=80', namespace) },
  { weight: 1, arbitrary: written('kubectl delete service ', name, namespace) },
  {
    weight: 1,
    arbitrary: written(
      'kubectl run ',
      name,
      ' --image=',
      image,
      ' --restart=',
      fc.constantFrom('Never', 'Always'),
    ),
  },
  {
    weight: 1,
    arbitrary: written(
      'kubectl create job ',
      name,
      ' --image=busybox:1.36 -- sh -c ',
      fc.constantFrom("'sleep 5'", "'exit 3'", 'true'),
    ),
  },
  {
    weight: 1,
    arbitrary: written(
      'kubectl create cronjob ',
      name,
      ' --image=busybox:1.36 --schedule="* * * * *" -- true',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('kubectl create namespace team', 'kubectl delete namespace team --wait=false'),
  },
  { weight: 1, arbitrary: written('kubectl ', fc.constantFrom('cordon ', 'uncordon '), node) },
  {
    weight: 1,
    arbitrary: written(
      'kubectl drain ',
      node,
      ' --ignore-daemonsets --delete-emptydir-data --force --timeout=90s',
    ),
  },
  {
    weight: 1,
    arbitrary: written(
      'kubectl taint nodes ',
      node,
      fc.constantFrom(' a=b:NoSchedule', ' a=b:NoExecute', ' a-'),
    ),
  },
  {
    weight: 1,
    arbitrary: written('kubectl label nodes ', node, ' disk=', fc.constantFrom('ssd', 'hdd'), ' --overwrite'),
  },
  { weight: 1, arbitrary: written('kubectl autoscale deployment ', name, ' --min=1 --max=4 --cpu=50%') },
  {
    weight: 1,
    arbitrary: written(
      'kubectl set resources deployment ',
      name,
      ' --requests=cpu=',
      fc.constantFrom('100m', '1', '3', '100'),
    ),
  },
  { weight: 1, arbitrary: written('load deployment/', name, ' ', fc.constantFrom('400m', 'off')) },
  { weight: 1, arbitrary: written('kubectl label pods -l app=', name, ' app=', name, ' --overwrite') },
  {
    weight: 1,
    arbitrary: written('node ', fc.constantFrom('stop ', 'start '), fc.constantFrom('worker-1', 'worker-2')),
  },
  { weight: 3, arbitrary: written('fast ', fc.constantFrom('1s', '10s', '1m', '6m', '1h')) },
  { weight: 2, arbitrary: fc.constantFrom('undo', 'undo', 'redo', 'undo; undo', 'reset') },
);

const labelled = (name: string): object => ({ metadata: { labels: { app: name } } });

const container = fc.record({ name: fc.constant('main'), image });

const workload = fc
  .record({
    name,
    image: container,
    replicas: count,
    kind: fc.constantFrom('StatefulSet', 'DaemonSet', 'ReplicaSet', 'Deployment'),
  })
  .map(({ name, image: each, replicas, kind }) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas }),
      ...(kind === 'StatefulSet' ? { serviceName: name, volumeClaimTemplates: [claimTemplate] } : {}),
      selector: { matchLabels: { app: name } },
      template: {
        ...labelled(name),
        spec: {
          containers: [
            {
              ...each,
              ...(kind === 'StatefulSet' ? { volumeMounts: [{ name: 'data', mountPath: '/data' }] } : {}),
            },
          ],
        },
      },
    },
  }));

const claimTemplate = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

const claim = name.map((each) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  ...claimTemplate,
  metadata: { name: `own-${each}` },
}));

const volume = fc.record({ name, size: fc.constantFrom('1Gi', '5Gi') }).map(({ name: each, size }) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: `disk-${each}` },
  spec: {
    capacity: { storage: size },
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'standard',
    hostPath: { path: `/srv/${each}` },
  },
}));

const claimingPod = fc.record({ name, image }).map(({ name: each, image: which }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `with-${each}`, labels: { app: each } },
  spec: {
    containers: [{ name: 'main', image: which, volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `own-${each}` } }],
  },
}));

const budget = fc.record({ name, least: count }).map(({ name: each, least }) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: each },
  spec: { minAvailable: least, selector: { matchLabels: { app: each } } },
}));

/** Manifests that are applied. */
const manifest: fc.Arbitrary<object> = fc.oneof(
  { weight: 4, arbitrary: workload },
  claim,
  volume,
  claimingPod,
  budget,
);

/** Something that is done to a world: a line, or a manifest that is applied. */
export const step: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: commandLine },
  {
    weight: 1,
    arbitrary: manifest.map((object) => `kubectl apply -f - <<'EOF'\n${JSON.stringify(object)}\nEOF`),
  },
);
