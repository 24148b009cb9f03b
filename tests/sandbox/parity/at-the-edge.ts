import { manifest, type Scenario, settled } from './scenario.ts';

const file = (name: string, text: string, line: string): string =>
  `cat > ${name} <<'EOF'\n${text}\nEOF\n${line}`;
const pem = (type: string): string => `-----BEGIN ${type}-----\nAA==\n-----END ${type}-----`;
const tls = (certificate: string, key: string): string =>
  file('c', pem(certificate), file('k', pem(key), 'kubectl create secret tls s --cert=c --key=k'));

const slice = (name: string, pool: string): string =>
  `{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: ${name}}, spec: {driver: example.com, nodeName: worker-1, pool: {name: ${pool}, generation: 1, resourceSliceCount: 2}}}`;
const list = (...items: readonly string[]): string =>
  `{apiVersion: v1, kind: List, items: [${items.join(', ')}]}`;

const settings = '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: green}}';
const namespace = '{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {a: b}}}';
const measured =
  '{apiVersion: v1, kind: Pod, metadata: {name: measured}, spec: {containers: [{name: c, image: "nginx:1.28", resources: {limits: {cpu: 1500m}}, env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}, {name: B, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}, {name: C, valueFrom: {resourceFieldRef: {resource: requests.memory}}}]}]}}';
