import type {
  PersistentVolumeClaim,
  RollingUpdateStatefulSetStrategy,
  StatefulSet,
  StatefulSetSpec,
} from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, templateCells, templateColumns, text } from '../cells.ts';
import { eachOf, filled, inField, withField, without } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { defaultedTemplate } from '../pod/pod-defaults.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { defaultedClaim } from '../storage/claim-defaults.ts';
import { scaleRules } from './scale.ts';
import { statefulSetComplaints, statefulSetUpdateComplaints } from './stateful-set-validation.ts';
import { podTemplateWarnings } from './template-warnings.ts';

/** StatefulSets (k8s.io/kubernetes/pkg/apis/apps/v1 and pkg/registry/apps/statefulset). */
export const statefulSetRules: KindRules<StatefulSet> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object) => beginsWith(object, { replicas: 0, availableReplicas: 0 }),
  prepareUpdate: keepsStatus,
  validate: statefulSetComplaints,
  validateUpdate: statefulSetUpdateComplaints,
  warnings: ({ spec }, old) => [
    ...podTemplateWarnings(spec, old?.spec),
    ...((spec?.revisionHistoryLimit ?? 0) < 0 ? [negativeHistory] : []),
  ],
  columns: [nameColumn, text('Ready'), ageColumn, ...templateColumns],
  row: (object, context) => [
    object.metadata.name,
    `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
    ageOf(object, context),
    ...templateCells(object.spec?.template),
  ],
  hasStatus: true,
  scale: scaleRules<StatefulSet>(),
  nameRule: 'label',
};

const negativeHistory =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';

function defaultedSpec(spec: StatefulSetSpec): StatefulSetSpec {
  let next = filled<StatefulSetSpec>(spec, {
    podManagementPolicy: 'OrderedReady',
    replicas: 1,
    revisionHistoryLimit: 10,
  });
  const { updateStrategy = {}, persistentVolumeClaimRetentionPolicy: policy = {} } = next;
  const strategy = updateStrategy.type
    ? updateStrategy
    : filled(updateStrategy, { type: 'RollingUpdate', rollingUpdate: {} });
  next = withField(
    next,
    'updateStrategy',
    strategy.type === 'RollingUpdate' ? inField(strategy, 'rollingUpdate', rollingWithPartition) : strategy,
  );
  next = withField(
    next,
    'persistentVolumeClaimRetentionPolicy',
    filled(policy, { whenDeleted: 'Retain', whenScaled: 'Retain' }),
  );
  next = inField(next, 'template', defaultedTemplate);
  return inField(next, 'volumeClaimTemplates', (claims) => eachOf(claims, defaultedTemplateClaim));
}

/** How many Pods may be missing at once is not kept by 1.36, unless it is told to (MaxUnavailableStatefulSet). */
function rollingWithPartition(rolling: RollingUpdateStatefulSetStrategy): RollingUpdateStatefulSetStrategy {
  return filled(without(rolling, 'maxUnavailable'), { partition: 0 });
}

/** Claims in a StatefulSet are whole objects, so they are written with their kind. */
function defaultedTemplateClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  return defaultedClaim(filled(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }));
}
