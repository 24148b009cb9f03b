import { objectsIn } from './placed-objects.ts';
import { type Scenario, settled } from './scenario.ts';
import { shop, stateful } from './shop-manifests.ts';

const placed = objectsIn(`
apiVersion: v1
kind: Event
metadata: {name: e1}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: odd, uid: UID}
reason: First
message: "one\\ntwo"
type: Warning
count: 3
firstTimestamp: "2026-01-05T02:00:00Z"
lastTimestamp: "2026-01-05T04:30:00Z"
source: {component: kubelet, host: worker-1}
---
apiVersion: v1
kind: Event
metadata: {name: e2}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: odd, fieldPath: "spec.containers{a}"}
reason: Second
message: by another
type: Normal
eventTime: "2026-01-05T04:40:00.000000Z"
reportingComponent: example.com/controller
series: {count: 5, lastObservedTime: "2026-01-05T04:45:00.000000Z"}
---
apiVersion: v1
kind: Event
metadata: {name: e3, managedFields: [{manager: m}]}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: odd}
reason: Third
message: at no time
---
apiVersion: v1
kind: Event
metadata: {name: e4}
involvedObject: {apiVersion: apps/v1, kind: Deployment, namespace: default, name: odd}
reason: Fourth
message: once
type: Normal
eventTime: "2026-01-05T04:50:00.000000Z"
firstTimestamp: null
lastTimestamp: null
reportingComponent: example.com/controller
---
apiVersion: v1
kind: Service
metadata: {name: dashboard, namespace: kube-system, labels: {kubernetes.io/cluster-service: "true", kubernetes.io/name: Dashboard}}
spec: {type: ClusterIP, clusterIP: 10.96.1.1, ports: [{name: https, port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: plain, namespace: kube-system, labels: {kubernetes.io/cluster-service: "true"}}
spec: {type: ClusterIP, clusterIP: 10.96.1.2, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: portless, namespace: kube-system, labels: {kubernetes.io/cluster-service: "true"}}
spec: {type: ClusterIP, clusterIP: 10.96.1.3}
---
apiVersion: v1
kind: Service
metadata: {name: balanced, namespace: kube-system, labels: {kubernetes.io/cluster-service: "true"}}
spec: {type: LoadBalancer, clusterIP: 10.96.1.4, ports: [{port: 80}, {port: 81}]}
status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
---
apiVersion: v1
kind: Service
metadata: {name: hosted, namespace: kube-system, labels: {kubernetes.io/cluster-service: "true"}}
spec: {type: LoadBalancer, clusterIP: 10.96.1.5, ports: [{port: 80}]}
status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: waited, labels: {app: waited}}
spec: {nodeName: worker-1, containers: [{name: a, image: nginx}, {name: b, image: nginx}]}
status:
  phase: Running
  podIPs: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]
  conditions: [{type: Ready, status: "False"}, {type: Odd, status: Perhaps, observedGeneration: 1}, {status: "True"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: unseen, generation: 3}
spec: {replicas: 0, selector: {matchLabels: {app: none}}, template: {metadata: {labels: {app: none}}, spec: {containers: []}}}
status: {observedGeneration: 2, conditions: [{type: Available, status: "True"}]}
---
apiVersion: v1
kind: Node
metadata: {name: unmeasured}
status: {capacity: {cpu: "4", memory: 8Gi}, conditions: [{type: Ready, status: "True"}]}
`);

