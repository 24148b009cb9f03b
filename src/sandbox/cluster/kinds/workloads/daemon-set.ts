import type { DaemonSet, DaemonSetSpec, DaemonSetStatus } from '../../../../kubernetes/api.ts';
import { sameValue } from '../../object.ts';
import {
  ageColumn,
  ageOf,
  integer,
  labelsCell,
  nameColumn,
  selectorCell,
  templateCells,
  templateColumns,
  text,
  wide,
} from '../cells.ts';
import { filled, inField, withField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { defaultedTemplate } from '../pod/pod-defaults.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { daemonSetComplaints, daemonSetUpdateComplaints } from './daemon-set-validation.ts';
import { podTemplateWarnings } from './template-warnings.ts';

/** What a DaemonSet's status always says. */
const nothingYet: DaemonSetStatus = {
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
};

/** DaemonSets (k8s.io/kubernetes/pkg/apis/apps/v1 and pkg/registry/apps/daemonset). */
export const daemonSetRules: KindRules<DaemonSet> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object) => withTemplateGeneration(beginsWith(object, nothingYet), 1),
  prepareUpdate: (object, old) => {
    const before = Number(old.metadata.annotations?.[generationNote] ?? 0);
    const isChanged = !sameValue(object.spec?.template, old.spec?.template);
    return withTemplateGeneration(keepsStatus(object, old), isChanged ? before + 1 : before);
  },
  validate: daemonSetComplaints,
  validateUpdate: daemonSetUpdateComplaints,
  warnings: ({ spec }, old) => podTemplateWarnings(spec, old?.spec),
  columns: [
    nameColumn,
    integer('Desired'),
    integer('Current'),
    integer('Ready'),
    integer('Up-to-date'),
    integer('Available'),
    text('Node Selector'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  row: (object, context) => {
    const { spec, status = nothingYet } = object;
    return [
      object.metadata.name,
      status.desiredNumberScheduled,
      status.currentNumberScheduled,
      status.numberReady,
      status.updatedNumberScheduled ?? 0,
      status.numberAvailable ?? 0,
      labelsCell(spec?.template.spec?.nodeSelector),
      ageOf(object, context),
      ...templateCells(spec?.template),
      selectorCell(spec?.selector),
    ];
  },
  hasStatus: true,
};

/** Counts the changes of the template; in the API of today a note is left of the field that did. */
const generationNote = 'deprecated.daemonset.template.generation';

function withTemplateGeneration(object: DaemonSet, generation: number): DaemonSet {
  const { metadata } = object;
  const annotations = { ...metadata.annotations, [generationNote]: `${generation}` };
  return { ...object, metadata: { ...metadata, annotations } };
}

function defaultedSpec(spec: DaemonSetSpec): DaemonSetSpec {
  const next = filled<DaemonSetSpec>(spec, { revisionHistoryLimit: 10 });
  const strategy = filled(next.updateStrategy ?? {}, { type: 'RollingUpdate' });
  const rolling =
    strategy.type === 'RollingUpdate'
      ? withField(
          strategy,
          'rollingUpdate',
          filled(strategy.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 }),
        )
      : strategy;
  return inField(withField(next, 'updateStrategy', rolling), 'template', defaultedTemplate);
}
