import { describe, expect, it } from 'vitest';
import type { NodeStatus, PodSpec, Taint } from '../../../../src/kubernetes/api.ts';
import { admissionProblem } from '../../../../src/sandbox/cluster/node/admission.ts';
import { node, OneNode, shell } from './one-node.ts';

// k8s.io/kubernetes/pkg/kubelet/lifecycle/predicate_test.go has the same of more kinds.

interface Given {
  readonly allocatable?: NodeStatus['allocatable'];
  readonly taints?: readonly Taint[];
  readonly others?: readonly Partial<PodSpec>[];
  readonly spec?: Partial<PodSpec>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function problem({ allocatable, taints, others = [], spec = {}, annotations = {} }: Given) {
  const { cluster, simulation, runtime } = OneNode.fresh();
  const found = cluster.get('nodes', undefined, node);
  if (!found) throw new Error('no node');
  cluster.update('nodes', { ...found, spec: { ...found.spec, ...(taints ? { taints } : {}) } });
  const now = cluster.get('nodes', undefined, node);
  if (now && allocatable) cluster.updateStatus('nodes', { ...now, status: { ...now.status, allocatable } });
  const pod = (name: string, more: Partial<PodSpec>, phase: 'Running' | 'Succeeded' = 'Running') =>
    cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', annotations },
      spec: { nodeName: node, containers: [shell('app', 'true')], ...more },
      status: { phase },
    });
  others.forEach((each, index) => {
    pod(`other-${index}`, each);
  });
  pod(
    'over',
    { containers: [{ ...shell('app', 'true'), resources: { requests: { cpu: '3' } } }] },
    'Succeeded',
  );
  return admissionProblem({ cluster, simulation, runtime }, pod('web', spec), node);
}

const asking = (requests: Readonly<Record<string, string>>): Partial<PodSpec> => ({
  containers: [{ ...shell('app', 'true'), resources: { requests } }],
});
const taint: Taint = { key: 'gpu', value: 'yes', effect: 'NoExecute' };

describe('The kubelet', () => {
  const cases: readonly (readonly [string, Given, string | undefined])[] = [
    ['takes what fits', { spec: asking({ cpu: '1' }) }, undefined],
    [
      'takes so many Pods and no more',
      { allocatable: { cpu: '4', memory: '8Gi', pods: '2' }, others: [{}, {}] },
      "OutOfpods: Node didn't have enough resource: pods, requested: 1, used: 2, capacity: 2",
    ],
    [
      'adds up what its Pods ask for',
      { others: [asking({ cpu: '2500m' })], spec: asking({ cpu: '2' }) },
      "OutOfcpu: Node didn't have enough resource: cpu, requested: 2000, used: 2500, capacity: 4000",
    ],
    [
      'looks at the disk, too',
      {
        allocatable: { cpu: '4', memory: '8Gi', 'ephemeral-storage': '1Mi' },
        spec: asking({ 'ephemeral-storage': '2Mi' }),
      },
      "OutOfephemeral-storage: Node didn't have enough resource: ephemeral-storage, requested: 2097152, used: 0, capacity: 1048576",
    ],
    [
      'does not take what is for other nodes',
      { spec: { nodeSelector: { disk: 'ssd' } } },
      "NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
    [
      'does not take what its taints keep away',
      { taints: [taint] },
      "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
    ],
    [
      'takes what tolerates its taints',
      { taints: [taint], spec: { tolerations: [{ operator: 'Exists' }] } },
      undefined,
    ],
    [
      'leaves to the scheduler what is only not to be put there',
      { taints: [{ ...taint, effect: 'NoSchedule' }] },
      undefined,
    ],
    [
      'takes what stands in its own files in spite of taints',
      { taints: [taint], annotations: { 'kubernetes.io/config.source': 'file' } },
      undefined,
    ],
  ];
  it.each(cases)('%s', (_, given, expected) => {
    const found = problem(given);
    expect(found && `${found.reason}: ${found.message}`).toBe(expected);
  });
});
