import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodSpec,
  Service,
  StatefulSet,
} from '../../../../src/kubernetes/api.ts';
import { podSpec } from './test-cluster.ts';

const namespace = 'default';

/** A template whose Pods have the label `app` with this name. */
export function template(app: string, spec: Partial<PodSpec> = {}, annotations: Record<string, string> = {}) {
  return { metadata: { labels: { app }, annotations }, spec: podSpec(spec) };
}

/** A Deployment with the defaults that the API fills in. */
export function deployment(
  name: string,
  replicas: number,
  more: Partial<NonNullable<Deployment['spec']>> = {},
): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      selector: { matchLabels: { app: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: template(name),
      ...more,
    },
  };
}

/** A StatefulSet with the defaults that the API fills in. */
export function statefulSet(
  name: string,
  replicas: number,
  more: Partial<NonNullable<StatefulSet['spec']>> = {},
): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace },
    spec: {
      replicas,
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: template(name),
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      ...more,
    },
  };
}

export function daemonSet(name: string, more: Partial<NonNullable<DaemonSet['spec']>> = {}): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { app: name } }, template: template(name), ...more },
  };
}

/** A Job whose Pods end after a second, with this exit code. */
export function job(
  name: string,
  more: Partial<NonNullable<Job['spec']>> = {},
  exitCode = 0,
  seconds = 1,
): Job {
  const annotations = { ends: `${seconds}`, 'ends-with': `${exitCode}` };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: {
      backoffLimit: 6,
      completions: 1,
      parallelism: 1,
      selector: { matchLabels: { app: name } },
      template: template(name, { restartPolicy: 'Never' }, annotations),
      ...more,
    },
  };
}

/** A CronJob whose Jobs take about four seconds, or never end. */
export function cronJob(
  name: string,
  schedule: string,
  more: Partial<NonNullable<CronJob['spec']>> = {},
  endless = false,
): CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace },
    spec: {
      schedule,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: { template: template(name, { restartPolicy: 'Never' }, endless ? {} : { ends: '2' }) },
      },
      ...more,
    },
    status: {},
  };
}

/** A Pod of its own. */
export function pod(name: string, spec: Partial<PodSpec> = {}, labels: Record<string, string> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: podSpec(spec),
    status: { phase: 'Pending' },
  };
}

/** The spec of a Pod that asks for so much. */
export function asking(requests: Record<string, string>, more: Partial<PodSpec> = {}): Partial<PodSpec> {
  return { containers: [{ name: 'web', image: 'nginx:1.27', resources: { requests } }], ...more };
}

export function service(name: string, more: Partial<NonNullable<Service['spec']>> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: '10.96.0.20', selector: { app: name }, ports: [{ port: 80 }], ...more },
  };
}

export function claim(
  name: string,
  more: Partial<NonNullable<PersistentVolumeClaim['spec']>> = {},
): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      storageClassName: 'standard',
      ...more,
    },
    status: { phase: 'Pending' },
  };
}

/** A volume that somebody has made by hand. */
export function volume(
  name: string,
  more: Partial<NonNullable<PersistentVolume['spec']>> = {},
): PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      hostPath: { path: '/mnt/data' },
      persistentVolumeReclaimPolicy: 'Retain',
      ...more,
    },
    status: { phase: 'Pending' },
  };
}
