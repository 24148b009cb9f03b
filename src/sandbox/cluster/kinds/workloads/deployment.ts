import type { Deployment, DeploymentSpec } from '../../../../kubernetes/api.ts';
import { selectorText } from '../../../../kubernetes/selector-text.ts';
import { ageColumn, ageOf, nameColumn, templateCells, templateColumns, text, wide } from '../cells.ts';
import { filled, inField, withField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { defaultedTemplate } from '../pod/pod-defaults.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { deploymentComplaints, deploymentUpdateComplaints } from './deployment-validation.ts';
import { scaleRules } from './scale.ts';
import { templateWarnings } from './template-warnings.ts';

/** Deployments (k8s.io/kubernetes/pkg/apis/apps/v1 and pkg/registry/apps/deployment). */
export const deploymentRules: KindRules<Deployment> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object) => beginsWith(object, {}),
  prepareUpdate: keepsStatus,
  validate: deploymentComplaints,
  validateUpdate: deploymentUpdateComplaints,
  warnings: (object, old) => templateWarnings(object.metadata, object.spec, old?.spec),
  columns: [
    nameColumn,
    text('Ready'),
    text('Up-to-date'),
    text('Available'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  row: (object, context) => {
    const { spec, status = {} } = object;
    return [
      object.metadata.name,
      `${status.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      ageOf(object, context),
      ...templateCells(spec?.template),
      selectorText(spec?.selector),
    ];
  },
  hasStatus: true,
  scale: scaleRules<Deployment>(),
};

function defaultedSpec(spec: DeploymentSpec): DeploymentSpec {
  const next = filled<DeploymentSpec>(spec, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: {},
  });
  const { strategy = {} } = next;
  const typed = filled(strategy, { type: 'RollingUpdate' });
  const rolling =
    typed.type === 'RollingUpdate'
      ? withField(
          typed,
          'rollingUpdate',
          filled(typed.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' }),
        )
      : typed;
  return inField(withField(next, 'strategy', rolling), 'template', defaultedTemplate);
}
