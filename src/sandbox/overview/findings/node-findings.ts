import type { Node } from '../../../kubernetes/api.ts';
import { conditionOf } from '../../cluster/controllers/conditions.ts';
import { downSince } from '../../cluster/node/node-power.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { type Finding, sentence } from '../why/account.ts';
import { trouble } from './finding.ts';

/** Why a node is not as it should be. */
export function nodeFindings({ cluster }: Sandbox, { metadata, status, spec }: Stored<Node>): Finding[] {
  const { name } = metadata;
  const about = `Node ${name}`;
  const describe = `kubectl describe node ${name}`;
  const found: Finding[] = [];
  const ready = conditionOf(status?.conditions, 'Ready');
  const since = downSince(cluster.store, name);
  if (since !== undefined) {
    found.push(
      trouble(
        about,
        [
          `Its kubelet has not been heard of for ${Math.round((cluster.now - since) / 1000)} seconds.`,
          'After 40 seconds it counts as not ready; five minutes later its Pods are made anew elsewhere.',
        ],
        [`node start ${name}`, describe],
      ),
    );
  } else if (ready === undefined || ready.reason === 'NodeStatusNeverUpdated') {
    found.push(trouble(about, ['No kubelet has ever spoken for it: it is only a name.'], [describe]));
  } else if (ready.status !== 'True') {
    found.push(trouble(about, [sentence(`It is not ready: ${ready.message}`)], [describe]));
  }
  for (const { type, status: state, message } of status?.conditions ?? []) {
    if (type !== 'Ready' && state === 'True')
      found.push(trouble(about, [sentence([type, message].filter(Boolean).join(': '))], [describe]));
  }
  if (spec?.unschedulable) {
    found.push(
      trouble(about, ['It is cordoned: the scheduler gives it no new Pods.'], [`kubectl uncordon ${name}`]),
    );
  }
  return found;
}
