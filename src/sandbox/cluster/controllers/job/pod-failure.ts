import type { ContainerStatus, Job, PodFailurePolicyRule } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import type { StoredPod } from '../pod-state.ts';

/** What becomes of a failure by the Job's policy. */
export interface FailureVerdict {
  readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count' | undefined;
  /** Why the whole Job fails, where it does. */
  readonly message?: string;
}

/**
 * What a Job's policy says of a Pod that has failed; the first rule that fits counts
 * (k8s.io/kubernetes/pkg/controller/job/pod_failure_policy.go).
 */
export function verdictOf({ spec }: Stored<Job>, pod: StoredPod): FailureVerdict {
  const { namespace, name } = pod.metadata;
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const reason = fits(rule, pod);
    if (reason === undefined) continue;
    const action = rule.action as NonNullable<FailureVerdict['action']>;
    if (action !== 'FailJob') return { action };
    const { container, condition } = reason;
    const ending = `matching ${action} rule at index ${index}`;
    const message = container
      ? `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${container.state?.terminated?.exitCode} ${ending}`
      : `Pod ${namespace}/${name} has condition ${condition} ${ending}`;
    return { action, message };
  }
  return { action: undefined };
}

function fits(
  { onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  { status }: StoredPod,
): { container?: ContainerStatus; condition?: string } | undefined {
  if (onExitCodes) {
    const { containerName, operator, values = [] } = onExitCodes;
    const { containerStatuses = [], initContainerStatuses = [] } = status ?? {};
    const container = [...containerStatuses, ...initContainerStatuses].find((each) => {
      const code = each.state?.terminated?.exitCode ?? 0;
      if (code === 0 || (containerName !== undefined && containerName !== each.name)) return false;
      return values.includes(code) === (operator === 'In');
    });
    return container && { container };
  }
  const condition = status?.conditions?.find((each) =>
    onPodConditions.some(
      (pattern) => pattern.type === each.type && (pattern.status ?? 'True') === each.status,
    ),
  );
  return condition && { condition: condition.type };
}
