import type { ObjectMeta, PodTemplateSpec } from '../../../../kubernetes/api.ts';
import { sameValue } from '../../object.ts';
import { labelNameComplaints } from '../label-rules.ts';
import { podSpecWarnings } from '../pod/pod-warnings.ts';

interface WithTemplate {
  readonly template?: PodTemplateSpec;
}

/** What is said of a workload whose Pods are named after it (strategy.go of its kind). */
export function templateWarnings(
  metadata: ObjectMeta,
  spec: WithTemplate | undefined,
  old: WithTemplate | undefined,
): readonly string[] {
  return [...(old ? [] : hostnameWarning(metadata.name)), ...podTemplateWarnings(spec, old)];
}

/**
 * What is said of a workload's template; of a change only where there is one
 * (k8s.io/kubernetes/pkg/api/pod, GetWarningsForPodTemplate).
 */
export function podTemplateWarnings(
  spec: WithTemplate | undefined,
  old: WithTemplate | undefined,
  path = 'spec',
): readonly string[] {
  const pod = spec?.template?.spec;
  if (!pod || (old && sameValue(spec, old))) return [];
  return podSpecWarnings(pod, `${path}.template.`);
}

/** What is said of a name that becomes part of hostnames. */
export function hostnameWarning(name = ''): readonly string[] {
  const problems = labelNameComplaints(name);
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}
