import { manifest, type Scenario, settled } from './scenario.ts';

const things = manifest(`
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue, size.of: "3", a-b: c}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {token: s3cret}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      initContainers: [{name: before, image: "busybox:1.36", command: ["true"]}]
      containers:
      - name: web
        image: nginx:1.28
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
        env:
        - {name: PLAIN, value: x}
        - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
        - {name: NOKEY, valueFrom: {configMapKeyRef: {name: settings, key: nothing, optional: true}}}
        - {name: NOMAP, valueFrom: {configMapKeyRef: {name: nothing, key: colour, optional: true}}}
        - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
        - {name: NOTOKEN, valueFrom: {secretKeyRef: {name: keys, key: nothing, optional: true}}}
        - {name: NOSECRET, valueFrom: {secretKeyRef: {name: nothing, key: token, optional: true}}}
        - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: SPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
        - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
        - {name: NOTE, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['note']"}}}
        - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
        - {name: ACCOUNT, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}
        - {name: CPU, valueFrom: {resourceFieldRef: {resource: requests.cpu}}}
        - {name: MILLICPU, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 1m}}}
        - {name: MEMORY, valueFrom: {resourceFieldRef: {containerName: web, resource: limits.memory}}}
        - {name: MEBI, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
        - {name: DISK, valueFrom: {resourceFieldRef: {resource: limits.ephemeral-storage}}}
      - {name: side, image: "busybox:1.36", command: [sleep, infinity]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 3 * * *"
  suspend: true
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: report, image: "busybox:1.36", command: [date]}]
---
apiVersion: v1
kind: Pod
metadata: {name: box, labels: {app: box}}
spec: {containers: [{name: box, image: "busybox:1.36", command: [sleep, infinity]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: ann}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everybody}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
`);

const local =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {b: x, a: w}, annotations: {note: z}}\nspec: {template: {spec: {containers: [{name: web, image: nginx:1.28, env: [{name: A, value: b}, {name: C, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}, {name: D, valueFrom: {}}, {name: E, valueFrom: {resourceFieldRef: {resource: requests.memory}}}, {name: F, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}, {name: G, valueFrom: {fieldRef: {fieldPath: metadata.annotations}}}, {name: H, valueFrom: {resourceFieldRef: {resource: limits.odd, divisor: 1k}}}, {name: I, valueFrom: {resourceFieldRef: {resource: odd}}}, {name: J, valueFrom: {fieldRef: {fieldPath: "metadata.labels[x]"}}}]}]}}}';

const environment = " -o jsonpath-as-json='{.spec.template.spec.containers[*].env}'";
const resources = " -o jsonpath-as-json='{.spec.template.spec.containers[*].resources}'";
const subjects = " -o jsonpath-as-json='{.subjects}'";