const waits: readonly string[] = [
  'pod/waited --for=condition=Ready --timeout=0s',
  'pod/waited --for=condition=Ready=False',
  'pod/waited --for=condition=ready=false',
  'pod/waited --for=condition=Odd=perhaps',
  'pod/waited --for=condition=Nothing --timeout=1ms',
  "pod/waited --for=jsonpath='{.status.phase}'=Running",
  "pod/waited --for=jsonpath='{.status.phase}'",
  'pod/waited --for=jsonpath={.status.phase}=Failed --timeout=1ms',
  "pod/waited --for=jsonpath='{.status.podIPs[*].ip}'=x",
  "pod/waited --for=jsonpath='{.status.nothing}' --timeout=1ms",
  "pod/waited --for=jsonpath='{.status.phase}{.kind}'=x",
  "pod/waited --for=jsonpath='{.metadata.labels}'=x",
  "pod/waited --for=jsonpath='{.spec.containers}'",
  "pod/waited --for=jsonpath='{.status.phase'=x",
  "pod/waited --for=jsonpath='status.phase'=Running",
  "pod/waited --for=jsonpath=''",
  "pod/waited --for=jsonpath='{.status.phase}'=",
  "pod/waited --for=jsonpath='{.status.phase}==Running'",
  'pod/waited --for=jsonpath=\'{.status.conditions[?(@.type=="Ready")].status}\'=False',
  'pod/waited --for=nothing',
  'pod/waited --for=create',
  'pod/nothing --for=create --timeout=1ms',
  'pod/nothing --for=delete',
  'pod/nothing --for=condition=Ready',
  'pod/nothing pod/waited --for=condition=Ready=False',
  'pod/waited',
  '--for=condition=Ready',
  'pod --for=condition=Ready',
  'pod --all --for=condition=Ready=False --timeout=1ms',
  'pod -l app=waited --for=condition=Ready=False',
  'pod -l app=nothing --for=condition=Ready',
  'pod -l app=nothing --for=delete',
  'pod --field-selector=metadata.name=waited --for=condition=Ready=False',
  'pod -A -l app=waited --for=condition=Ready=False',
  'nothing/x --for=condition=Ready',
  'deployment/unseen --for=condition=Available --timeout=1ms',
  'deployment/web --for=condition=available',
  'deployment/web --for=condition=Available -o name',
  'deployment/web --for=condition=Available -o jsonpath={.spec.replicas}',
  'deployment/web --for=condition=Available --timeout=-1s',
  'namespace/default --for=jsonpath={.status.phase}=Active',
  '-f nothing.yaml --for=condition=Ready',
];

const questions: readonly string[] = [
  'create pods',
  'create deployments.apps',
  'get pods/log',
  'get pods --subresource=log',
  'get pod/web',
  'list nodes',
  'get nodes -A',
  'get pods -A',
  'get pods -n kube-system',
  "'*' '*'",
  'get /healthz',
  'post /healthz',
  'odd /healthz',
  'odd pods',
  'get nothing',
  'get nothing.example.com',
  'get pods -q',
  'get',
  'get pods more',
  'get pods web more',
  '--list',
  '--list --no-headers',
  '--list -q',
  '--list -A',
  '--list -n kube-system --as=nobody',
  '--list get pods',
  'get pods --no-headers',
  'delete nodes --as=nobody',
  'get /healthz --as=nobody',
  'get /healthz --subresource=x',
  'create pods --as=nobody -q',
  'get secrets --as=system:serviceaccount:kube-system:default -n kube-system',
  'impersonate users',
  'use podsecuritypolicies',
];

