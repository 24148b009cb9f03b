import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { autoscalerComplaints } from './autoscaler-validation.ts';

/** How many targets the cell shows. */
const shown = 2;

/** HorizontalPodAutoscalers (k8s.io/kubernetes/pkg/apis/autoscaling/v2 and pkg/registry/autoscaling). */
export const autoscalerRules: KindRules<HorizontalPodAutoscaler> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object) => beginsWith(object, { desiredReplicas: 0 }),
  prepareUpdate: keepsStatus,
  validate: autoscalerComplaints,
  columns: [
    nameColumn,
    text('Reference'),
    text('Targets'),
    text('MinPods'),
    text('MaxPods'),
    text('Replicas'),
    ageColumn,
  ],
  row: (object, context) => {
    const { spec, status } = object;
    return [
      object.metadata.name,
      `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      targetsCell(spec.metrics ?? [], status?.currentMetrics ?? []),
      spec.minReplicas === undefined ? '<unset>' : `${spec.minReplicas}`,
      spec.maxReplicas,
      status?.currentReplicas ?? 0,
      ageOf(object, context),
    ];
  },
  hasStatus: true,
};

const upRules: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const downRules: HPAScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};
const usualMetrics: readonly MetricSpec[] = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
];

function defaultedSpec(spec: HorizontalPodAutoscalerSpec): HorizontalPodAutoscalerSpec {
  const counted = filled<HorizontalPodAutoscalerSpec>(spec, { minReplicas: 1 });
  const measured = counted.metrics?.length ? counted : { ...counted, metrics: usualMetrics };
  return inField(measured, 'behavior', ({ scaleUp = {}, scaleDown = {} }) => ({
    scaleUp: filled(scaleUp, upRules),
    scaleDown: filled(scaleDown, downRules),
  }));
}

/** What is measured of what is wanted (k8s.io/kubernetes/pkg/printers/internalversion, formatHPAMetrics). */
function targetsCell(specs: readonly MetricSpec[], statuses: readonly MetricStatus[]): string {
  if (specs.length === 0) return '<none>';
  const all = specs.map((spec, index) => targetText(spec, statuses[index]));
  const first = all.slice(0, shown).join(', ');
  return all.length > shown ? `${first} + ${all.length - shown} more...` : first;
}

function targetText(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return wholeText(spec.external?.target, status?.external?.current);
    case 'Object':
      return wholeText(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current.averageValue ?? '<unknown>'}/${spec.pods?.target.averageValue ?? '0'}`;
    case 'Resource':
      return usageText(spec.resource, status?.resource?.current);
    case 'ContainerResource':
      return usageText(spec.containerResource, status?.containerResource?.current);
    default:
      return '<unknown type>';
  }
}

function wholeText(target: MetricTarget | undefined, current: MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) {
    return `${current?.averageValue ?? '<unknown>'}/${target.averageValue} (avg)`;
  }
  return `${current ? (current.value ?? '0') : '<unknown>'}/${target?.value ?? '0'}`;
}

function usageText(
  source: { readonly name: string; readonly target: MetricTarget } | undefined,
  current: MetricValueStatus | undefined,
): string {
  const { averageValue, averageUtilization: wanted } = source?.target ?? {};
  const name = source?.name ?? '';
  if (averageValue !== undefined) return `${name}: ${current?.averageValue ?? '<unknown>'}/${averageValue}`;
  const used = current?.averageUtilization;
  return `${name}: ${used === undefined ? '<unknown>' : `${used}%`}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
}