/** `kubectl set …`: what changes one thing in objects that are there, or in a file. */
export const changingTemplates: Scenario = {
  name: 'changing templates',
  since: 36,
  setup: [things, 'kubectl rollout status deployment/web', settled],
  lines: [
    'kubectl set env deployment/web --list',
    'kubectl set env deployment/web --list --resolve',
    'kubectl set env deployment/web --list --resolve -c side',
    'kubectl set env deployment/web --list -c nothing',
    'kubectl set env pods -l app=web --list --resolve',
    'kubectl set env pods --all --list',
    'kubectl set env deployment,cronjob --all --list',
    'kubectl set env deployment/web --list -o yaml',
    manifest(local, 'set env --list'),
    manifest(local, 'set env --local --list --resolve'),
    manifest(local, 'set env --list --resolve'),
    manifest(local, 'set env --local A=c'),
    manifest(local, 'set env --local -o yaml A-'),
    manifest(local, 'set env --local --dry-run=server A=c'),
    manifest(local, 'set env --local --dry-run=client A=c'),
    manifest(local, 'set image --local web=nginx:1.29 -o yaml'),
    manifest(local, 'set image --local --dry-run=server web=nginx:1.29'),
    manifest(local, "set resources --local --limits=cpu=1 -o jsonpath='{..resources}'"),
    manifest(local, "set serviceaccount --local ci -o jsonpath='{..serviceAccountName}'"),
    manifest(local, 'set selector --local app=web'),
    `kubectl set env deployment/web A=b PLAIN=y C= D-${environment}`,
    `kubectl set env deployment/web A=b -c side${environment}`,
    `kubectl set env deployment/web A=b -c nothing`,
    `kubectl set env deployment/web --overwrite=false PLAIN=y`,
    `kubectl set env deployment/web --overwrite=false NEW=y`,
    `kubectl set env deployment/web -e A=b --env=C=d${environment}`,
    `kubectl set env deployment/web PLAIN- COLOUR- -c web${environment}`,
    `kubectl set env deployment/web --from=configmap/settings --keys=a-b -c side --dry-run=client${environment}`,
    `kubectl set env deployment/web --from=configmap/settings --prefix=S_ --keys=colour -c side${environment}`,
    `kubectl set env deployment/web --from=secret/keys -c side --dry-run=server${environment}`,
    `kubectl set env cronjob/report --from=secret/keys --keys=nothing`,
    `kubectl set env cronjob/report A=b -o jsonpath='{..env}'`,
    'kubectl set env deployment/web --from=secret/nothing',
    'kubectl set env deployment/web --from=service/web',
    'kubectl set env deployment/web --from=nothing/x',
    'kubectl set env deployment/web --from=secret',
    'kubectl set env pod/box A=b',
    'kubectl set env service/web A=b',
    'kubectl set env service/web --list',
    'kubectl set env deployment/nothing A=b',
    'kubectl set env deployment/web',
    'kubectl set env deployment/web A',
    'kubectl set env deployment/web =b',
    "kubectl set env deployment/web 'A B=c'",
    'kubectl set env A=b',
    'kubectl set env',
    'kubectl set env deployment --all -l app=web A=b',
    'kubectl set env deployment A=b',
    'kubectl set env deployment -l app=web A=b',
    'kubectl set env deployment -l app=nobody A=b',
    'kubectl set env deployment/web A=b A-',
    'kubectl set env deployment/web A=b -o name',
    'kubectl set env deployment/web PLAIN=x',
    "echo 'X=1\n# no\n\nY=2' | kubectl set env deployment/web -c side -e - -o jsonpath='{..env}'",
    "echo 'X=1\nY=2' | kubectl set env deployment/web -c side -",
    "echo 'what' | kubectl set env deployment/web -",
    'kubectl set image deployment/web web=nginx:1.29 side=busybox:1',
    "kubectl set image deployment/web '*=nginx:1.29' -o jsonpath='{..image}'",
    'kubectl set image deployment/web before=busybox:1 -o name',
    'kubectl set image deployment web web=nginx:1.28',
    'kubectl set image deployment --all web=nginx:1.29',
    'kubectl set image deployment -l app=web web=nginx:1.29 --dry-run=client',
    'kubectl set image deployment --all -l app=web web=nginx:1.29',
    'kubectl set image deployment/web nothing=nginx',
    'kubectl set image deployment/web web=nginx:1.29 nothing=nginx',
    'kubectl set image deployment/web web',
    'kubectl set image deployment/web web=',
    'kubectl set image deployment/web web=Nginx',
    'kubectl set image deployment/web web=nginx:1 web=nginx:2',
    'kubectl set image web=nginx:1.29',
    'kubectl set image deployment/web',
    'kubectl set image',
    'kubectl set image pod/box box=busybox:1.35',
    'kubectl set image pod/box box=nginx:1.28 --dry-run=server -o jsonpath={.spec.containers[0].image}',
    'kubectl set image cronjob/report report=busybox:1',
    'kubectl set image service/web web=nginx',
    'kubectl set image deployment/web,cronjob/report web=nginx',
    'kubectl set image -f nothing.yaml web=nginx',
    `kubectl set resources deployment web --limits=cpu=200m,memory=512Mi --requests=cpu=100m${resources}`,
    `kubectl set resources deployment web -c side --limits=cpu=1${resources}`,
    `kubectl set resources deployment web -c=web --limits=cpu=0,memory=0 --requests=cpu=0,memory=0${resources}`,
    'kubectl set resources deployment web -c nothing --limits=cpu=1',
    'kubectl set resources deployment web',
    'kubectl set resources deployment web --limits=cpu',
    'kubectl set resources deployment web --limits=cpu=x',
    'kubectl set resources deployment web --limits=nothing=1',
    'kubectl set resources deployment web --requests=memory=1Gi',
    'kubectl set resources --limits=cpu=1',
    'kubectl set resources deployment --all -l app=web --limits=cpu=1',
    'kubectl set resources deployment --all --limits=cpu=1 --dry-run=client',
    'kubectl set resources deployment -l app=web --limits=cpu=1',
    'kubectl set resources deployment nothing --limits=cpu=1',
    'kubectl set resources service web --limits=cpu=1',
    'kubectl set resources pod box --limits=cpu=1',
    'kubectl set serviceaccount deployment web default',
    'kubectl set sa deployment,cronjob --all ci --dry-run=client',
    'kubectl set serviceaccount deployment web ci -o jsonpath={.spec.template.spec.serviceAccountName}',
    'kubectl set serviceaccount pod box ci',
    'kubectl set serviceaccount service web ci',
    'kubectl set serviceaccount ci',
    'kubectl set serviceaccount',
    'kubectl set serviceaccount deployment nothing ci',
    'kubectl set serviceaccount deployment web ci --dry-run=server',
    'kubectl set selector service web app=x,tier=front -o yaml --dry-run=server',
    'kubectl set selector service web app=x && kubectl get service web -o jsonpath={.spec.selector}',
    'kubectl set selector service web app=x --resource-version=1',
    'kubectl set selector service --all app=x --dry-run=client',
    "kubectl set selector service web 'app in (x)'",
    "kubectl set selector service web 'app!=x'",
    'kubectl set selector service web app',
    'kubectl set selector service web',
    'kubectl set selector service web a=b c=d',
    'kubectl set selector deployment web app=x',
    'kubectl set selector pod box app=x',
    'kubectl set selector service nothing app=x',
    'kubectl set selector app=x',
    'kubectl set selector',
    `kubectl set subject rolebinding readers --user=bob --group=ops --serviceaccount=default:ci${subjects}`,
    `kubectl set subject rolebinding readers --user=ann${subjects}`,
    `kubectl set subject rolebinding readers --user=bob --dry-run=client${subjects}`,
    'kubectl set subject rolebinding readers --user=bob --user=eve --dry-run=server',
    `kubectl set subject clusterrolebinding everybody --serviceaccount=default:ci${subjects}`,
    'kubectl set subject rolebinding --all --user=bob',
    'kubectl set subject rolebinding,clusterrolebinding --all --user=bob --dry-run=client',
    'kubectl set subject rolebinding -l a=b --user=bob',
    'kubectl set subject rolebinding --all -l a=b --user=bob',
    'kubectl set subject rolebinding readers',
    'kubectl set subject rolebinding readers --serviceaccount=ci',
    'kubectl set subject rolebinding readers --serviceaccount=default:',
    'kubectl set subject rolebinding readers --serviceaccount=a:b:c',
    'kubectl set subject clusterrolebinding everybody --serviceaccount=:ci',
    'kubectl set subject rolebinding nothing --user=bob',
    'kubectl set subject deployment web --user=bob',
    'kubectl set subject --user=bob',
    'kubectl set subject',
    'kubectl set nothing',
    manifest(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: x}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}',
      'set subject --local --user=bob --group=ops --serviceaccount=a:b -o yaml',
    ),
    manifest(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: x}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}',
      'set subject --local --dry-run=server --user=bob',
    ),
  ],
};
