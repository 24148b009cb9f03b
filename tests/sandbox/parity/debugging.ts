import { manifest, type Scenario, settled } from './scenario.ts';

const full = manifest(`
apiVersion: v1
kind: Pod
metadata:
  name: full
  labels: {app: full}
  annotations: {note: keep}
spec:
  initContainers: [{name: before, image: "busybox:1.36", command: ["true"]}]
  containers:
  - name: web
    image: nginx:1.28
    args: [nginx, -g, daemon off;]
    livenessProbe: {httpGet: {path: /, port: 80}}
    readinessProbe: {httpGet: {path: /, port: 80}}
    startupProbe: {httpGet: {path: /, port: 80}}
    securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}
  - {name: side, image: "busybox:1.36", command: [sleep, infinity], stdin: true, tty: true}
`);

const user = manifest(`
apiVersion: v1
kind: Pod
metadata: {name: user}
spec:
  securityContext: {runAsUser: 1000}
  shareProcessNamespace: false
  containers: [{name: box, image: "busybox:1.36", command: [sleep, infinity]}]
`);

/** What came of a line, in the Pod that it made or changed. */
function then(pod: string, path: string): string {
  return ` && kubectl get pod ${pod} -o jsonpath-as-json='${path}'`;
}

const node = ' && kubectl get pods -l app.kubernetes.io/managed-by=kubectl-debug -o jsonpath-as-json';

const profiles = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin', 'legacy'];

/** `kubectl debug`: in a Pod, in a copy of one, on a node. */
export const debugging: Scenario = {
  name: 'debugging',
  since: 36,
  setup: [full, user, 'kubectl wait pod --all --for=condition=Ready', settled],
  lines: [
    ...profiles.flatMap((profile) => [
      `kubectl debug full --image=busybox:1.36 -c dbg --profile=${profile} -- sleep 1${then('full', '{.spec.ephemeralContainers[*]}')}`,
      `kubectl debug user --image=busybox:1.36 -c dbg --profile=${profile} -- sleep 1${then('user', '{.spec.ephemeralContainers[*]}')}`,
      `kubectl debug full --copy-to=copy --image=busybox:1.36 -c dbg --profile=${profile} -- sleep 1${then('copy', '{.metadata.labels}{.metadata.annotations}{.spec}')}`,
      `kubectl debug user --copy-to=copy --image=busybox:1.36 -c dbg --profile=${profile} -- sleep 1${then('copy', '{.spec.containers[*]}{.spec.shareProcessNamespace}')}`,
      `kubectl debug node/worker-1 --image=busybox:1.36 --profile=${profile} -- sleep 1${node}='{.items[*].spec}'`,
    ]),
    `kubectl debug full --copy-to=copy --image=busybox:1.36 -c dbg --keep-labels --keep-annotations --keep-liveness --keep-readiness --keep-startup --keep-init-containers=false --same-node --share-processes=false${then('copy', '{.metadata.labels}{.metadata.annotations}{.spec}')}`,
    `kubectl debug full --copy-to=copy --keep-init-containers --share-processes --set-image=web=nginx:1.29,side=busybox:1${then('copy', '{.spec}')}`,
    `kubectl debug full --copy-to=copy '--set-image=*=busybox:1.36'${then('copy', '{.spec.containers[*].image}')}`,
    `kubectl debug full --copy-to=copy -c side --image=nginx:1.28 --env=A=b,C=d --image-pull-policy=Never${then('copy', '{.spec.containers[1]}')}`,
    `kubectl debug full --copy-to=copy -c web --arguments-only -- nginx -v${then('copy', '{.spec.containers[0]}')}`,
    `kubectl debug full --copy-to=copy -c web -- sleep 5${then('copy', '{.spec.containers[0]}')}`,
    `kubectl debug full --copy-to=copy -c web -it --attach=false${then('copy', '{.spec.containers[0]}')}`,
    `kubectl debug full --copy-to=copy -c web${then('copy', '{.spec.containers[0]}')}`,
    'kubectl debug full --copy-to=copy -c nothing -- sleep 5',
    `kubectl debug user --copy-to=copy --replace --image=busybox:1.36 -c dbg -- sleep 1 && kubectl get pods -o name`,
    'kubectl debug user --copy-to=full --image=busybox:1.36 -c dbg',
    `kubectl debug full --image=busybox:1.36 -c dbg --target=web --env=A=b --env=C=d=e --image-pull-policy=Always --arguments-only -it --attach=false -- a b${then('full', '{.spec.ephemeralContainers[*]}')}`,
    'kubectl debug full --image=busybox:1.36 -c dbg --target=web --quiet -- sleep 1',
    'kubectl debug full --image=busybox:1.36 -c dbg --attach --quiet -- echo hello',
    'kubectl debug full --image=busybox:1.36 -c dbg --attach -- echo hello',
    "echo word | kubectl debug full --image=busybox:1.36 -c dbg -i --quiet -- sh -c 'cat; sleep 1'",
    'kubectl debug full --copy-to=copy --image=busybox:1.36 -c dbg --attach --quiet -- echo hello',
    `kubectl debug full --image=busybox:1.36 --quiet -- sleep 1${then('full', '{.spec.ephemeralContainers[*].image}')}`,
    'kubectl debug full --image=busybox:1.36 -- sleep 1',
    'kubectl debug full --image=busybox:1.36 -c web -- sleep 1',
    'kubectl debug full --image=busybox:1.36 -c dbg && kubectl debug full --image=busybox:1.36 -c other && kubectl debug full --image=busybox:1.36 -c dbg',
    `kubectl debug node/worker-2 --image=busybox:1.36 -c tools -n kube-system --quiet --env=A=b -- sleep 1 && kubectl get pods -n kube-system -l app.kubernetes.io/managed-by=kubectl-debug -o jsonpath-as-json='{.items[*].spec.containers}'`,
    'kubectl debug node/worker-2 --image=busybox:1.36 --attach -- echo hello',
    'kubectl debug node/worker-2 node/worker-1 --image=busybox:1.36 -- sleep 1',
    'kubectl debug node/nothing --image=busybox:1.36',
    'kubectl debug nothing --image=busybox:1.36',
    'kubectl debug service/kubernetes --image=busybox:1.36',
    'kubectl debug ns/default --image=busybox:1.36',
    'kubectl debug full user --image=busybox:1.36 -c dbg',
    'kubectl debug',
    'kubectl debug full',
    'kubectl debug full --attach',
    'kubectl debug full --copy-to=copy',
    'kubectl debug full --copy-to=copy -- sleep 1',
    'kubectl debug full --copy-to=copy --image=busybox:1.36 --target=web',
    'kubectl debug full --image=Busybox',
    'kubectl debug --image=busybox:1.36',
    'kubectl debug full --image=busybox:1.36 --image-pull-policy=Often',
    'kubectl debug full --image=busybox:1.36 -t',
    'kubectl debug full --image=busybox:1.36 --replace',
    'kubectl debug full --image=busybox:1.36 --same-node',
    'kubectl debug full --image=busybox:1.36 --set-image=web=nginx',
    'kubectl debug full --image=busybox:1.36 --profile=nothing',
    'kubectl debug full --image=busybox:1.36 -l app=full',
    'kubectl debug full --copy-to=Copy --image=busybox:1.36 -c dbg',
    'kubectl debug full --copy-to=copy --set-image=web',
    'kubectl debug full --copy-to=copy --set-image=nothing=nginx:1.28',
    'kubectl debug full --image=busybox:1.36 --env=A -c dbg',
  ],
};
