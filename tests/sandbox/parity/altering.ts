import { objectsIn } from './placed-objects.ts';
import { manifest, type Scenario, settled } from './scenario.ts';
import { others, shop, stateful } from './shop-manifests.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}';
const fresh = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {a: b}';
const elsewhere = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh, namespace: kube-system}';
const unknown = 'apiVersion: example.com/v1\nkind: Odd\nmetadata: {name: x, namespace: z}';
const generated = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x-}';
const several = `${settings.replace('{name: settings}', '{name: one, labels: {part: of}}')}\n---\n${settings.replace('{name: settings}', '{name: two, labels: {part: of}}')}`;

const ranked = settings.replace('{name: settings}', '{name: ranked, labels: {part: of, rank: "7"}}');
const priority = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: first}\nvalue: 7';

/** A Pod template with most lists that are merged in their own ways. */
const worker = (more: string, containers: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker${more}}
spec:
  replicas: 0
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
${containers}
`;
const workerA = worker(
  ', annotations: {a: b}, finalizers: [example.com/one, example.com/two]',
  `      - {name: a, image: nginx, ports: [{containerPort: 80}, {containerPort: 81}], env: [{name: A, value: b}, {name: C, value: d}], args: [x, y]}
      - {name: b, image: busybox, command: [sleep, "5"]}
      volumes: [{name: v, emptyDir: {}}, {name: w, configMap: {name: settings}}]
      imagePullSecrets: [{name: p}]
      tolerations: [{key: a, operator: Exists}]`,
);
const workerB = worker(
  ', annotations: {c: d}, finalizers: [example.com/two, example.com/three]',
  `      - {name: b, image: busybox, command: [sleep, "6"]}
      - {name: a, image: nginx:1.28, ports: [{containerPort: 81}, {containerPort: 82}], env: [{name: C, value: e}, {name: F, value: g}], args: [z]}
      - {name: c, image: redis}
      volumes: [{name: v, configMap: {name: settings}}, {name: x, emptyDir: {}}]
      imagePullSecrets: [{name: q}]
      tolerations: [{key: b, operator: Exists}]`,
);

const placed = objectsIn(`
apiVersion: v1
kind: Pod
metadata: {name: lone, labels: {app: lone}}
spec: {nodeName: worker-2, containers: [{name: a, image: nginx}]}
status: {phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: orphan, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: gone, uid: abc, controller: true}], labels: {app: orphan}}
spec: {nodeName: worker-2, containers: [{name: a, image: nginx}]}
status: {phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: stored, labels: {app: stored}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: gone, uid: abc, controller: true}]}
spec: {nodeName: worker-2, containers: [{name: a, image: nginx}], volumes: [{name: d, emptyDir: {}}]}
status: {phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: over, labels: {app: over}}
spec: {nodeName: worker-2, containers: [{name: a, image: nginx}]}
status: {phase: Succeeded}
---
apiVersion: v1
kind: Pod
metadata: {name: mirrored, labels: {app: mirrored}, annotations: {kubernetes.io/config.mirror: abc}}
spec: {nodeName: worker-2, containers: [{name: a, image: nginx}]}
status: {phase: Running}
`);

/** Commands that change what is there: `label`, `patch`, `apply`, `delete`, `drain` and their like. */
export const altering: Scenario = {
  name: 'altering',
  since: 36,
  setup: [shop, stateful, others, 'fast 5m', settled],
  placed,
  lines: [
    ...['label', 'annotate'].flatMap((command) => [
      `kubectl ${command} pod lone a=b c=d -o jsonpath='{.metadata}'`,
      `kubectl ${command} deployment web app=x`,
      `kubectl ${command} deployment web app=web`,
      `kubectl ${command} deployment web nothing-`,
      `kubectl ${command} deployment web a=b a-`,
      `kubectl ${command} deployment web`,
      `kubectl ${command} deployment`,
      `kubectl ${command}`,
      `kubectl ${command} deployment web odd`,
      `kubectl ${command} deployment web a=b odd`,
      `kubectl ${command} deployment web a=b x/y/z=c`,
      `kubectl ${command} deployment web '-a=b'`,
      `kubectl ${command} deployment web 'a=b c'`,
      `kubectl ${command} deployment web =b`,
      `kubectl ${command} deployment web a=b --resource-version=1`,
      `kubectl ${command} deployment,service --all a=b --resource-version=1`,
      `kubectl ${command} pod lone --list`,
      `kubectl ${command} pod lone --list -o yaml`,
      `kubectl ${command} pod over,orphan app- --list`,
      `kubectl ${command} service web --list`,
      `kubectl ${command} deployment,service web a=b --dry-run=server`,
      `kubectl ${command} deployment web nothing a=b`,
      `kubectl ${command} nothing web a=b`,
      `kubectl ${command} deployment --all a=b --dry-run=client -o name`,
      `kubectl ${command} deployment web --all a=b`,
      `kubectl ${command} deployment --all -l app=web a=b`,
      `kubectl ${command} pods -l app=nothing a=b`,
      `kubectl ${command} pods -A -l app=web a=b`,
      `kubectl ${command} pods --field-selector=metadata.name=lone a=b`,
      `kubectl ${command} deployment web a=b --local`,
      manifest(fresh, `${command} --local a=b -o yaml`),
      manifest(fresh, `${command} --local a=b --dry-run=server`),
      manifest(fresh, `${command} --local a=b`),
      manifest(settings, `${command} a=b`),
      `kubectl ${command} -f nothing.yaml a=b`,
      `kubectl ${command} deployment web a=b --overwrite=false && kubectl ${command} deployment web a=c --overwrite=false`,
      `kubectl ${command} node worker-1 a=b`,
      `kubectl ${command} deployment web a=b --field-manager=me`,
    ]),
    'kubectl taint node worker-1 a=b:NoSchedule c:NoExecute',
    'kubectl taint node worker-1 a=b:NoSchedule && kubectl taint node worker-1 a=c:NoSchedule',
    'kubectl taint node worker-1 a=b:NoSchedule && kubectl taint node worker-1 a=c:NoSchedule --overwrite',
    'kubectl taint node worker-1 a=b:NoSchedule && kubectl taint node worker-1 a:NoSchedule-',
    'kubectl taint node worker-1 a=b:NoSchedule a=b:NoExecute && kubectl taint node worker-1 a- c=d:NoSchedule',
    'kubectl taint node worker-1 a=b:NoSchedule a=c:NoSchedule',
    'kubectl taint node worker-1 a=b:NoSchedule a:NoSchedule-',
    'kubectl taint node worker-1 a-',
    'kubectl taint node worker-1 a',
    'kubectl taint node worker-1 a=b',
    'kubectl taint node worker-1 a=b:c:d',
    'kubectl taint node worker-1 a=b=c:NoSchedule',
    'kubectl taint node worker-1 a=b:Odd',
    'kubectl taint node worker-1 -a=b:NoSchedule',
    "kubectl taint node worker-1 'a=b c:NoSchedule'",
    'kubectl taint node worker-1 :NoSchedule',
    'kubectl taint node worker-1 a:Odd-',
    'kubectl taint node worker-1',
    'kubectl taint node',
    'kubectl taint',
    'kubectl taint pod lone a=b:NoSchedule',
    'kubectl taint node nothing a=b:NoSchedule',
    'kubectl taint node --all a=b:NoSchedule --dry-run=client',
    'kubectl taint node --all -l a=b a=b:NoSchedule',
    'kubectl taint node -l kubernetes.io/hostname=worker-1 a=b:NoSchedule --dry-run=server -o name',
    'kubectl taint node worker-1 a=b:NoSchedule --validate=odd',
    "kubectl patch cm settings -p 'data: {colour: red}'",
    'kubectl patch cm settings -p x',
    "kubectl patch cm settings -p '[]'",
    'kubectl patch cm settings -p \'{"data":5}\'',
    "kubectl patch cm settings --type=merge -p 'a: b: c'",
    "kubectl patch cm settings --type=odd -p '{}'",
    "kubectl patch cm settings --type=json -p '{}'",
    'kubectl patch cm settings --type=json -p \'[{"op":"odd"}]\'',
    "kubectl patch cm settings -p '{}'",
    'kubectl patch cm settings',
    "kubectl patch cm settings -p ''",
    "printf 'data: {colour: red}' > p; kubectl patch cm settings --patch-file=p",
    'kubectl patch cm settings --patch-file=nothing',
    "kubectl patch cm settings -p '{}' --patch-file=x",
    'kubectl patch cm settings site -p \'{"data":{"x":"y"}}\'',
    'kubectl patch cm nothing -p \'{"data":{"x":"y"}}\'',
    "kubectl patch cm -p '{}'",
    "kubectl patch -p '{}'",
    'kubectl patch cm settings -p \'{"data":{"x":"y"}}\' --dry-run=client -o jsonpath={.data}',
    'kubectl patch cm settings -p \'{"data":{"x":"y"}}\' --dry-run=server -o jsonpath={.data}',
    'kubectl patch cm settings --type=json -p \'[{"op":"add","path":"/data/x","value":"y"}]\' --dry-run=client -o jsonpath={.data}',
    "kubectl patch deployment web --subresource=odd -p '{}'",
    "kubectl patch deployment web --subresource=status -p '{}' -o name",
    manifest(fresh, `patch --local -p '{"data":{"a":"c"}}' -o yaml`),
    manifest(fresh, `patch --local -p '{"data":{"a":"c"}}' --dry-run=server`),
    manifest(settings, `patch -p '{"data":{"a":"c"}}'`),
    "kubectl patch cm settings --local -p '{}'",
    manifest(settings.replace('blue', 'red'), 'replace'),
    manifest(fresh, 'replace'),
    manifest(fresh, 'replace --force'),
    manifest(settings, 'replace --force --grace-period=0'),
    manifest(settings, 'replace --force --timeout=5s --cascade=orphan'),
    manifest(settings, 'replace --grace-period=5'),
    manifest(settings, 'replace --timeout=5s'),
    manifest(settings, 'replace --cascade=odd --force'),
    manifest(settings, 'replace --dry-run=client -o yaml'),
    manifest(settings, 'replace --dry-run=server'),
    manifest(settings, 'replace --save-config -o name'),
    manifest(settings, 'replace --subresource=status'),
    manifest(settings, 'replace --force --dry-run=server'),
    `${manifest(priority, 'create')}\n${manifest(priority, 'replace --force')}`,
    `${manifest(priority, 'create')}\n${manifest(priority, 'replace')}`,
    manifest(`${settings.replace('{name: settings}', '{name: settings, resourceVersion: "1"}')}`, 'replace'),
    shop.replace('kubectl apply', 'kubectl replace --force -o name'),
    manifest(unknown, 'replace'),
    manifest(elsewhere, 'replace -n default'),
    manifest(settings, 'replace x'),
    'kubectl replace',
    'kubectl replace x',
    'kubectl delete cm settings site -o name',
    'kubectl delete cm settings --dry-run=client -o name',
    'kubectl delete cm settings --dry-run=server',
    'kubectl delete cm settings -o yaml',
    'kubectl delete cm settings nothing',
    'kubectl delete cm nothing --ignore-not-found',
    'kubectl delete cm settings --wait=false --now',
    'kubectl delete pod lone --now --wait=false',
    'kubectl delete pod lone --now --grace-period=5',
    'kubectl delete pod lone --now --force',
    'kubectl delete pod lone --grace-period=0',
    'kubectl delete pod lone --grace-period=0 --force --wait=false',
    'kubectl delete pod lone --grace-period=5 --force',
    'kubectl delete pod lone --force --wait=false',
    'kubectl delete pod lone --force --grace-period=-1 --wait=false',
    'kubectl delete pod --all --field-selector=a=b',
    'kubectl delete pod --all -l a=b',
    'kubectl delete pod lone --all',
    'kubectl delete pod lone -l a=b',
    'kubectl delete pod -l app=nothing',
    'kubectl delete pod --field-selector=metadata.name=lone --wait=false',
    'kubectl delete pod --field-selector=metadata.name=nothing',
    'kubectl delete pods,services -l app=nothing',
    'kubectl delete pod -A',
    'kubectl delete pod -A -l app=lone --wait=false',
    'kubectl delete pod lone -A',
    'kubectl delete cm,secret --all -n default',
    'kubectl delete node worker-1 --dry-run=client',
    'kubectl delete ns default --dry-run=client',
    'kubectl delete ns default',
    'kubectl delete pv,sc --all -A --dry-run=client',
    'kubectl delete deployment web --cascade=true --wait=false',
    'kubectl delete deployment web --cascade=false --wait=false',
    'kubectl delete deployment web --cascade=odd',
    'kubectl delete deployment web --cascade=foreground --wait=false',
    'echo y | kubectl delete cm settings -i',
    'echo n | kubectl delete cm settings -i',
    'echo odd | kubectl delete cm settings site -i',
    'kubectl delete cm -l app=nothing -i',
    'kubectl delete cm settings --interactive --dry-run=client',
    'kubectl delete cm',
    'kubectl delete cm settings --timeout=5s',
    'kubectl delete nothing x',
    'kubectl delete cm/settings secret/keys',
    'kubectl delete cm/settings keys',
    'kubectl delete -f nothing.yaml',
    'kubectl delete -f nothing.yaml --ignore-not-found',
    manifest(several, 'delete'),
    manifest(`${settings}\n---\n${fresh}`, 'delete'),
    manifest(fresh, 'delete --ignore-not-found'),
    manifest(settings, 'delete --all'),
    manifest(settings, 'delete x'),
    manifest(fresh, 'apply -o yaml'),
    manifest(fresh, 'apply -o name --dry-run=client'),
    manifest(generated),
    manifest(generated, 'create -o name --dry-run=client'),
    manifest(unknown),
    manifest(unknown, 'create'),
    manifest(`${unknown}\n---\n${fresh}`),
    manifest(`${fresh}\n---\n${unknown}`, 'apply --server-side'),
    manifest(elsewhere, 'apply -n default'),
    manifest(elsewhere),
    manifest(settings, 'apply --force'),
    manifest(settings, 'apply --overwrite=false'),
    manifest(settings, 'apply --force --server-side'),
    manifest(settings, 'apply --force-conflicts'),
    manifest(settings, 'apply --validate=odd'),
    manifest(settings, 'apply --validate=false -o json'),
    manifest(settings, 'apply --dry-run=client --server-side'),
    manifest(
      settings,
      'apply --server-side --field-manager=me --force-conflicts -o yaml --show-managed-fields',
    ),
    manifest(settings.replace('blue', 'red'), 'apply --server-side --field-manager=me'),
    manifest(settings.replace('blue', 'red'), 'apply --server-side --dry-run=server'),
    manifest(settings, 'apply --all'),
    manifest(settings, 'apply -l a=b'),
    manifest(several, 'apply -l part=of'),
    manifest(several, 'apply -l part=x'),
    manifest(several, 'create -l part=of'),
    ...[
      'part in (of),!x,part,part!=y,part notin (z)',
      'rank>5',
      'rank<5',
      'rank>9',
      'nothing>1',
      'nothing<1',
      'nothing!=1',
      'nothing notin (1)',
      'nothing in (1)',
      '!rank',
      'rank= (',
      'rank in (7,=)',
      'rank in (7 =)',
      'rank in (=)',
      'rank in ()',
      'rank in (,7)',
    ].map((selector) => manifest(ranked, `create --dry-run=client -o name -l '${selector}'`)),
    ...[
      'name: 5',
      'name: x, namespace: true',
      'name: x, labels: {a: true}',
      'name: x, annotations: {a: 5}',
      'name: x, labels: {a: y}',
    ].map((metadata) => manifest(`apiVersion: v1\nkind: ConfigMap\nmetadata: {${metadata}}`)),
    manifest('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: {a: 1}}', 'create'),
    manifest('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: {a: 1}}', 'delete'),
    manifest(several, "apply -l 'part in ('"),
    manifest(several, "delete -l 'part in ('"),
    manifest(several, "label -l 'part in (' a=b"),
    manifest(several, 'apply -o yaml --dry-run=client'),
    manifest(settings, 'apply x'),
    manifest(settings, 'apply --subresource=status'),
    manifest(settings, 'apply --grace-period=5'),
    manifest('apiVersion: v1\nkind: List\nitems: []'),
    manifest('apiVersion: v1\nkind: List\nitems:\n- 5'),
    manifest('apiVersion: v1\nkind: ConfigMap'),
    manifest('apiVersion: v1'),
    manifest('kind: ConfigMap'),
    manifest('{}'),
    manifest(''),
    manifest('# only a comment'),
    manifest('true'),
    manifest('[a]'),
    manifest(workerA),
    `${manifest(workerA)}\n${manifest(workerB)}\nkubectl get deployment worker -o yaml`,
    `${manifest(workerA)}\n${manifest(workerB, 'diff')}`,
    `${manifest(workerA, 'create')}\n${manifest(workerB)}\nkubectl get deployment worker -o jsonpath='{.metadata.annotations}{.spec.template.spec}'`,
    `${manifest(workerA, 'create')}\n${manifest(workerB, 'diff')}`,
    `${manifest(workerA, 'apply --server-side')}\n${manifest(workerB, 'apply --server-side')}\nkubectl get deployment worker -o jsonpath='{.spec.template.spec}'`,
    `${manifest(workerA, 'apply --server-side')}\n${manifest(workerB, 'diff --server-side')}`,
    `${manifest(workerA)}\n${manifest(workerB, 'apply --server-side')}`,
    `${manifest(workerA)}\nkubectl patch deployment worker -p '{"spec":{"template":{"spec":{"volumes":[{"name":"v","$patch":"delete"}],"containers":[{"name":"b","command":null}]}}}}' --dry-run=client -o jsonpath='{.spec.template.spec}'`,
    `${manifest(workerA)}\nkubectl replace --force -f - <<'EOF'\n${workerB}\nEOF`,
    manifest(fresh, 'diff'),
    manifest(fresh, 'diff --server-side'),
    manifest(settings, 'diff'),
    manifest(settings.replace('blue', 'red'), 'diff --server-side --field-manager=me'),
    manifest(settings.replace('blue', 'red'), 'diff --server-side --force-conflicts'),
    manifest(settings, 'diff --force-conflicts'),
    manifest(settings, 'diff -l a=b'),
    manifest(unknown, 'diff'),
    manifest('apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {token: other}', 'diff'),
    manifest('apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\ndata: {token: bmV3, more: eA==}', 'diff'),
    manifest('apiVersion: v1\nkind: Secret\nmetadata: {name: new}\ndata: {token: bmV3}', 'diff'),
    'kubectl diff',
    'kubectl diff x',
    manifest(settings, 'apply set-last-applied'),
    manifest(fresh, 'apply set-last-applied'),
    manifest(settings, 'apply set-last-applied --create-annotation -o yaml'),
    manifest(settings, 'apply set-last-applied --dry-run=client'),
    manifest(settings, 'apply set-last-applied --dry-run=server'),
    `${manifest(fresh, 'create')}\n${manifest(fresh, 'apply set-last-applied')}`,
    `${manifest(fresh, 'create')}\n${manifest(fresh, 'apply set-last-applied --create-annotation')}`,
    manifest(settings, 'apply view-last-applied'),
    'kubectl apply view-last-applied cm --all',
    'kubectl apply view-last-applied cm -l app=nothing',
    'kubectl apply view-last-applied cm settings site -o yaml',
    'kubectl apply view-last-applied cm settings -o odd',
    'kubectl apply view-last-applied pod lone',
    'kubectl apply view-last-applied cm nothing',
    'kubectl apply view-last-applied',
    'kubectl apply odd',
    'kubectl apply -f nothing.yaml -f more.yaml',
    'kubectl apply -f - -f -',
    'kubectl apply -k nothing -f x',
    'mkdir d; kubectl apply -f d',
    'mkdir -p d/e; printf \'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"}}\' > d/one.json; printf \'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: two}\\n\' > d/e/two.yaml; printf x > d/note.txt; kubectl apply -f d; kubectl apply -R -f d',
    'kubectl drain worker-2 --pod-selector=app=lone --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=lone --force --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=lone --force --dry-run=server',
    'kubectl drain worker-2 --pod-selector=app=orphan',
    'kubectl drain worker-2 --pod-selector=app=orphan --force --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=stored',
    'kubectl drain worker-2 --pod-selector=app=stored --delete-emptydir-data --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=over --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=mirrored --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=nothing',
    "kubectl drain worker-2 --pod-selector='app in ('",
    'kubectl drain worker-2 --pod-selector=app=lone --force --disable-eviction --dry-run=client',
    'kubectl drain worker-2 --pod-selector=app=db --grace-period=0 --timeout=60s',
    'kubectl drain worker-2 --pod-selector=app=db --disable-eviction',
    'kubectl drain worker-2 --pod-selector=app=db --skip-wait-for-delete-timeout=1',
    'kubectl drain worker-1 worker-2 --pod-selector=app=nothing',
    'kubectl drain worker-1 nothing --pod-selector=app=nothing',
    'kubectl drain -l kubernetes.io/hostname=worker-1 --pod-selector=app=nothing',
    'kubectl drain -l a=nothing',
    'kubectl drain worker-1 -l a=b',
    'kubectl drain',
    'kubectl drain pod/lone',
    'kubectl drain node/worker-1 --pod-selector=app=nothing',
    'kubectl drain worker-1 --pod-selector=app=nothing --dry-run=odd',
    'kubectl drain worker-1 --ignore-daemonsets --force --delete-emptydir-data --dry-run=client --chunk-size=1 | sort',
    'kubectl cordon worker-1 && kubectl cordon worker-1',
    'kubectl cordon worker-1 --dry-run=client',
    'kubectl cordon worker-1 --dry-run=server',
    'kubectl cordon -l kubernetes.io/hostname=worker-1',
    'kubectl cordon -l a=nothing',
    'kubectl cordon pod/lone',
    'kubectl cordon worker-1 -l a=b',
    'kubectl cordon',
    'kubectl uncordon',
    'kubectl uncordon worker-1 nothing',
    'kubectl uncordon worker-1 --dry-run=client',
  ],
};
