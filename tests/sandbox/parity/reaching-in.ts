import { objectsIn } from './placed-objects.ts';
import { manifest, type Scenario, settled } from './scenario.ts';
import { shop, stateful } from './shop-manifests.ts';

const pair = manifest(`
apiVersion: v1
kind: Pod
metadata:
  name: pair
  labels: {app: pair}
  annotations: {kubectl.kubernetes.io/default-container: two}
spec:
  initContainers: [{name: before, image: "busybox:1.36", command: [echo, first]}]
  containers:
  - {name: one, image: "busybox:1.36", command: [sh, -c, "echo one; echo again; sleep infinity"], ports: [{containerPort: 8080, name: web}, {containerPort: 53, protocol: UDP, name: dns}]}
  - {name: two, image: "busybox:1.36", command: [sh, -c, "echo two; sleep infinity"], stdin: true}
---
apiVersion: v1
kind: Pod
metadata: {name: plain, labels: {app: pair}}
spec:
  containers:
  - {name: a, image: "busybox:1.36", command: [sh, -c, "echo plain; sleep infinity"]}
  - {name: b, image: "busybox:1.36", command: [sleep, infinity]}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: pair}, ports: [{port: 80, targetPort: web, name: named}, {port: 53, protocol: UDP, name: dns}]}
---
apiVersion: v1
kind: Service
metadata: {name: pairs}
spec: {selector: {app: pair}, ports: [{port: 80, targetPort: nothing, name: a}, {port: 81, targetPort: 8080, name: b}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {ports: [{port: 80}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: done}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: a, image: "busybox:1.36", command: [echo, done]}]
`);

/** Pods of one Deployment in every state that tells which of them is the best to ask. */
const placed = objectsIn(
  [
    ['unplaced', '', '{phase: Pending}'],
    ['pending', 'nodeName: worker-1, ', '{phase: Pending}'],
    ['lost', 'nodeName: worker-1, ', '{phase: Unknown}'],
    ['unready', 'nodeName: worker-1, ', '{phase: Running, conditions: [{type: Ready, status: "False"}]}'],
    [
      'early',
      'nodeName: worker-1, ',
      '{phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-05T00:00:00Z"}]}',
    ],
    [
      'later',
      'nodeName: worker-1, ',
      '{phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-05T01:00:00Z"}]}',
    ],
    [
      'restarted',
      'nodeName: worker-1, ',
      '{phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-05T01:00:00Z"}], containerStatuses: [{name: a, restartCount: 3}]}',
    ],
    ['succeeded', 'nodeName: worker-1, ', '{phase: Succeeded}'],
  ]
    .map(
      ([name = '', node = '', status = '']) =>
        `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {set: ranked, own: ${name}}}\nspec: {${node}containers: [{name: a, image: nginx, ports: [{containerPort: 80}]}]}\nstatus: ${status}\n`,
    )
    .join('---\n') +
    ['ranked', 'none']
      .map(
        (name) =>
          `---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: ${name}}\nspec: {replicas: 0, selector: {matchLabels: {set: ${name}}}}\n`,
      )
      .join('') +
    `---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: odd}\nspec: {replicas: 0, selector: {matchExpressions: [{key: set, operator: In, values: [ranked]}, {key: own, operator: In, values: [pending, lost]}]}}\n`,
);

