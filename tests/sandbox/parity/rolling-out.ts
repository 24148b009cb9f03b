import { objectsIn } from './placed-objects.ts';
import { manifest, type Scenario, settled } from './scenario.ts';
import { shop, stateful } from './shop-manifests.ts';

const agent = manifest(`
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: "busybox:1.36", command: [sleep, infinity]}]}
`);

const template = '{metadata: {labels: {app: x}}, spec: {containers: [{name: a, image: nginx}]}}';

const placed = objectsIn(
  [
    ['Deployment', 'bare', '{replicas: 0}', '{}'],
    ['Deployment', 'unseen', '{replicas: 1}', '{observedGeneration: 1}'],
    ['Deployment', 'starting', '{replicas: 3}', '{observedGeneration: 2, updatedReplicas: 1}'],
    ['Deployment', 'leaving', '{replicas: 2}', '{observedGeneration: 2, updatedReplicas: 2, replicas: 3}'],
    [
      'Deployment',
      'waiting',
      '{replicas: 2}',
      '{observedGeneration: 2, updatedReplicas: 2, replicas: 2, availableReplicas: 1}',
    ],
    [
      'Deployment',
      'late',
      '{replicas: 2}',
      '{observedGeneration: 2, conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded}]}',
    ],
    ['DaemonSet', 'bare', '{updateStrategy: {type: RollingUpdate}}', '{}'],
    ['DaemonSet', 'none', '{updateStrategy: {type: OnDelete}}', '{}'],
    ['DaemonSet', 'unseen', '{updateStrategy: {type: RollingUpdate}}', '{observedGeneration: 1}'],
    [
      'DaemonSet',
      'starting',
      '{updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1}',
    ],
    [
      'DaemonSet',
      'waiting',
      '{updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2}',
    ],
    ['StatefulSet', 'bare', '{replicas: 0, updateStrategy: {type: RollingUpdate}}', '{}'],
    ['StatefulSet', 'none', '{replicas: 0, updateStrategy: {type: OnDelete}}', '{}'],
    [
      'StatefulSet',
      'unseen',
      '{replicas: 0, updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 1}',
    ],
    [
      'StatefulSet',
      'starting',
      '{replicas: 3, updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 2, readyReplicas: 1}',
    ],
    [
      'StatefulSet',
      'partial',
      '{replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}}',
      '{observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1}',
    ],
    [
      'StatefulSet',
      'parted',
      '{replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}}',
      '{observedGeneration: 2, readyReplicas: 3, updatedReplicas: 2}',
    ],
    [
      'StatefulSet',
      'turning',
      '{replicas: 1, updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 2, readyReplicas: 1, updatedReplicas: 1, updateRevision: b, currentRevision: a}',
    ],
    [
      'StatefulSet',
      'whole',
      '{replicas: 1, updateStrategy: {type: RollingUpdate}}',
      '{observedGeneration: 2, readyReplicas: 1, updatedReplicas: 1, currentReplicas: 1, updateRevision: a, currentRevision: a}',
    ],
  ]
    .map(
      ([kind = '', name = '', spec = '', status = '']) =>
        `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}, generation: ${name === 'bare' ? 0 : 2}, labels: {odd: "yes"}}\nspec: ${spec.replace('{', `{selector: {matchLabels: {app: ${name}}}, template: ${template}, `)}\nstatus: ${status}\n`,
    )
    .join('---\n'),
);

const exposed = objectsIn(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: expressed}
spec: {selector: {matchLabels: {app: x}, matchExpressions: [{key: tier, operator: In, values: [a, b]}, {key: old, operator: DoesNotExist}]}, template: {spec: {containers: [{name: a, image: nginx, ports: [{containerPort: 80}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: unlabelled}
spec: {selector: {matchExpressions: [{key: tier, operator: Exists}]}, template: ${template}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ported}
spec: {selector: {matchLabels: {app: x}}, template: {spec: {containers: [{name: a, image: nginx, ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]}, {name: b, image: nginx}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: selfless}
spec: {ports: [{port: 80}, {port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Pod
metadata: {name: unlabelled}
spec: {containers: [{name: a, image: nginx, ports: [{containerPort: 80}]}]}
`);

const kinds = ['deployment/web', 'daemonset/agent', 'statefulset/db'];

/** `kubectl rollout …`: what it says of each state, and what it does. */
export const rollingOut: Scenario = {
  name: 'rolling out',
  since: 36,
  setup: [
    shop,
    stateful,
    agent,
    'kubectl rollout status deployment/web',
    'kubectl annotate deployment web kubernetes.io/change-cause="the first"',
    'kubectl set image deployment/web web=nginx:1.27',
    'kubectl annotate deployment web kubernetes.io/change-cause="another image"',
    'kubectl rollout status deployment/web',
    'kubectl set env deployment/web MODE=prod',
    'kubectl rollout status deployment/web',
    'kubectl set env daemonset/agent MODE=prod',
    'kubectl rollout status daemonset/agent',
    'kubectl set env statefulset/db MODE=prod',
    'kubectl rollout status statefulset/db',
    'fast 5m',
    settled,
  ],
  placed: [...placed, ...exposed],
  lines: [
    ...placed.map(
      ({ kind, metadata: { name } }) => `kubectl rollout status ${kind.toLowerCase()}/${name} --watch=false`,
    ),
    ...kinds.flatMap((name) => [
      `kubectl rollout status ${name}`,
      `kubectl rollout status ${name} --revision=2`,
      `kubectl rollout history ${name}`,
      `kubectl rollout history ${name} --revision=2`,
      `kubectl rollout history ${name} --revision=9`,
      `kubectl rollout history ${name} -o yaml`,
      `kubectl rollout history ${name} --revision=1 -o jsonpath='{..image}'`,
      `kubectl rollout history ${name} -o name`,
      `kubectl rollout undo ${name}`,
      `kubectl rollout undo ${name} -o name`,
      `kubectl rollout undo ${name} --dry-run=client`,
      `kubectl rollout undo ${name} --dry-run=server`,
      `kubectl rollout undo ${name} --to-revision=1 && kubectl get ${name} -o jsonpath='{.spec.template}'`,
      `kubectl rollout undo ${name} --to-revision=2`,
      `kubectl rollout undo ${name} --to-revision=3`,
      `kubectl rollout undo ${name} --to-revision=9`,
      `kubectl rollout undo ${name} --to-revision=-1`,
      `kubectl rollout restart ${name}`,
      `kubectl rollout restart ${name} -o name`,
      `kubectl rollout pause ${name}`,
      `kubectl rollout resume ${name}`,
    ]),
    'kubectl rollout status deployment/web --revision=3',
    'kubectl rollout status deployment/web --revision=-1',
    'kubectl rollout status deployment -l app=nothing',
    'kubectl rollout status deployment -l odd=yes --watch=false',
    'kubectl rollout status deployment/nothing',
    'kubectl rollout status service/web',
    'kubectl rollout status job/x',
    'kubectl rollout status ingress',
    'kubectl rollout status deployment/starting --timeout=2s',
    'kubectl rollout status',
    'kubectl rollout status deployment web agent',
    'kubectl rollout status -f nothing.yaml',
    'kubectl rollout history deployment -l odd=yes',
    'kubectl rollout history statefulset/whole',
    'kubectl rollout history statefulset/whole --revision=1',
    'kubectl rollout history service/web',
    'kubectl rollout history pod/db-0',
    'kubectl rollout history ingressclass',
    'kubectl rollout undo pod/db-0',
    'kubectl rollout undo replicaset -l app=web',
    'kubectl rollout history deployment/web --revision=-1',
    'kubectl rollout history deployment/nothing',
    'kubectl rollout history deployment/bare',
    'kubectl rollout history',
    'kubectl rollout undo statefulset/whole',
    'kubectl rollout undo deployment/bare',
    'kubectl rollout undo deployment/bare --to-revision=1',
    'kubectl rollout undo service/web',
    'kubectl rollout undo deployment/nothing',
    'kubectl rollout undo',
    'kubectl rollout pause deployment/web && kubectl rollout pause deployment/web',
    'kubectl rollout pause deployment/web && kubectl rollout undo deployment/web',
    'kubectl rollout pause deployment/web && kubectl rollout restart deployment/web',
    'kubectl rollout pause deployment/web && kubectl rollout resume deployment/web -o name',
    'kubectl rollout pause deployment/web statefulset/db',
    'kubectl rollout pause deployment -l odd=yes',
    'kubectl rollout pause deployment',
    'kubectl rollout pause deployment -l app=nothing',
    'kubectl rollout pause',
    'kubectl rollout resume',
    'kubectl rollout restart',
    'kubectl rollout restart service/web',
    'kubectl rollout restart deployment/nothing',
    'kubectl rollout restart deployment -l app=nothing',
    'kubectl rollout restart deployment/web daemonset/agent',
    shop.replace('kubectl apply', 'kubectl rollout restart'),
    agent.replace('kubectl apply', 'kubectl rollout status'),
    agent.replace('kubectl apply', 'kubectl rollout history'),
    'kubectl rollout nothing',
    'kubectl scale deployment web --replicas=2 --resource-version=1',
    'kubectl scale deployment web bare --replicas=2 --resource-version=1',
    'kubectl scale deployment web bare --replicas=2 --current-replicas=1',
    'kubectl scale deployment web --replicas=2 --current-replicas=-2',
    'kubectl scale deployment web --replicas=2 --current-replicas=3',
    'kubectl scale deployment web --replicas=2 --current-replicas=3 --timeout=1m',
    'kubectl scale deployment web --replicas=2 --dry-run=client -o name',
    'kubectl scale deployment web --replicas=2 --dry-run=server',
    'kubectl scale deployment web --replicas=2 -o yaml | grep replicas',
    'kubectl scale deployment web',
    'kubectl scale deployment --replicas=2',
    'kubectl scale deployment --all --replicas=0',
    'kubectl scale --replicas=2',
    'kubectl scale daemonset agent --replicas=2',
    'kubectl scale service web --replicas=2',
    'kubectl scale nothing/x --replicas=2',
    'kubectl scale deployment/web daemonset/agent statefulset/db --replicas=1',
    'kubectl autoscale deployment web --max=3 && kubectl get hpa web -o jsonpath={.spec}',
    'kubectl autoscale deployment web --max=3 --min=4',
    'kubectl autoscale deployment web --min=1',
    'kubectl autoscale deployment web --max=3 --cpu=50% --memory=70% -o yaml --dry-run=client',
    'kubectl autoscale deployment web --max=3 --cpu=500m --memory=100Mi -o yaml --dry-run=client',
    'kubectl autoscale deployment web --max=3 --cpu=x',
    'kubectl autoscale deployment web --max=3 --cpu=',
    'kubectl autoscale deployment web --max=3 --memory=',
    'kubectl autoscale deployment web --max=3 --cpu=-1%',
    'kubectl autoscale deployment web --max=3 --cpu=1x%',
    'kubectl autoscale deployment web --max=3 --cpu-percent=50 --cpu=50%',
    'kubectl autoscale deployment web --max=3 --cpu-percent=50 --dry-run=client -o yaml',
    'kubectl autoscale deployment web --max=3 --cpu-percent=50 --dry-run=server -n default -o name',
    'kubectl autoscale deployment web --max=3 --name=Bad',
    'kubectl autoscale service web --max=3',
    'kubectl autoscale daemonset agent --max=3',
    'kubectl autoscale deployment nothing --max=3',
    'kubectl autoscale --max=3',
    'kubectl autoscale deployment -l odd=yes --max=3',
    'kubectl expose deployment web --name=a --port=80 --protocol=UDP --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --port=80,443 --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --port=x',
    'kubectl expose deployment web --name=a --port=80 --target-port=http --type=LoadBalancer --load-balancer-ip=1.2.3.4 --session-affinity=ClientIP --external-ip=1.1.1.1 --cluster-ip=10.96.3.3 -l a=b --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --port=80 --selector=x=y --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --port=80 --selector==y',
    'kubectl expose deployment web --name=a --port=80 --selector=x',
    'kubectl expose deployment web --name=a --port=80 --type=Odd',
    'kubectl expose deployment web --name=a --port=80 --overrides=\'{"spec":{"type":"NodePort"}}\' --dry-run=client -o yaml',
    'kubectl expose deployment web --name=a --port=80 --overrides=x',
    'kubectl expose deployment web --name=a --port=80 -n default --dry-run=server -o name',
    'kubectl expose service web --name=a --dry-run=client -o yaml',
    'kubectl expose service web --name=a --port=81 --target-port=8080 --dry-run=client -o yaml',
    ...[
      'deployment expressed',
      'deployment unlabelled',
      'replicaset ported',
      'service selfless',
      'pod unlabelled',
    ].flatMap((subject) => [
      `kubectl expose ${subject} --name=a --dry-run=client -o yaml`,
      `kubectl expose ${subject} --name=a --port=80 --dry-run=client -o yaml`,
    ]),
    'kubectl expose pod db-0 --name=a',
    'kubectl expose pod db-0 --name=a --port=80 --dry-run=client -o yaml',
    'kubectl expose daemonset agent --port=80',
    'kubectl expose statefulset db --port=80',
    'kubectl expose replicaset -l app=web --port=80 --name=a --dry-run=client',
    'kubectl expose deployment nothing --port=80',
    'kubectl expose deployment web agent --port=80',
    'kubectl expose --port=80',
    'kubectl expose deployment Web --port=80',
  ],
};
