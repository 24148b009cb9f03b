import { deployment, http, namespace, pod, replicaSet, service, shop, surge } from './manifests.ts';
import type { AnyObject, Kind } from './simulated-cluster.ts';

/** One thing that is done to both clusters, and how long they have then, in milliseconds. */
export type Step = (
  | { readonly apply: readonly AnyObject[] }
  | { readonly remove: readonly [kind: Kind, name: string, namespace?: string] }
  /** Deletes the first Pod whose name begins so. */
  | { readonly removePodOf: string }
  | { readonly nothing: true }
) & { readonly wait: number };

/** A story that both clusters are told. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Long enough for everything to come to rest that is not to take longer. */
const rest = 20_000;

/** The stories, each of which tries one more thing. */
export const scenarios: readonly Scenario[] = [
  { name: 'a Deployment is created', steps: [{ apply: [deployment()], wait: rest }] },
  {
    name: 'a Deployment is scaled up, down, and to nothing',
    steps: [
      { apply: [deployment({ replicas: 2 })], wait: rest },
      { apply: [deployment({ replicas: 5 })], wait: rest },
      { apply: [deployment({ replicas: 1 })], wait: rest },
      { apply: [deployment({ replicas: 0 })], wait: rest },
    ],
  },
  {
    name: 'a Deployment is updated, and goes back to the template it had',
    steps: [
      { apply: [deployment({ replicas: 2 })], wait: rest },
      { apply: [deployment({ replicas: 2, image: 'nginx:1.28' })], wait: 40_000 },
      { apply: [deployment({ replicas: 2 })], wait: 40_000 },
    ],
  },
  {
    name: 'a Deployment may have no Pod more than it wants',
    steps: [
      { apply: [deployment({ spec: surge(0, 1) })], wait: rest },
      { apply: [deployment({ image: 'nginx:1.28', spec: surge(0, 1) })], wait: 40_000 },
    ],
  },
  {
    name: 'a Deployment may have all at once',
    steps: [
      { apply: [deployment({ spec: surge('100%', 0) })], wait: rest },
      { apply: [deployment({ image: 'nginx:1.28', spec: surge('100%', 0) })], wait: 40_000 },
    ],
  },
  {
    name: 'a Deployment is recreated',
    steps: [
      { apply: [deployment({ spec: { strategy: { type: 'Recreate' } } })], wait: rest },
      {
        apply: [deployment({ image: 'nginx:1.28', spec: { strategy: { type: 'Recreate' } } })],
        wait: 40_000,
      },
    ],
  },
  {
    name: 'a Deployment is paused, changed, scaled, and resumed',
    steps: [
      { apply: [deployment()], wait: rest },
      { apply: [deployment({ spec: { paused: true } })], wait: rest },
      { apply: [deployment({ image: 'nginx:1.28', spec: { paused: true } })], wait: rest },
      { apply: [deployment({ image: 'nginx:1.28', replicas: 4, spec: { paused: true } })], wait: rest },
      { apply: [deployment({ image: 'nginx:1.28', replicas: 4, spec: { paused: false } })], wait: 40_000 },
    ],
  },
  {
    name: 'an update to an image that is not there stops, and is put right',
    steps: [
      { apply: [deployment()], wait: rest },
      { apply: [deployment({ image: 'nginx:9.99' })], wait: 5_000 },
      { apply: [deployment({ image: 'nginx:1.28' })], wait: 60_000 },
    ],
  },
  {
    name: 'a Deployment that makes no progress in time says so',
    steps: [
      {
        apply: [
          deployment({
            image: shop,
            container: { readinessProbe: http('/missing') },
            spec: { progressDeadlineSeconds: 10 },
          }),
        ],
        wait: 15_000,
      },
    ],
  },
  {
    name: 'a Deployment keeps no more old ReplicaSets than it was told',
    steps: [
      { apply: [deployment({ replicas: 1, spec: { revisionHistoryLimit: 0 } })], wait: rest },
      {
        apply: [deployment({ replicas: 1, image: 'nginx:1.28', spec: { revisionHistoryLimit: 0 } })],
        wait: 40_000,
      },
    ],
  },
  {
    name: 'Pods count as available after they have been ready for a while',
    steps: [
      { apply: [deployment({ spec: { minReadySeconds: 10 } })], wait: 7_000 },
      { nothing: true, wait: rest },
    ],
  },
  {
    name: 'a Deployment is deleted',
    steps: [
      { apply: [deployment()], wait: rest },
      { remove: ['Deployment', 'web'], wait: 40_000 },
    ],
  },
  {
    name: 'a Pod that was deleted is replaced',
    steps: [
      { apply: [deployment()], wait: rest },
      { removePodOf: 'web-', wait: 40_000 },
    ],
  },
  {
    name: 'a ReplicaSet is created, scaled and deleted',
    steps: [
      { apply: [replicaSet(3)], wait: rest },
      { apply: [replicaSet(1)], wait: rest },
      { apply: [replicaSet(2)], wait: rest },
      { remove: ['ReplicaSet', 'bare'], wait: 40_000 },
    ],
  },
  {
    name: 'a ReplicaSet takes up a Pod that fits it',
    steps: [
      { apply: [pod('alone', {}, {}, { app: 'bare' })], wait: rest },
      { apply: [replicaSet(2)], wait: rest },
    ],
  },
  {
    name: 'a Service has the ready Pods, as they come and go',
    steps: [
      { apply: [service({}), deployment({ replicas: 2 })], wait: rest },
      { apply: [deployment({ replicas: 3 })], wait: rest },
      { apply: [deployment({ replicas: 1 })], wait: rest },
      { apply: [service({ selector: { app: 'nobody' } })], wait: 5_000 },
      { remove: ['Service', 'web'], wait: 5_000 },
    ],
  },
  {
    name: 'a Service names the port of its Pods',
    steps: [
      {
        apply: [
          service({ type: 'NodePort', ports: [{ name: 'pages', port: 8080, targetPort: 'http' }] }),
          deployment({ replicas: 2, container: { ports: [{ name: 'http', containerPort: 80 }] } }),
        ],
        wait: rest,
      },
    ],
  },
  {
    name: 'a Pod is ready when its probe says so',
    steps: [
      {
        apply: [
          service({}),
          deployment({
            replicas: 2,
            image: shop,
            container: { readinessProbe: http('/', { initialDelaySeconds: 10, periodSeconds: 5 }) },
          }),
        ],
        wait: 7_000,
      },
      { nothing: true, wait: rest },
    ],
  },
  {
    name: 'a Pod whose readiness probe fails is never ready, and its update stops',
    steps: [
      { apply: [service({}), deployment({ replicas: 2 })], wait: rest },
      {
        apply: [deployment({ replicas: 2, image: shop, container: { readinessProbe: http('/missing') } })],
        wait: 45_000,
      },
    ],
  },
  {
    name: 'a Pod whose liveness probe fails is started again',
    steps: [
      {
        apply: [pod('sick', { image: shop, livenessProbe: http('/missing', { periodSeconds: 5 }) })],
        wait: 12_000,
      },
      { nothing: true, wait: 30_000 },
    ],
  },
  {
    name: 'a container that ends is started again, and then waited for',
    steps: [
      { apply: [pod('ends', { image: 'busybox:1.36', command: ['false'] })], wait: 5_000 },
      { nothing: true, wait: 24_000 },
    ],
  },
  {
    name: 'a container that ends well is not started again where nobody wants it',
    steps: [
      {
        apply: [pod('once', { image: 'busybox:1.36', command: ['true'] }, { restartPolicy: 'Never' })],
        wait: 15_000,
      },
    ],
  },
  {
    name: 'a Pod has time to end',
    steps: [
      {
        apply: [
          pod(
            'slow',
            { image: 'busybox:1.36', command: ['sleep', '3600'] },
            { terminationGracePeriodSeconds: 20 },
          ),
        ],
        wait: rest,
      },
      { remove: ['Pod', 'slow'], wait: 10_000 },
      { nothing: true, wait: rest },
    ],
  },
  {
    name: 'a Namespace goes with everything in it',
    steps: [
      { apply: [namespace('team'), deployment({ namespace: 'team', replicas: 2 })], wait: rest },
      { remove: ['Namespace', 'team'], wait: 60_000 },
    ],
  },
];