/** Commands that reach into Pods: `logs`, `exec`, `attach`, `cp`, `port-forward`. */
export const reachingIn: Scenario = {
  name: 'reaching in',
  since: 36,
  setup: [shop, stateful, pair, 'kubectl wait pod/pair pod/plain --for=condition=Ready', 'fast 5m', settled],
  placed,
  lines: [
    'kubectl logs pair',
    'kubectl logs pair one',
    'kubectl logs pair -c one --tail=1',
    'kubectl logs pair one -c two',
    'kubectl logs pair before',
    'kubectl logs pair --all-containers | sort',
    'kubectl logs pair --all-containers --prefix | sort',
    'kubectl logs pair --all-containers -c one',
    'kubectl logs pair nothing',
    'kubectl logs plain',
    'kubectl logs plain --all-pods',
    'kubectl logs pair one two',
    'kubectl logs',
    'kubectl logs pair -l app=pair',
    'kubectl logs -l app=nothing',
    'kubectl logs -l app=pair --all-containers --prefix | sort',
    'kubectl logs -l app=pair -f --max-log-requests=1',
    'kubectl logs -l app=pair --all-containers -f --max-log-requests=2',
    'kubectl logs -l app=pair -c nothing',
    'kubectl logs -l app=pair -c one --ignore-errors',
    'kubectl logs -l app=pair -c one',
    'kubectl logs pair --limit-bytes=3',
    'kubectl logs pair --limit-bytes=-1',
    'kubectl logs pair --tail=-2',
    'kubectl logs pair --tail=0',
    'kubectl logs pair --since=-1s',
    'kubectl logs pair --since=1s --since-time=2026-01-01T00:00:00Z',
    'kubectl logs pair --since-time=odd',
    'kubectl logs pair --since=30h',
    'kubectl logs pair --insecure-skip-tls-verify-backend',
    'kubectl logs pair --previous',
    'kubectl logs pair --timestamps --tail=1',
    'kubectl logs job/done',
    'kubectl logs job/done -f',
    'kubectl logs service/headless -c two',
    'kubectl logs service/nobody',
    'kubectl logs replicaset/ranked',
    'kubectl logs replicaset/none',
    'kubectl logs replicaset/odd',
    'kubectl logs deployment/nothing',
    'kubectl logs configmap/settings',
    'kubectl logs node/worker-1',
    'kubectl logs nothing/x',
    'kubectl logs pods',
    'kubectl logs pod/pair pod/plain',
    'kubectl logs pair -n nowhere',
    'kubectl logs unplaced',
    'kubectl exec pair -- echo hi',
    'kubectl exec pair -c one -- echo hi',
    'kubectl exec plain -- echo hi',
    'kubectl exec plain -q -- echo hi',
    'kubectl exec pair -c before -- echo hi',
    'kubectl exec pair',
    'kubectl exec',
    'kubectl exec -- ls',
    'kubectl exec pair echo hi',
    'kubectl exec pair -- nothing',
    'kubectl exec pair -c nothing -- ls',
    'kubectl exec unplaced -- ls',
    'kubectl exec succeeded -- ls',
    'kubectl exec service/headless -- echo hi',
    'kubectl exec service/nobody -- echo hi',
    'kubectl exec replicaset/none --pod-running-timeout=1s -- ls',
    'kubectl exec replicaset/none --pod-running-timeout=0s -- ls',
    'kubectl exec pair -n nowhere -- ls',
    'kubectl attach pair -n nowhere',
    'kubectl debug pair -n nowhere --image=busybox:1.36',
    'kubectl get pod pair -n nowhere',
    'kubectl get pod pair -n nowhere -o yaml',
    'kubectl describe pod pair -n nowhere',
    'kubectl label pod pair a=b -n nowhere',
    'kubectl delete pod pair -n nowhere',
    'kubectl wait pod/pair --for=condition=Ready -n nowhere',
    'kubectl scale deployment web --replicas=1 -n nowhere',
    'kubectl rollout status deployment/web -n nowhere',
    'kubectl expose pod pair --port=80 -n nowhere',
    'kubectl get pod pair -n kube-system',
    'kubectl exec configmap/settings -- ls',
    'kubectl exec nothing/x -- ls',
    'kubectl exec pods -- ls',
    'kubectl exec deployment/web -- hostname',
    'kubectl exec pair -it -- echo hi',
    'kubectl exec pair -t -- echo hi',
    'echo in | kubectl exec pair -i -- cat',
    `${pair.replace('kubectl apply', 'kubectl exec').replace('-f -', '-f - -- echo hi')}`,
    'kubectl exec -f nothing.yaml -- ls',
    'kubectl attach',
    'kubectl attach pair one two',
    'kubectl attach nothing',
    'kubectl attach succeeded',
    'kubectl attach unplaced --pod-running-timeout=1s',
    'kubectl attach pair -c nothing',
    'kubectl attach configmap/settings',
    'kubectl attach job/done',
    'kubectl cp',
    'kubectl cp pair:/etc/hostname',
    'kubectl cp a b',
    'kubectl cp pair:/x plain:/y',
    'kubectl cp pair: here',
    "kubectl cp '' pair:/x",
    'kubectl cp :/x here',
    'kubectl cp a/b/c:/x here',
    'kubectl cp nothing.txt pair:/tmp/x',
    'kubectl cp nothing:/x here',
    'kubectl cp pair:/etc/hostname here -c nothing',
    'kubectl cp succeeded:/x here',
    'kubectl port-forward',
    'kubectl port-forward pair',
    'kubectl port-forward pair x',
    'kubectl port-forward pair 80:x',
    'kubectl port-forward pair 99999',
    'kubectl port-forward pair :',
    'kubectl port-forward pair 8080:',
    'kubectl port-forward pair 8080:nothing',
    'kubectl port-forward pair 5353:dns',
    'kubectl port-forward pair 8080 --address=odd',
    'kubectl port-forward nothing 8080',
    'kubectl port-forward unplaced 8080 --pod-running-timeout=1s',
    'kubectl port-forward succeeded 8080',
    'kubectl port-forward service/headless 99',
    'kubectl port-forward service/headless 53',
    'kubectl port-forward service/pairs 80',
    'kubectl port-forward service/pairs named',
    'kubectl port-forward service/nobody 80',
    'kubectl port-forward configmap/settings 80',
  ],
};
