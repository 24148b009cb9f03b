import type { Pod, PodStatus } from '../../../../kubernetes/api.ts';
import { invalidObject } from '../../api/objects/status.ts';
import { qosClass } from '../../node/pods/qos-class.ts';
import { type Stored, timestamp } from '../../object.ts';
import { type Complaint, forbidden } from '../complaint.ts';
import { inField } from '../filled.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { isNew } from '../object-meta.ts';
import { keepsStatus } from '../status.ts';
import { defaultedPod } from './pod-defaults.ts';
import { podColumns, podRow } from './pod-row.ts';
import { changesSpecial, munged, podUpdateComplaints, unchangeable } from './pod-update.ts';
import { podComplaints } from './pod-validation.ts';
import { podWarnings } from './pod-warnings.ts';

/** Pods (k8s.io/kubernetes/pkg/apis/core and pkg/registry/core/pod). */
export const podRules: KindRules<Pod> = {
  defaults: defaultedPod,
  prepareCreate: (pod, { now }) => ({ ...withSomeGrace(pod), status: firstStatus(pod, now) }),
  prepareUpdate,
  validate: (pod) => [...podComplaints(pod), ...(isNew(pod.metadata) ? createComplaints(pod) : [])],
  validateUpdate: podUpdateComplaints,
  // Changes of Pods come from programs, which nobody reads the warnings of.
  warnings: (pod, old) => (old ? [] : podWarnings(pod)),
  columns: podColumns,
  row: podRow,
  fieldLabels: {
    'spec.nodeName': ({ spec }) => spec?.nodeName,
    'spec.restartPolicy': ({ spec }) => spec?.restartPolicy,
    'spec.schedulerName': ({ spec }) => spec?.schedulerName,
    'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName,
    'spec.hostNetwork': ({ spec }) => `${spec?.hostNetwork ?? false}`,
    'status.phase': ({ status }) => status?.phase,
    'status.podIP': ({ status }) => status?.podIPs?.[0]?.ip,
    'status.podIPs': ({ status }) => status?.podIPs?.[0]?.ip,
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName,
  },
  hasStatus: true,
};

/** A negative grace counts as a second (k8s.io/kubernetes/pkg/apis/core/v1, Convert_v1_Pod_To_core_Pod). */
function withSomeGrace(pod: Pod): Pod {
  return inField(pod, 'spec', (spec) =>
    (spec.terminationGracePeriodSeconds ?? 0) < 0 ? { ...spec, terminationGracePeriodSeconds: 1 } : spec,
  );
}

/** What may only be set later (k8s.io/kubernetes/pkg/apis/core/validation, ValidatePodCreate). */
function createComplaints({ spec }: Pod): readonly Complaint[] {
  return [
    ...(spec?.ephemeralContainers?.length
      ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(spec?.nodeName && spec.schedulingGates?.length
      ? [forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')]
      : []),
  ];
}

/** How a Pod begins. */
function firstStatus(pod: Pod, now: number): PodStatus {
  const isGated = Boolean(pod.spec?.schedulingGates?.length);
  return {
    phase: 'Pending',
    qosClass: qosClass(pod),
    ...(isGated
      ? {
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              lastTransitionTime: timestamp(now),
              reason: 'SchedulingGated',
              message: 'Scheduling is blocked due to non-empty scheduling gates',
            },
          ],
        }
      : {}),
  };
}

/** @throws ApiError Invalid where a plain change touches what has a way of its own */
function prepareUpdate(pod: Decoded<Pod>, old: Stored<Pod>): Pod {
  const { spec } = pod;
  if (changesSpecial(spec, old.spec) && podUpdateComplaints(pod, old).length === 0) {
    const kind = { kind: 'Pod', group: '' };
    throw invalidObject(kind, old.metadata.name, [unchangeable(old.spec, munged(spec, old.spec))]);
  }
  return keepsStatus(pod, old);
}
