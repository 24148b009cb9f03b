import { manifest, type Scenario, settled } from './scenario.ts';

const quietly = (line: string): string => `${line} >/dev/null 2>&1`;
const after = (...lines: readonly string[]): string =>
  [...lines.slice(0, -1).map(quietly), lines.at(-1)].join('; ');
/** Applies one manifest after the other; only what is said of the last one counts. */
const applied = (one: string, other: string, command = 'apply'): string =>
  `${manifest(one, 'apply >/dev/null')}\n${manifest(other, command)}`;

const fixed = (colour: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nimmutable: true\nmetadata:\n  name: fixed${more}\ndata:\n  ${colour}`;
const held = '\n  finalizers: [example.com/hold]';
const job = (image: string): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {template: {spec: {restartPolicy: Never, terminationGracePeriodSeconds: 5, containers: [{name: c, image: "${image}", command: [sleep, "600"]}]}}}}`;
const settings = '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: green}}';
const namespace = '{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {a: b}}}';
const remember = "kubectl annotate cm settings kubectl.kubernetes.io/last-applied-configuration='{'";
const unready =
  '\'{"spec":{"containers":[{"name":"unready","image":"nginx:1.28","readinessProbe":{"exec":{"command":["false"]}}}]}}\'';
const hold = 'kubectl patch cm settings -p \'{"metadata":{"finalizers":["example.com/hold"]}}\'';
const together = 'kubectl label pod lone pending unready app=nobody';
const mayLookAtNodes = [
  'kubectl create clusterrole looker --verb=get,list --resource=nodes,pods,events',
  'kubectl create clusterrolebinding looker --clusterrole=looker --user=ann',
] as const;
const mayReadPods = [
  'kubectl create role reader --verb=get --resource=pods',
  'kubectl create rolebinding reader --role=reader --user=ann',
] as const;

/** Lines that something keeps from what they are to do: a finalizer, a lock, a right that is missing, a deadline. */
export const heldUp: Scenario = {
  name: 'held up',
  since: 36,
  setup: [
    'kubectl create deployment web --image=nginx:1.28 --replicas=2',
    'kubectl create service clusterip nobody --tcp=80:80',
    'kubectl run lone --image=nginx:1.28',
    `kubectl run unready --image=nginx:1.28 --overrides=${unready}`,
    'kubectl run pending --image=nginx:1.28 --overrides=\'{"spec":{"nodeSelector":{"disk":"ssd"}}}\'',
    'kubectl run slow --image=busybox:1.36 --labels=of=slow -- sleep 99999',
    'kubectl run slower --image=busybox:1.36 --labels=of=slow -- sleep 99999',
    'kubectl create cm settings --from-literal=colour=blue',
    'kubectl create cronjob tick --image=busybox:1.36 --schedule="0 0 1 1 *" -- true',
    settled,
  ],
  lines: [
    manifest(namespace, "wait --for=jsonpath='{.status.phase}'=Active"),
    'kubectl wait --for=create pod/nothing --as=ann --timeout=1s',
    after(
      'kubectl delete pod slow slower --wait=false --grace-period=60',
      'kubectl wait --for=delete pod -l of=slow --timeout=90s',
    ),
    'kubectl wait --for=condition=Ready pod/lone --timeout=0',
    'kubectl wait --for=condition=Odd pod/lone --timeout=0',
    'kubectl wait --for=delete pod/lone --timeout=0',
    manifest('{apiVersion: odd/v1, kind: Odd}', 'wait --for=create'),
    manifest('{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, resourceVersion: "1"}}'),
    manifest(
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, resourceVersion: "1"}}',
      'apply --force',
    ),
    applied(fixed('colour: blue'), fixed('colour: red')),
    applied(fixed('colour: blue'), fixed('colour: red'), 'apply --force'),
    applied(fixed('colour: blue'), fixed('"a b": red'), 'apply --force'),
    applied(fixed('colour: blue', held), fixed('colour: red'), 'apply --force --timeout=2s'),
    applied(job('nginx:1.28'), job('nginx:1.27'), 'apply --force --grace-period=1 --timeout=30s'),
    applied(job('nginx:1.28'), job('nginx:1.27'), 'replace'),
    applied(job('nginx:1.28'), job('nginx:1.27'), 'replace --force --grace-period=0'),
    applied(fixed('colour: blue', held), fixed('colour: red'), 'replace --force --timeout=2s'),
    manifest(fixed('colour: blue'), 'replace --force'),
    manifest(fixed('colour: blue'), 'replace'),
    manifest(fixed('colour: blue'), 'replace --as=ann'),
    manifest(fixed('colour: blue'), 'apply --as=ann'),
    manifest(settings, 'apply --as=ann'),
    "printf '' | kubectl replace --force -f -",
    `${quietly(remember)}; kubectl apply view-last-applied cm settings >/dev/null 2>&1`,
    manifest(settings, 'diff'),
    manifest(settings, 'diff --as=ann'),
    manifest(namespace, 'diff'),
    manifest('{apiVersion: v1, kind: Secret, metadata: {name: empty}}', 'apply >/dev/null').concat(
      '\n',
      manifest('{apiVersion: v1, kind: Secret, metadata: {name: empty, labels: {a: b}}}', 'diff'),
    ),
    `${quietly(hold)}; ${quietly('kubectl delete cm settings --wait=false')}; ${manifest(settings, 'diff')}`,
    `${quietly(hold)}; ${quietly('kubectl delete cm settings --wait=false')}; ${manifest(settings)}`,
    `${quietly(hold)}; kubectl delete cm settings --timeout=2s`,
    after(together, 'kubectl logs svc/nobody --all-pods --tail=1'),
    after(together, 'kubectl logs svc/nobody --tail=1'),
    after(together, 'kubectl exec svc/nobody -- hostname'),
    after('kubectl label pod unready pending app=nobody', 'kubectl exec svc/nobody -- hostname'),
    after('kubectl label pod unready lone app=nobody', 'kubectl logs svc/nobody --tail=1'),
    after('kubectl create deployment new --image=nginx:1.28', 'kubectl logs deployment/new --tail=1'),
    'kubectl logs lone --as=ann',
    after(...mayReadPods, 'kubectl logs lone --as=ann'),
    after(...mayReadPods, 'kubectl get pods -w --as=ann'),
    after(...mayReadPods, 'kubectl get pod lone --as=ann -o name'),
    after(...mayReadPods, 'kubectl describe pod lone --as=ann | tail -n 3'),
    after(...mayLookAtNodes, 'kubectl describe node worker-1 --as=ann | head -n 30'),
    after(...mayLookAtNodes, 'kubectl describe ns default --as=ann'),
    'kubectl get pods,cm --as=ann',
    'kubectl get pods -l app=web --as=ann',
    'kubectl describe pods --as=ann',
    'kubectl delete pods --all --as=ann',
    'kubectl label pod lone a=b --as=ann',
    'kubectl scale deployment web --replicas=3 --as=ann',
    'kubectl rollout restart deployment web --as=ann',
    'kubectl rollout undo deployment web --as=ann',
    'kubectl set image deployment/web nginx=nginx:1.27 --as=ann',
    'kubectl cordon worker-1 --as=ann',
    'kubectl drain worker-1 --as=ann',
    'kubectl taint node worker-1 a=b:NoSchedule --as=ann',
    'kubectl create cm x --as=ann',
    'kubectl create job j --from=cronjob/tick --as=ann',
    'kubectl run x --image=nginx:1.28 --as=ann',
    'kubectl expose pod lone --port=80 --as=ann',
    'kubectl autoscale deployment web --max=3 --as=ann',
    'kubectl patch cm settings -p {} --as=ann',
    'kubectl annotate cm settings a=b --as=ann',
    'kubectl top pod --as=ann',
    'kubectl top node --as=ann',
    'kubectl events --as=ann',
    'kubectl port-forward pod/lone 8080:80 --as=ann',
    'kubectl cp lone:/etc/hostname x --as=ann',
    'kubectl auth whoami --as=ann',
    'kubectl auth whoami --as=system:anonymous',
    'kubectl auth can-i --list --as=ann',
    after(
      'kubectl annotate pod lone kubectl.kubernetes.io/default-container=x',
      'kubectl logs lone --tail=1',
    ),
    after(
      'kubectl annotate pod lone kubectl.kubernetes.io/default-container=lone',
      'kubectl logs lone --tail=1',
    ),
    after('kubectl annotate pod lone kubectl.kubernetes.io/default-container=x', 'kubectl exec lone -- true'),
    'kubectl logs pending --ignore-errors',
    'kubectl logs -f pending --ignore-errors',
    'kubectl logs -f pending --pod-running-timeout=2s',
    after('kubectl create quota q --hard=pods=5', 'kubectl scale deployment web --replicas=9 --timeout=2s'),
    'kubectl drain worker-1 worker-2 --force --pod-selector=of=slow --timeout=3s --grace-period=600',
    'kubectl drain worker-1 worker-2 --force --pod-selector=of=slow --timeout=3s --grace-period=600 --disable-eviction',
    'kubectl drain worker-1 worker-2 --force --pod-selector=of=slow --timeout=3s --disable-eviction --dry-run=server',
    'kubectl drain worker-1 worker-2 --force --pod-selector=of=slow --timeout=3s --dry-run=server',
    'kubectl top node --show-swap',
    'kubectl top pod --show-swap --containers --sum',
    after('kubectl run fresh --image=nginx:1.28', 'kubectl top pod fresh'),
    "kubectl top pod -l run=pending 2>&1 | sed 's/age.*//'",
    'kubectl top pod nothing',
    'kubectl rollout status cronjob/tick',
    'kubectl get pods -A -w -o name --request-timeout=1s',
    'kubectl get pods -w --output-watch-events --request-timeout=1s',
    'kubectl get cm settings -w -o yaml --output-watch-events --request-timeout=1s',
    'kubectl create token default --bound-object-kind=Pod --bound-object-name=nothing',
    'kubectl create token nothing',
    'kubectl delete -f a -k b',
    'kubectl --kubeconfig=nothing get pods',
    'kubectl --context=nothing get pods',
    manifest('true', 'delete'),
    manifest('1', 'get'),
    manifest('[a]', 'delete'),
    'kubectl run p --image=busybox:1.36 --restart=OnFailure --attach --rm -- sh -c "echo hi"',
  ],
};
