import type {
  DaemonSet,
  Deployment,
  Job,
  KubernetesObject,
  Service,
  StatefulSet,
} from '../../kubernetes/objects.ts';
import type { PodTemplate } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { serviceName } from '../workload/ports.ts';
import type { WorkloadChoice } from './choose-workload.ts';
import type { Extras } from './key-rule.ts';

type Workload = Deployment | StatefulSet | Job;

/** Adds to a draft's objects what only compose asks for: DaemonSets, rollouts, init containers, labels of networks. */
export function finishObjects(
  objects: readonly KubernetesObject[],
  draft: WorkloadDraft,
  extras: Extras,
  choice: WorkloadChoice,
): KubernetesObject[] {
  return objects.map((object) => {
    switch (object.kind) {
      case 'Deployment':
        return choice.kind === 'DaemonSet'
          ? daemonSet(labelled(object, extras), extras)
          : rolled(labelled(object, extras), extras);
      case 'StatefulSet':
        return withReady(labelled(object, extras), extras);
      case 'Job':
        return completed(labelled(object, extras), extras);
      case 'Service':
        return service(object, draft, extras);
      default:
        return object;
    }
  });
}

function labelled<Object extends Workload>(object: Object, extras: Extras): Object {
  const { objectLabels } = extras;
  const metadata =
    Object.keys(objectLabels).length === 0
      ? object.metadata
      : { ...object.metadata, labels: { ...objectLabels, ...object.metadata.labels } };
  return { ...object, metadata, spec: { ...object.spec, template: template(object.spec.template, extras) } };
}

function template(
  { metadata, spec }: PodTemplate,
  { podLabels, initContainers, affinity, tolerations, spread }: Extras,
): PodTemplate {
  const { containers, volumes, initContainers: before = [], ...rest } = spec;
  const first = [...before, ...initContainers];
  return {
    metadata: { ...metadata, labels: { ...metadata.labels, ...podLabels } },
    spec: {
      ...rest,
      // A Service called `redis` would put REDIS_PORT=tcp://… into every Pod.
      enableServiceLinks: false,
      ...(affinity ? { affinity } : {}),
      ...(tolerations.length > 0 ? { tolerations } : {}),
      ...(spread.length > 0 ? { topologySpreadConstraints: spread } : {}),
      ...(first.length > 0 ? { initContainers: first } : {}),
      containers,
      ...(volumes ? { volumes } : {}),
    },
  };
}

function rolled(object: Deployment, { rolling, minReadySeconds }: Extras): Deployment {
  const { replicas, selector, strategy, template: pods, ...rest } = object.spec;
  const isRecreated = strategy?.type === 'Recreate';
  const how =
    rolling && !isRecreated ? ({ type: 'RollingUpdate', rollingUpdate: rolling } as const) : strategy;
  return {
    ...object,
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector,
      ...(how ? { strategy: how } : {}),
      ...rest,
      template: pods,
    },
  };
}

function withReady(object: StatefulSet, { minReadySeconds }: Extras): StatefulSet {
  return minReadySeconds === undefined ? object : { ...object, spec: { ...object.spec, minReadySeconds } };
}

function daemonSet({ metadata, spec }: Deployment, { rolling, minReadySeconds }: Extras): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: {
      selector: spec.selector,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      ...(rolling ? { updateStrategy: { type: 'RollingUpdate', rollingUpdate: rolling } } : {}),
      template: spec.template,
    },
  };
}

function completed(object: Job, { completions }: Extras): Job {
  if (completions === undefined || completions <= 1) return object;
  return { ...object, spec: { completions, parallelism: completions, ...object.spec } };
}

function service(
  object: Service,
  draft: WorkloadDraft,
  { headless, appProtocols, objectLabels }: Extras,
): Service {
  const { ports, ...rest } = object.spec;
  const isMain = object.metadata.name === serviceName(draft);
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...objectLabels, ...object.metadata.labels } },
    spec: {
      ...(headless && isMain ? { clusterIP: 'None' } : {}),
      ...rest,
      ...(ports
        ? {
            ports: ports.map((port) => {
              const speaks = appProtocols.get(Number(port.targetPort));
              return speaks === undefined ? port : { ...port, appProtocol: speaks };
            }),
          }
        : {}),
    },
  };
}
