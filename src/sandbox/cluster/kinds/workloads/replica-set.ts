import type { ReplicaSet, ReplicaSetSpec } from '../../../../kubernetes/api.ts';
import {
  ageColumn,
  ageOf,
  integer,
  nameColumn,
  selectorCell,
  templateCells,
  templateColumns,
  wide,
} from '../cells.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { defaultedTemplate } from '../pod/pod-defaults.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { replicaSetComplaints, replicaSetUpdateComplaints } from './replica-set-validation.ts';
import { scaleRules } from './scale.ts';
import { templateWarnings } from './template-warnings.ts';

/** ReplicaSets (k8s.io/kubernetes/pkg/apis/apps/v1 and pkg/registry/apps/replicaset). */
export const replicaSetRules: KindRules<ReplicaSet> = {
  defaults: (object) =>
    inField(object, 'spec', (spec) =>
      inField(filled<ReplicaSetSpec>(spec, { replicas: 1 }), 'template', defaultedTemplate),
    ),
  prepareCreate: (object) => beginsWith(object, { replicas: 0 }),
  prepareUpdate: keepsStatus,
  validate: replicaSetComplaints,
  validateUpdate: replicaSetUpdateComplaints,
  warnings: (object, old) => templateWarnings(object.metadata, object.spec, old?.spec),
  columns: [
    nameColumn,
    integer('Desired'),
    integer('Current'),
    integer('Ready'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  row: (object, context) => [
    object.metadata.name,
    object.spec?.replicas ?? 0,
    object.status?.replicas ?? 0,
    object.status?.readyReplicas ?? 0,
    ageOf(object, context),
    ...templateCells(object.spec?.template),
    selectorCell(object.spec?.selector),
  ],
  hasStatus: true,
  scale: scaleRules<ReplicaSet>(),
};
