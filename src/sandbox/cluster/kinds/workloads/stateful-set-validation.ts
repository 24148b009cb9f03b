import type {
  PodTemplateSpec,
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from '../../../../kubernetes/api.ts';
import { type Stored, sameValue } from '../../object.ts';
import { type Complaint, forbidden, invalid } from '../complaint.ts';
import { inField, without } from '../filled.ts';
import type { Decoded } from '../kind.ts';
import { labelNameComplaints } from '../label-rules.ts';
import { isNew } from '../object-meta.ts';
import { claimSpecComplaints } from '../storage/claim-validation.ts';
import { complaintsOf, notNegative, oneOf } from '../value-rules.ts';
import { selectionComplaints } from './workload-validation.ts';

const names = { ofSelector: 'statefulset', ofTemplate: 'StatefulSet', refusal: '' };

/** What is wrong with a StatefulSet (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateStatefulSetSpec). */
export function statefulSetComplaints({ metadata, spec }: Decoded<StatefulSet>): readonly Complaint[] {
  const { podManagementPolicy: policy = '', updateStrategy = {}, serviceName = '' } = spec;
  const { persistentVolumeClaimRetentionPolicy: retention = {}, template = {} } = spec;
  const isKnown = policy === 'OrderedReady' || policy === 'Parallel';
  const path = 'spec.persistentVolumeClaimRetentionPolicy';
  const claims = isNew(metadata) ? (spec?.volumeClaimTemplates ?? []) : [];
  return [
    ...(isKnown ? [] : [invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...strategyComplaints(updateStrategy),
    ...oneOf(`${path}.whenDeleted`, retention.whenDeleted, ['Retain', 'Delete']),
    ...oneOf(`${path}.whenScaled`, retention.whenScaled, ['Retain', 'Delete']),
    ...claims.flatMap(({ spec: wanted = {} }, index) =>
      claimSpecComplaints(wanted, `spec.volumeClaimTemplates[${index}].spec`),
    ),
    ...notNegative('spec.replicas', spec?.replicas),
    ...notNegative('spec.minReadySeconds', spec?.minReadySeconds),
    ...notNegative('spec.ordinals.start', spec?.ordinals?.start),
    ...(serviceName && isNew(metadata)
      ? complaintsOf('spec.serviceName', serviceName, labelNameComplaints(serviceName))
      : []),
    ...selectionComplaints(spec?.selector, withClaims(template, spec), names),
  ];
}

/** What of a StatefulSet may change (ValidateStatefulSetUpdate). */
export function statefulSetUpdateComplaints(
  { spec }: Decoded<StatefulSet>,
  old: Stored<StatefulSet>,
): readonly Complaint[] {
  return sameValue(fixed(spec), fixed(old.spec)) ? [] : [forbidden('spec', immutableWords)];
}

const immutableWords =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function fixed(spec: StatefulSetSpec): unknown {
  return without(
    spec,
    'replicas',
    'template',
    'updateStrategy',
    'minReadySeconds',
    'ordinals',
    'revisionHistoryLimit',
    'persistentVolumeClaimRetentionPolicy',
  );
}

/** The volumes that each of its Pods gets a claim for count as there. */
function withClaims(template: PodTemplateSpec, spec: StatefulSetSpec | undefined): PodTemplateSpec {
  const claims = spec?.volumeClaimTemplates ?? [];
  return inField(template, 'spec', (pod) => {
    const own = (pod.volumes ?? []).filter(
      ({ name }) => !claims.some(({ metadata }) => metadata.name === name),
    );
    const added = claims.map(({ metadata: { name = '' } }) => ({
      name,
      persistentVolumeClaim: { claimName: name },
    }));
    const named = without(pod, 'subdomain', 'hostname');
    return claims.length > 0 ? { ...named, volumes: [...added, ...own] } : named;
  });
}

function strategyComplaints(strategy: StatefulSetUpdateStrategy): readonly Complaint[] {
  const { type, rollingUpdate } = strategy;
  const path = 'spec.updateStrategy';
  if (type === 'OnDelete') {
    const shown = { Partition: rollingUpdate?.partition ?? 0, MaxUnavailable: null };
    return rollingUpdate
      ? [invalid(`${path}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'")]
      : [];
  }
  if (type !== 'RollingUpdate') {
    const shown = {
      Type: type,
      RollingUpdate: rollingUpdate ? { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: null } : null,
    };
    return [invalid(path, shown, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  return notNegative(`${path}.rollingUpdate.partition`, rollingUpdate?.partition);
}