const withPort = (name: string, port: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}}, spec: {containers: [{name: c, image: "nginx:1.28", ports: [${port}]}]}}`;
const dryRun = '--dry-run=client -o yaml';

/** Words at the edge of what a flag or a field takes: empty, double, the last of their kind. */
export const atTheEdge: Scenario = {
  name: 'at the edge',
  since: 36,
  setup: [
    'kubectl create deployment web --image=nginx:1.28 --replicas=2',
    'kubectl set image deployment/web nginx=nginx:1.27',
    'kubectl expose deployment web --port=80',
    'kubectl run lone --image=nginx:1.28',
    'kubectl run slow --image=busybox:1.36 --labels=of=slow -- sleep 99999',
    'kubectl run slower --image=busybox:1.36 --labels=of=slow -- sleep 99999',
    manifest(settings),
    manifest(measured),
    settled,
  ],
  lines: [
    "kubectl delete pod slower --wait=false --grace-period=60; kubectl delete pod slow --wait=false --grace-period=120; kubectl wait --for=jsonpath='{.status.phase}'=Failed pod -l of=slow --timeout=200s",
    `kubectl expose svc web --name=more ${dryRun}`,
    `kubectl expose deployment web --port=80 --name=more -n kube-system`,
    manifest(list(slice('a', 'p'), slice('b', 'p'))),
    file('f', '', 'kubectl --kubeconfig=f get pods --as-group=ops'),
    file('f', 'preferences:\n  colors: true', 'kubectl --kubeconfig=f config view'),
    file('f', 'preferences:\n  colors: true', 'kubectl --kubeconfig=f config set-context x; cat f'),
    'kubectl config set-context bare --cluster=$(kubectl config view -o jsonpath={.clusters[0].name}) --user=$(kubectl config view -o jsonpath={.users[0].name}); kubectl --context=bare get cm settings',
    'kubectl config view --minify -o jsonpath={.contexts[0].name}',
    'kubectl config view -o name',
    'kubectl config view -o json | head -n 3',
    'kubectl config get-contexts nothing',
    'kubectl create token default --bound-object-kind=Pod --bound-object-name=lone --bound-object-uid=x',
    "kubectl create token ''",
    'kubectl rollout pause deployment web; kubectl set image deployment/web nginx=nginx:1.28-alpine; kubectl describe deployment web',
    'kubectl rollout pause deployment web; kubectl rollout undo deployment web',
    'kubectl rollout undo deployment web --to-revision=2',
    'kubectl rollout undo deployment web --to-revision=9',
    'kubectl describe deployment web',
    'kubectl get pods. lone -o name',
    'kubectl get pods.v9. lone',
    manifest(namespace, 'apply --server-side'),
    manifest(
      `{apiVersion: v1, kind: Namespace, metadata: {name: kube-public}}`,
      'apply --server-side --dry-run=server',
    ),
    'kubectl autoscale deployment web --max=3 --cpu=',
    'kubectl autoscale deployment web --max=3 --cpu=x%',
    'kubectl autoscale deployment web --max=3 --cpu=x --memory=1Gi',
    'kubectl autoscale deployment web --max=3 --memory=x',
    'kubectl autoscale deployment web --max=3 --cpu=500m --memory=70% -o yaml --dry-run=client',
    'kubectl taint node worker-1 a=b',
    'kubectl taint node worker-1 a:',
    'kubectl taint node worker-1 a=b:',
    'kubectl taint node worker-1 =b:NoSchedule',
    'kubectl taint node worker-1 a:NoSchedule a:NoSchedule',
    'kubectl taint node worker-1 a-',
    'kubectl taint node worker-1 a:NoSchedule; kubectl taint node worker-1 a-; kubectl get node worker-1 -o jsonpath={.spec.taints}',
    tls('FOO', 'FOO'),
    tls('CERTIFICATE', 'FOO'),
    tls('CERTIFICATE', 'CERTIFICATE'),
    tls('RSA PRIVATE KEY', 'RSA PRIVATE KEY'),
    'kubectl create quota q --hard=pods=1 --scopes=CrossNamespacePodAffinity; kubectl describe quota q',
    `kubectl create clusterrole x --aggregation-rule=a= ${dryRun}`,
    `kubectl create role x --verb=get --resource=pods,pods/log,deployments.apps,pods ${dryRun}`,
    `kubectl create role x --verb=get --resource=/log ${dryRun}`,
    `kubectl create ingress i --rule=/a=s:80 --rule=/b=s:80 --rule=a/c=s:80,tls --rule=b/c=s:80,tls --rule=c/c=s:80,tls=t --rule=d/c=s:80,tls=t --rule=a/d=s:80,tls=t ${dryRun}`,
    'kubectl set env deployment/web A=; kubectl set env deployment/web A=b --overwrite=false',
    'kubectl set env deployment/web A=b; kubectl set env deployment/web A=b --overwrite=false',
    'kubectl set env deployment/web 1=2',
    'kubectl set env deployment/web A',
    'kubectl set env pod/measured --list --resolve',
    'kubectl set env pod/measured --list',
    `kubectl create pdb p --selector='!a' --min-available=1 ${dryRun}`,
    'kubectl set resources deployment/web --limits=cpu=1x',
    'kubectl set resources deployment/web --limits=cpu=1.2.3',
    'kubectl set image a=b',
    'kubectl label a=b',
    'kubectl label',
    'kubectl annotate pod',
    'kubectl create -f f more',
    'kubectl diff -f f more',
    'kubectl create cm x --from-file=/',
    'kubectl create cm x --from-file=a/',
    "kubectl create priorityclass '' --value=1",
    "kubectl create ns ''",
    "kubectl create role '' --verb=get --resource=pods",
    `printf '${settings}' > f; kubectl apply set-last-applied -f f`,
    'kubectl apply view-last-applied cm settings -o json',
    'kubectl apply view-last-applied cm settings -o name',
    'kubectl port-forward pod/lone 70000:80',
    `${manifest(withPort('named', '{name: http, containerPort: 80}'), 'apply >/dev/null')}\nkubectl port-forward pod/named 8080:https`,
    `${manifest(withPort('udp', '{containerPort: 53, protocol: UDP}'), 'apply >/dev/null')}\nkubectl port-forward pod/udp 8080:53`,
    'kubectl explain pods.',
    'kubectl explain pods..spec',
    'kubectl version -o json --client | head -n 2',
    'kubectl api-resources -o json | head -n 12',
    'kubectl api-resources -o yaml | head -n 12',
    'kubectl exec deployment lone -- true',
    'kubectl exec -- true',
    'kubectl attach',
    'kubectl uncordon worker-1',
    'kubectl get cm settings -o custom-columns=A:.data.colour,B:.nothing --no-headers',
    'kubectl get cm settings -o custom-columns=A',
    'kubectl get cm settings -o jsonpath=',
    'kubectl get cm settings -o go-template=',
    'kubectl get pods lone nothing --ignore-not-found -o name',
    'kubectl get pods nothing --ignore-not-found -o yaml',
    'kubectl get pods nothing other -o json --ignore-not-found',
    'kubectl get deployment web -o jsonpath={.spec.template.spec.containers[*].nothing[0]}',
    'kubectl get deployment web -o jsonpath={.spec.replicas[0]}',
    "kubectl get deployment web -o jsonpath='{.status.conditions[?(@.status==null)]}'",
    "kubectl get deployment web -o jsonpath='{.status.conditions[?(@.type==1)].type}'",
    "kubectl get deployment web -o jsonpath='{.spec.paused}{.metadata.generation}'",
    "kubectl wait --for=jsonpath='{.a}{.b}' pod/lone",
    "kubectl wait --for=jsonpath='{.spec.containers[*].name}'=lone pod/lone",
    'kubectl wait --for=condition=Ready=unknown pod/lone --timeout=1s',
    'kubectl get pods --sort-by={.metadata.labels.nothing} -o name',
    'kubectl get rs,deployment --sort-by=.metadata.generation -o name',
  ],
};
