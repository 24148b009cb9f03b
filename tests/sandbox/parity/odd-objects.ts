import { objectsIn } from './placed-objects.ts';

const kinds: readonly (readonly [apiVersion: string, kinds: string])[] = [
  [
    'v1',
    'ConfigMap Endpoints LimitRange Namespace Node PersistentVolumeClaim PersistentVolume Pod ResourceQuota Secret ServiceAccount Service',
  ],
  ['apps/v1', 'DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['batch/v1', 'CronJob Job'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
  ['networking.k8s.io/v1', 'Ingress IngressClass NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole ClusterRoleBinding Role RoleBinding'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['storage.k8s.io/v1', 'StorageClass'],
];

/** Their kinds as a line names them. */
export const bareKinds = kinds.flatMap(([, names]) => names.toLowerCase().split(' '));

/** What the server always fills in, and what kubectl 1.36 panics without. */
const demanded: Readonly<Record<string, object>> = {
  Deployment: { spec: { replicas: 0 } },
  ReplicaSet: { spec: { replicas: 0 } },
  StatefulSet: { spec: { replicas: 0 } },
  PriorityClass: { preemptionPolicy: 'Never' },
  RoleBinding: { roleRef: {} },
  ClusterRoleBinding: { roleRef: {} },
};

/** One of each kind that says nothing of itself. */
export const bareObjects = kinds.flatMap(([apiVersion, names]) =>
  names.split(' ').map((kind) => ({ apiVersion, kind, metadata: { name: 'bare' }, ...demanded[kind] })),
);

/** Policies, quotas and autoscalers. */
export const oddPolicies = objectsIn(`
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: many}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 9
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 30
      selectPolicy: Max
      tolerance: 50m
      policies:
      - {type: Pods, value: 4, periodSeconds: 60}
      - {type: Percent, value: 100, periodSeconds: 15}
    scaleDown: {selectPolicy: Disabled}
  metrics:
  - type: External
    external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "30"}}
  - type: External
    external: {metric: {name: queue, selector: {matchLabels: {of: mail}}}, target: {type: Value, value: "30"}}
  - type: Pods
    pods: {metric: {name: requests}, target: {type: AverageValue, averageValue: 100m}}
  - type: Object
    object: {metric: {name: hits}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: Value, value: 2k}}
  - type: Object
    object: {metric: {name: hits}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: AverageValue, averageValue: "5"}}
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
  - type: Resource
    resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}
  - type: ContainerResource
    containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 60}}
  - type: ContainerResource
    containerResource: {name: memory, container: web, target: {type: AverageValue, averageValue: 10Mi}}
  - type: Strange
status:
  currentReplicas: 2
  desiredReplicas: 3
  currentMetrics:
  - type: External
    external: {metric: {name: queue}, current: {averageValue: "12"}}
  - type: External
    external: {metric: {name: queue}, current: {value: "24"}}
  - type: Pods
    pods: {metric: {name: requests}, current: {averageValue: 50m}}
  - type: Object
    object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, current: {value: 1k}}
  - type: Object
    object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, current: {value: "0", averageValue: "4"}}
  - type: Resource
    resource: {name: cpu, current: {averageUtilization: 20, averageValue: 20m}}
  - type: Resource
    resource: {name: memory, current: {averageValue: 50Mi}}
  - type: ContainerResource
    containerResource: {name: cpu, container: web, current: {averageUtilization: 30, averageValue: 30m}}
  - type: ContainerResource
    containerResource: {name: memory, container: web, current: {averageValue: 5Mi}}
  conditions:
  - {type: AbleToScale, status: "True", reason: ReadyForNewScale, message: recommended size matches current size}
  - {type: ScalingActive, status: "False", reason: FailedGetResourceMetric, message: no metrics}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: unseen}
spec:
  scaleTargetRef: {kind: Deployment, name: web}
  maxReplicas: 3
  behavior: {scaleUp: {policies: []}}
  metrics:
  - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "30"}}}
  - {type: External, external: {metric: {name: queue}, target: {type: Value, value: "30"}}}
  - {type: Pods, pods: {metric: {name: requests}, target: {type: AverageValue, averageValue: 100m}}}
  - {type: Object, object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, target: {type: Value, value: 2k}}}
  - {type: Object, object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, target: {type: AverageValue, averageValue: "5"}}}
  - {type: Resource, resource: {name: cpu, target: {type: Utilization}}}
  - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}
  - {type: ContainerResource, containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 60}}}
  - {type: ContainerResource, containerResource: {name: memory, container: web, target: {type: AverageValue, averageValue: 10Mi}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: most}
spec: {maxUnavailable: 50%, selector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}}
status: {disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 4, conditions: [{type: DisruptionAllowed, status: "True", reason: SufficientPods}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: both}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}
    - ipBlock: {cidr: 192.168.0.0/16}
    - {namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}
    - {namespaceSelector: {}}
    ports: [{port: 80, endPort: 90, protocol: TCP}, {protocol: UDP}, {port: http}]
  - {}
  egress:
  - to: [{podSelector: {matchLabels: {app: db}}}]
    ports: [{port: 53, protocol: UDP}]
  - {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: in}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: scoped}
spec:
  hard: {requests.cpu: "4", pods: "10", count/jobs.batch: "3"}
  scopes: [Terminating, NotTerminating, BestEffort, NotBestEffort]
status: {hard: {requests.cpu: "4", pods: "10", count/jobs.batch: "3"}, used: {requests.cpu: 500m}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: several}
spec:
  limits:
  - {type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}, max: {cpu: "2", memory: 1Gi}, min: {cpu: 10m}, maxLimitRequestRatio: {cpu: "4"}}
  - {type: Pod, max: {memory: 2Gi}}
  - {type: PersistentVolumeClaim, min: {storage: 1Gi}}
---
apiVersion: v1
kind: Namespace
metadata: {name: going, deletionTimestamp: "2026-01-05T05:00:00Z"}
spec: {finalizers: [kubernetes]}
status:
  phase: Terminating
  conditions:
  - {type: NamespaceContentRemaining, status: "True", reason: SomeResourcesRemain, message: "Some resources are remaining: pods. has 1 resource instances", lastTransitionTime: "2026-01-05T08:30:05Z"}
---
apiVersion: v1
kind: LimitRange
metadata: {name: few, namespace: going}
spec: {limits: [{type: Container, max: {cpu: "1"}}]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: few, namespace: going}
spec: {hard: {pods: "2"}}
status: {hard: {pods: "2"}, used: {pods: "1"}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: wide, annotations: {note: x}}
rules:
- {nonResourceURLs: [/metrics, /logs/*], verbs: [get]}
- {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
- {apiGroups: ["", apps], resources: ["*"], resourceNames: [web], verbs: ["*"]}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: wide}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}
subjects:
- {kind: User, apiGroup: rbac.authorization.k8s.io, name: ann}
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: ops}
- {kind: ServiceAccount, name: ci, namespace: other}
---
apiVersion: v1
kind: Secret
metadata: {name: token, annotations: {kubernetes.io/service-account.name: ci, kubernetes.io/service-account.uid: abc}}
type: kubernetes.io/service-account-token
data: {token: c2VjcmV0, ca.crt: QUJD}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, annotations: {a: b}, labels: {c: d}}
imagePullSecrets: [{name: pull}, {name: gone}]
secrets: [{name: token}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: long, annotations: {note: "${'word '.repeat(40)}", lines: "one\\ntwo"}, labels: {b: c, a: b}}
data: {one: "1", two: ""}
binaryData: {blob: AAEC}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high, annotations: {a: b}}
value: 1000
globalDefault: true
preemptionPolicy: Never
description: for what cannot wait
---
apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: kept, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: abc, controller: true}]}
revision: 3
data: {spec: {template: {numbers: [1, 2], nested: [[a], {b: c}], HTTPPort: 80, aURL: x, snake_case: y, podIPs: [{ip: 10.0.0.1}]}}}
`);

/** Services, Ingresses, and what they lead to. */
export const oddNetwork = objectsIn(`
apiVersion: v1
kind: Service
metadata: {name: balanced}
spec:
  type: LoadBalancer
  clusterIP: 10.96.9.9
  clusterIPs: [10.96.9.9]
  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv4]
  externalIPs: [192.0.2.1, 192.0.2.2]
  loadBalancerIP: 203.0.113.9
  loadBalancerClass: example.com/lb
  loadBalancerSourceRanges: [198.51.100.0/24]
  externalTrafficPolicy: Local
  internalTrafficPolicy: Cluster
  trafficDistribution: PreferSameZone
  healthCheckNodePort: 32000
  sessionAffinity: ClientIP
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http, nodePort: 30080, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.9, ipMode: VIP}, {ip: 203.0.113.10}, {hostname: lb.example.com}, {}]}}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {type: ExternalName, externalName: db.example.com, sessionAffinity: None}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: balanced-a, labels: {kubernetes.io/service-name: balanced}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]
endpoints:
- {addresses: [10.0.0.1], conditions: {ready: true, serving: true, terminating: false}, targetRef: {kind: Pod, name: a, namespace: default}, nodeName: worker-1, zone: west}
- {addresses: [10.0.0.2], conditions: {ready: false}}
- {addresses: [10.0.0.3]}
- {addresses: [10.0.0.4, 10.0.0.5], hostname: four, deprecatedTopology: {rack: "7"}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: balanced-b, labels: {kubernetes.io/service-name: balanced}}
addressType: IPv6
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints: [{addresses: ["fd00::1"]}, {addresses: ["fd00::2"]}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: alone}
addressType: FQDN
ports: [{name: "", protocol: TCP}, {port: 5, protocol: TCP}]
endpoints: [{addresses: []}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: old}
subsets:
- addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]
  notReadyAddresses: [{ip: 10.0.0.3}]
  ports: [{port: 80, protocol: TCP}, {name: metrics, port: 9090, protocol: TCP}]
- addresses: [{ip: 10.0.0.4}]
- notReadyAddresses: [{ip: 10.0.0.5}]
  ports: [{port: 80}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: full, annotations: {note: x}}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example.com, www.example.com], secretName: cert}, {hosts: [a.example.com]}, {}]
  defaultBackend: {service: {name: balanced, port: {number: 80}}}
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: balanced, port: {name: http}}}}
      - {path: /api, pathType: Exact, backend: {service: {name: nothing, port: {number: 8080}}}}
      - {pathType: ImplementationSpecific, backend: {service: {name: balanced, port: {number: 9999}}}}
      - {path: /files, pathType: Prefix, backend: {resource: {apiGroup: example.com, kind: Bucket, name: files}}}
      - {path: /core, pathType: Prefix, backend: {resource: {kind: Bucket, name: files}}}
      - {path: /none, pathType: Prefix, backend: {}}
  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: outside, port: {number: 80}}}}]}
  - host: empty.example.com
status: {loadBalancer: {ingress: [{ip: 203.0.113.9}, {hostname: lb.example.com}, {}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: plain}
spec: {defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: files}}}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec: {controller: example.com/nginx, parameters: {apiGroup: example.com, kind: Params, name: p, scope: Namespace, namespace: default}}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: simple}
spec: {controller: example.com/nginx, parameters: {kind: Params, name: p}}
`);
