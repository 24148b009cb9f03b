import type { Node, Pod } from '../../../kubernetes/api.ts';
import { thousandths, wholeUnits } from '../../../kubernetes/quantity-text.ts';
import type { Description } from './description.ts';
import { podResources, total } from './pod-resources.ts';
import { timeSince } from './times.ts';

type Amounts = Readonly<Record<string, string>>;

/** Adds the Pods of a node, what each asks for, and what all of them do. */
export function describeUsage(
  description: Description,
  { status }: Node,
  pods: readonly Pod[],
  now: number,
): void {
  const allocatable = status?.allocatable ?? status?.capacity ?? {};
  description.field('Non-terminated Pods', `(${pods.length} in total)`);
  const heads = ['CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'];
  description.head(1, 'Namespace', 'Name', '', ...heads);
  for (const pod of pods) {
    const [requests, limits] = [podResources(pod, 'requests', true), podResources(pod, 'limits', true)];
    description.row(
      1,
      pod.metadata.namespace,
      pod.metadata.name,
      '',
      ...['cpu', 'memory'].flatMap((name) => [
        shareText(name, requests, allocatable),
        shareText(name, limits, allocatable),
      ]),
      timeSince(pod.metadata.creationTimestamp, now),
    );
  }
  describeTotals(description, pods, allocatable);
}

function describeTotals(description: Description, pods: readonly Pod[], allocatable: Amounts): void {
  const requests = total(pods.map((pod) => podResources(pod, 'requests', false)));
  const limits = total(pods.map((pod) => podResources(pod, 'limits', false)));
  description.title('Allocated resources');
  description.row(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  description.head(1, 'Resource', 'Requests', 'Limits');
  const usual = ['cpu', 'memory', 'ephemeral-storage'];
  const names = Object.keys(allocatable).sort();
  for (const name of [...usual, ...names.filter((each) => each.startsWith('hugepages-'))]) {
    description.row(1, name, shareText(name, requests, allocatable), shareText(name, limits, allocatable));
  }
  for (const name of names) {
    if (usual.includes(name) || name === 'pods' || name.startsWith('hugepages-')) continue;
    description.row(1, name, requests[name] ?? '0', limits[name] ?? '0');
  }
}

/** An amount, and how much it is of all there is: `250m (12%)`. */
function shareText(name: string, amounts: Amounts, allocatable: Amounts): string {
  const measured = name === 'cpu' ? thousandths : wholeUnits;
  const all = measured(allocatable[name]);
  const share = all === 0 ? 0 : Math.trunc((measured(amounts[name]) / all) * 100);
  return `${amounts[name] ?? '0'} (${share}%)`;
}
