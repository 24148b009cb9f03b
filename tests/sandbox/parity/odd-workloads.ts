import { objectsIn } from './placed-objects.ts';

/** Pods in states that are rare, nodes, and what makes Pods. */
export const oddWorkloads = objectsIn(`
apiVersion: v1
kind: Pod
metadata:
  name: busy
  deletionTimestamp: "2026-01-05T05:00:00Z"
  deletionGracePeriodSeconds: 30
  labels: {b: c, a: b}
  annotations: {kubernetes.io/config.mirror: abc}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: rs, uid: abc, controller: true}]
spec:
  nodeName: worker-1
  priority: 0
  priorityClassName: high
  runtimeClassName: gvisor
  serviceAccountName: ci
  hostNetwork: true
  resources: {requests: {cpu: "1"}, limits: {memory: 1Gi}}
  securityContext: {seccompProfile: {type: Localhost, localhostProfile: p.json}}
  readinessGates: [{conditionType: example.com/ok}, {conditionType: example.com/never}]
  nodeSelector: {disk: ssd, arch: arm}
  tolerations:
  - {key: b, operator: Exists, effect: NoSchedule}
  - {key: a, operator: Equal, value: v, effect: NoExecute, tolerationSeconds: 60}
  - {operator: Exists}
  - {key: a, value: v}
  - {key: c, operator: Gt, value: "5", effect: NoSchedule}
  topologySpreadConstraints:
  - {topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
  - {topologyKey: host, maxSkew: 2, whenUnsatisfiable: ScheduleAnyway}
  initContainers:
  - {name: done, image: busybox, command: [sh, -c, "echo one\\necho two"], args: [x]}
  - {name: side, image: busybox, restartPolicy: Always}
  containers:
  - name: web
    image: nginx
    securityContext: {seccompProfile: {type: RuntimeDefault}}
    ports: [{containerPort: 80, hostPort: 8080, protocol: TCP, name: http}, {containerPort: 53, protocol: UDP}]
    envFrom: [{configMapRef: {name: c}, prefix: P_}, {secretRef: {name: s, optional: true}}, {configMapRef: {name: d, optional: false}}]
    env:
    - {name: NAME, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}
    - {name: SPACE, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.namespace}}}
    - {name: UID, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.uid}}}
    - {name: LABEL, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: "metadata.labels['a']"}}}
    - {name: NOTE, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: "metadata.annotations['a']"}}}
    - {name: NODE, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: spec.nodeName}}}
    - {name: IP, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
    - {name: ASKED, valueFrom: {resourceFieldRef: {resource: requests.memory}}}
    - {name: DISK, valueFrom: {resourceFieldRef: {containerName: web, resource: requests.ephemeral-storage}}}
    - {name: ODD, valueFrom: {resourceFieldRef: {resource: nothing}}}
    - {name: KEY, valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}}
    - {name: SECRET, valueFrom: {secretKeyRef: {name: s, key: k}}}
    - {name: FILE, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}}
    - {name: LINES, value: "one\\ntwo"}
    - {name: EMPTY}
    resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi, example.com/gpu: "1"}}
    livenessProbe: {exec: {command: [cat, /x]}, initialDelaySeconds: 1, timeoutSeconds: 2, periodSeconds: 3, successThreshold: 1, failureThreshold: 4}
    readinessProbe: {httpGet: {host: "fd00::1", port: http, path: "a b?x=%20", scheme: HTTPS}}
    startupProbe: {tcpSocket: {port: 80}}
    volumeMounts: [{name: b, mountPath: /b, readOnly: true, subPath: s}, {name: a, mountPath: /a}, {name: a, mountPath: /a}]
    volumeDevices: [{name: z, devicePath: /dev/z}, {name: y, devicePath: /dev/y}]
  - {name: second, image: nginx, livenessProbe: {grpc: {port: 9, service: s}}, readinessProbe: {grpc: {port: 9, service: ""}}, startupProbe: {httpGet: {port: 80}}}
  - {name: third, image: nginx, livenessProbe: {exec: {}}, readinessProbe: {}, startupProbe: {tcpSocket: {host: "fd00::1", port: name}}}
  - {name: fourth, image: nginx, livenessProbe: {httpGet: {port: 80, host: h, path: /x}}}
  ephemeralContainers: [{name: debugger, image: busybox, targetContainerName: web}]
  volumes: [{name: a, emptyDir: {}}]
status:
  phase: Running
  reason: Unusual
  message: it is odd
  hostIP: 172.30.0.12
  podIP: 10.0.0.9
  podIPs: [{ip: 10.0.0.9}, {ip: "fd00::9"}]
  nominatedNodeName: worker-2
  qosClass: Burstable
  startTime: "2026-01-05T08:00:00Z"
  conditions:
  - {type: Ready, status: "False", observedGeneration: 2}
  - {type: example.com/ok, status: "True"}
  - {type: PodResizePending, status: "True", reason: Infeasible, message: too much}
  initContainerStatuses:
  - {name: done, containerID: "containerd://1", image: busybox, imageID: id, ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed, startedAt: "2026-01-05T08:00:01Z", finishedAt: "2026-01-05T08:00:02Z"}}}
  - {name: side, ready: true, restartCount: 1, state: {running: {startedAt: "2026-01-05T08:00:02Z"}}, lastState: {terminated: {exitCode: 137, signal: 9, reason: OOMKilled, message: no memory, startedAt: "2026-01-05T08:00:01Z", finishedAt: "2026-01-05T08:00:02Z"}}}
  containerStatuses:
  - {name: web, ready: false, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff, message: back-off}}, lastState: {terminated: {exitCode: 1}}, allocatedResources: {cpu: 50m, memory: 32Mi}, resources: {requests: {cpu: 50m}}}
  - {name: second, ready: true, restartCount: 0, state: {running: {startedAt: "2026-01-05T08:00:03Z"}}}
  - {name: third, ready: false, restartCount: 0, state: {}}
  ephemeralContainerStatuses: [{name: debugger, ready: false, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: gone, deletionTimestamp: "2026-01-05T05:00:00Z"}
spec: {containers: [{name: a, image: nginx}], nodeName: worker-1}
status: {phase: Failed, reason: Evicted, message: "The node was low on resource: memory."}
---
apiVersion: v1
kind: Pod
metadata: {name: leaving, deletionTimestamp: "2026-01-05T05:00:00Z", deletionGracePeriodSeconds: 0}
spec: {containers: [], schedulingGroup: {podGroupName: gang}, initContainers: [{name: before, image: busybox}]}
status: {phase: Pending, conditions: []}
---
apiVersion: v1
kind: Pod
metadata: {name: grown}
spec:
  nodeName: worker-1
  containers: [{name: a, image: nginx, resources: {requests: {cpu: 200m, memory: 1Gi, ephemeral-storage: 1Gi, example.com/gpu: "1", hugepages-2Mi: 4Mi}, limits: {cpu: 300m, memory: 2Gi, ephemeral-storage: 2Gi, example.com/gpu: "1", hugepages-2Mi: 4Mi}}}]
  initContainers: [{name: i, image: busybox, resources: {requests: {cpu: "1"}}}, {name: s, image: busybox, restartPolicy: Always, resources: {requests: {cpu: 50m}}}]
  overhead: {cpu: 10m, memory: 10Mi}
status:
  phase: Running
  containerStatuses: [{name: a, restartCount: 0, ready: true, allocatedResources: {cpu: 150m}, resources: {requests: {cpu: 400m}, limits: {cpu: 500m}}, state: {running: {}}}]
---
apiVersion: v1
kind: Node
metadata:
  name: strange
  labels: {kubernetes.io/role: old, node-role.kubernetes.io/gpu: "", node-role.kubernetes.io/: ""}
spec:
  unschedulable: true
  podCIDR: 10.9.0.0/24
  podCIDRs: [10.9.0.0/24]
  providerID: aws:///x
  taints: [{key: b, effect: NoSchedule}, {key: a, value: v, effect: NoExecute}, {key: c, value: v}, {key: d}]
status:
  capacity: {cpu: "4", memory: 8Gi, pods: "10", example.com/gpu: "2", hugepages-2Mi: 8Mi}
  addresses: [{type: InternalIP, address: 10.0.0.1}, {type: Hostname, address: strange}]
  conditions:
  - {type: Ready, status: Unknown, lastHeartbeatTime: "2026-01-05T08:00:00Z", lastTransitionTime: "2026-01-05T08:01:00Z", reason: NodeStatusUnknown, message: Kubelet stopped posting node status.}
  - {type: DiskPressure, status: "False"}
---
apiVersion: v1
kind: Pod
metadata: {name: there}
spec: {nodeName: strange, containers: [{name: a, image: nginx, resources: {requests: {example.com/gpu: "1"}, limits: {example.com/gpu: "1"}}}]}
status: {phase: Running}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: replaced, annotations: {deployment.kubernetes.io/revision: "3"}}
spec:
  replicas: 2
  minReadySeconds: 5
  selector: {matchLabels: {app: replaced}}
  strategy: {type: Recreate}
  template:
    metadata: {labels: {app: replaced}, annotations: {a: b}}
    spec: {serviceAccountName: ci, initContainers: [{name: i, image: busybox}], containers: [{name: a, image: nginx}], nodeSelector: {a: b}, tolerations: [{operator: Exists}]}
status: {conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded}], replicas: 2, updatedReplicas: 1, unavailableReplicas: 1, availableReplicas: 1}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: replaced-2, creationTimestamp: "2026-01-05T06:00:00Z", labels: {app: replaced, pod-template-hash: "2"}, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: replaced, uid: UID, controller: true}]}
spec: {replicas: 1, selector: {matchLabels: {app: replaced}}, template: {metadata: {labels: {app: replaced, pod-template-hash: "2"}}, spec: {containers: [{name: a, image: old}]}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: partial}
spec:
  replicas: 3
  selector: {matchExpressions: [{key: app, operator: In, values: [b, a]}, {key: tier, operator: Exists}]}
  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2, maxUnavailable: 1}}
  volumeClaimTemplates:
  - {metadata: {name: data, labels: {a: b}, annotations: {c: d}}, spec: {accessModes: [ReadWriteOnce, ReadOnlyMany], storageClassName: fast, resources: {requests: {storage: 1Gi}}}}
  - {metadata: {name: cache}, spec: {}}
  template: {spec: {containers: [{name: a, image: nginx}]}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: nodes}
spec: {selector: {matchLabels: {app: nodes}}, updateStrategy: {type: OnDelete}, template: {metadata: {labels: {app: nodes}}, spec: {containers: [{name: a, image: nginx}]}}}
status: {desiredNumberScheduled: 3, currentNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 1, numberMisscheduled: 1}
---
apiVersion: batch/v1
kind: Job
metadata: {name: indexed, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: often, uid: x, controller: true}]}
spec:
  parallelism: 2
  completions: 5
  completionMode: Indexed
  suspend: true
  backoffLimit: 4
  activeDeadlineSeconds: 100
  ttlSecondsAfterFinished: 60
  selector: {matchLabels: {job: indexed}}
  template: {metadata: {labels: {job: indexed}}, spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}}
status: {startTime: "2026-01-05T08:00:00Z", completionTime: "2026-01-05T08:01:30Z", active: 1, ready: 1, succeeded: 3, failed: 1, completedIndexes: "0-2", terminating: 1}
---
apiVersion: batch/v1
kind: Job
metadata: {name: many}
spec: {completionMode: Indexed, completions: 999, template: {spec: {containers: [{name: a, image: busybox}]}}}
status: {completedIndexes: "${Array.from({ length: 40 }, (_, place) => place * 3).join(',')}", active: 2}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: often}
spec:
  schedule: "*/5 * * * *"
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  suspend: false
  startingDeadlineSeconds: 30
  successfulJobsHistoryLimit: 2
  failedJobsHistoryLimit: 1
  jobTemplate:
    spec: {selector: {matchLabels: {a: b}}, parallelism: 2, completions: 3, activeDeadlineSeconds: 60, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: busybox}]}}}
status: {lastScheduleTime: "2026-01-05T08:55:00Z", active: [{name: often-1, namespace: default}, {name: often-2}]}
---
apiVersion: v1
kind: Event
metadata: {name: e1}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: gone, uid: UID}
reason: First
message: "one\\ntwo"
type: Warning
count: 3
firstTimestamp: "2026-01-05T08:00:00Z"
lastTimestamp: "2026-01-05T08:30:00Z"
source: {component: kubelet, host: worker-1}
---
apiVersion: v1
kind: Event
metadata: {name: e2}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: gone, fieldPath: "spec.containers{a}"}
reason: Second
message: by another
type: Normal
eventTime: "2026-01-05T08:40:00.000000Z"
reportingComponent: example.com/controller
series: {count: 5, lastObservedTime: "2026-01-05T08:45:00.000000Z"}
---
apiVersion: v1
kind: Event
metadata: {name: e3}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: gone}
reason: Third
message: at no time
---
apiVersion: v1
kind: Event
metadata: {name: e4}
involvedObject: {apiVersion: v1, kind: Pod, namespace: default, name: gone}
reason: Fourth
message: once
type: Normal
eventTime: "2026-01-05T08:50:00.000000Z"
firstTimestamp: null
lastTimestamp: null
reportingComponent: example.com/controller
`);