/** Commands that tell of the cluster: `top`, `events`, `wait`, `auth`, `explain`, `api-resources`. */
export const askingAbout: Scenario = {
  name: 'asking about',
  since: 36,
  setup: [shop, stateful, 'fast 5m', settled],
  placed,
  lines: [
    ...waits.map((words) => `kubectl wait ${words}`),
    ...questions.map((words) => `kubectl auth can-i ${words}`),
    'kubectl auth whoami',
    'kubectl auth whoami -o yaml',
    'kubectl auth whoami -o json',
    "kubectl auth whoami -o jsonpath='{.status.userInfo.username}'",
    'kubectl auth whoami --as=ann --as-group=ops --as-uid=7',
    'kubectl auth whoami --as=nobody',
    'kubectl auth whoami more',
    'kubectl events',
    'kubectl events -A --no-headers',
    'kubectl events -o name',
    'kubectl events -o yaml --for pod/odd',
    'kubectl events -o json --for pod/odd',
    'kubectl events -o yaml --for pod/odd --show-managed-fields',
    "kubectl events --for pod/odd -o jsonpath='{.items[*].reason}'",
    "kubectl events --for pod/odd -o go-template='{{len .items}}'",
    'kubectl events -o nothing',
    'kubectl events --for deployment/odd',
    'kubectl events --for deployments.apps/odd',
    'kubectl events --for deployments.v1.apps/odd',
    'kubectl events --for odd',
    'kubectl events --for nothing/odd',
    'kubectl events --for pod/odd/x',
    'kubectl events --types=warning,Normal --for pod/odd',
    'kubectl events --types=Odd',
    'kubectl events --for pod/nothing',
    'kubectl events --for pod/nothing -A',
    'kubectl events --for pod/nothing -o yaml',
    'kubectl events -n nowhere',
    'kubectl events -A --types=Odd',
    'kubectl events more',
    'kubectl get events e1 e2 e3 e4',
    'kubectl get events e1 e2 e3 e4 -o wide',
    'kubectl top nodes',
    'kubectl top nodes --no-headers',
    'kubectl top nodes --show-capacity',
    'kubectl top nodes --show-swap',
    'kubectl top nodes --sort-by=cpu',
    'kubectl top nodes --sort-by=memory',
    'kubectl top nodes --sort-by=odd',
    'kubectl top node worker-1',
    'kubectl top node nothing',
    'kubectl top node worker-1 worker-2',
    'kubectl top node worker-1 -l a=b',
    'kubectl top node -l kubernetes.io/hostname=worker-1',
    'kubectl top node -l a=nothing',
    'kubectl top pods',
    'kubectl top pods -A --sum',
    'kubectl top pods --containers --no-headers',
    'kubectl top pods --containers -A --sort-by=memory',
    'kubectl top pods --show-swap',
    'kubectl top pods --sort-by=cpu',
    'kubectl top pods --sort-by=memory --sum',
    'kubectl top pods --sort-by=odd',
    'kubectl top pods -l app=db',
    'kubectl top pods -l app=nothing',
    'kubectl top pods -A -l app=nothing',
    'kubectl top pods --field-selector=metadata.name=db-0',
    'kubectl top pod db-0',
    'kubectl top pod db-0 db-1',
    'kubectl top pod db-0 -l app=db',
    'kubectl top pod waited',
    'kubectl top pod nothing',
    'kubectl top pods -n nowhere',
    'kubectl cluster-info',
    'kubectl cluster-info more',
    'kubectl version --client',
    'kubectl version --client -o wide',
    'kubectl version more',
    'kubectl api-versions more',
    'kubectl api-resources --no-headers',
    'kubectl api-resources --namespaced -o name',
    'kubectl api-resources --verbs=list,get --api-group=apps -o wide',
    'kubectl api-resources --categories=all --sort-by=name',
    'kubectl api-resources --sort-by=kind --api-group=batch',
    'kubectl api-resources --sort-by=odd',
    'kubectl api-resources --api-group=nothing',
    'kubectl api-resources --api-group=apps -o yaml',
    'kubectl api-resources --api-group=apps -o json',
    'kubectl api-resources --api-group= -o name',
    'kubectl api-resources -o odd',
    'kubectl api-resources more',
    'kubectl explain',
    'kubectl explain pods more',
    'kubectl explain pods.spec.containers.env',
    'kubectl explain pods --recursive | head -40',
    'kubectl explain deployments.apps',
    'kubectl explain deployments.v1.apps.spec',
    'kubectl explain deploy.spec --api-version=apps/v1',
    'kubectl explain deploy.spec --api-version=apps/v2',
    'kubectl explain deploy.spec --api-version=a/b/c',
    'kubectl explain deploy --api-version=v1',
    'kubectl explain pod.metadata.labels',
    'kubectl explain pod.metadata.managedFields.fieldsV1',
    'kubectl explain pod.spec.containers.name.x',
    'kubectl explain pod.spec.containers.resources.limits',
    'kubectl explain pod.spec.restartPolicy',
    'kubectl explain pod.spec.volumes.emptyDir.medium',
    'kubectl explain pod.spec.containers.imagePullPolicy',
    'kubectl explain configmap.data',
    'kubectl explain configmap.binaryData',
    'kubectl explain service.spec.ports',
    'kubectl explain service.spec.ports.targetPort',
    'kubectl explain hpa.spec.behavior --recursive',
    'kubectl explain networkpolicy.spec.ingress.from --recursive',
    'kubectl explain crd',
    'kubectl explain .',
    'kubectl explain pod.',
    'kubectl explain pods --output=plaintext',
    'kubectl explain pods --output=odd',
    'kubectl explain event.series --api-version=events.k8s.io/v1',
    'kubectl explain secret.stringData',
    'kubectl explain job.spec.template.spec.initContainers.securityContext.capabilities.add',
    'kubectl explain pvc.spec.resources.requests',
    'kubectl explain pod.status.containerStatuses.state --recursive',
  ],
};
