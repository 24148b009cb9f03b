import { bareKinds, bareObjects, oddNetwork, oddPolicies } from './odd-objects.ts';
import { oddStorage, volumeNames } from './odd-storage.ts';
import { oddWorkloads } from './odd-workloads.ts';
import type { Scenario } from './scenario.ts';

const odd = [...oddPolicies, ...oddNetwork, ...oddWorkloads].filter(({ kind }) => kind !== 'Event');

/** `kubectl describe` of objects that say nothing, and of objects that say everything they can. */
export const describing: Scenario = {
  name: 'describing',
  since: 36,
  setup: [],
  placed: [...bareObjects, ...oddPolicies, ...oddNetwork, ...oddStorage, ...oddWorkloads],
  lines: [
    ...bareKinds.map((kind) => `kubectl describe ${kind} bare`),
    ...odd.map(
      ({ kind, metadata: { name, namespace = 'default' } }) =>
        `kubectl describe ${kind.toLowerCase()} ${name} -n ${namespace}`,
    ),
    ...volumeNames.map((name) => `kubectl describe pv ${name}`),
    'kubectl describe pvc data bound',
    'kubectl describe sc fast slow',
    'kubectl describe pod volumes',
    'kubectl describe pod gone --show-events=false',
    'kubectl describe node worker-1',
    'kubectl describe events e1 e2 e3 e4',
  ],
};
