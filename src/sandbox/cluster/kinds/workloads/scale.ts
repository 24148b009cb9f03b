import type { LabelSelector } from '../../../../kubernetes/api.ts';
import { selectorText } from '../../../../kubernetes/selector-text.ts';
import type { ScaleRules } from '../kind.ts';

interface Scalable {
  readonly spec?: { readonly replicas?: number; readonly selector: LabelSelector };
  readonly status?: { readonly replicas?: number };
}

/** Where the workloads that can be scaled keep what `scale` shows (k8s.io/kubernetes/pkg/registry/apps, scaleFrom…). */
export function scaleRules<T extends Scalable>(): ScaleRules<T> {
  return {
    selector: ({ spec }) => selectorText(spec?.selector),
    wanted: ({ spec }) => spec?.replicas ?? 0,
    current: ({ status }) => status?.replicas ?? 0,
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  };
}
