import { describe, expect, it } from 'vitest';
import type {
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  Toleration,
} from '../../../../src/kubernetes/api.ts';
import {
  fitsNode,
  fitsTerm,
  tolerates,
  untoleratedTaint,
} from '../../../../src/sandbox/cluster/controllers/node-matching.ts';

const node: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker-1', labels: { disk: 'ssd', cores: '8', speed: 'fast' } },
};
const unlabelled: Node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare' } };

type Row = readonly [key: string, operator: string, values: readonly string[], fits: boolean];

// k8s.io/component-helpers/scheduling/corev1/nodeaffinity and k8s.io/apimachinery/pkg/labels, Requirement.Matches.
const rows: readonly Row[] = [
  ['disk', 'In', ['hdd', 'ssd'], true],
  ['disk', 'In', ['hdd'], false],
  ['zone', 'In', ['a'], false],
  ['disk', 'NotIn', ['hdd'], true],
  ['disk', 'NotIn', ['ssd'], false],
  ['zone', 'NotIn', ['a'], true],
  ['disk', 'Exists', [], true],
  ['zone', 'Exists', [], false],
  ['disk', 'DoesNotExist', [], false],
  ['zone', 'DoesNotExist', [], true],
  ['cores', 'Gt', ['7'], true],
  ['cores', 'Gt', ['8'], false],
  ['cores', 'Lt', ['9'], true],
  ['cores', 'Lt', ['8'], false],
  ['speed', 'Gt', ['1'], false],
  ['speed', 'Lt', ['1'], false],
  ['zone', 'Gt', ['1'], false],
  ['zone', 'Lt', ['1'], false],
  ['disk', 'Like', ['ssd'], false],
];

describe('a term of a node selector', () => {
  it.each(rows)('asks that %s %s %j, which is %s', (key, operator, values, fits) => {
    const requirement = { key, operator, values } as NodeSelectorRequirement;
    expect(fitsTerm({ matchExpressions: [requirement] }, node)).toBe(fits);
  });

  const terms: readonly (readonly [string, NodeSelectorTerm, boolean])[] = [
    ['that says nothing fits no node', {}, false],
    [
      'can name the node',
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['worker-1'] }] },
      true,
    ],
    [
      'can name another',
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['worker-2'] }] },
      false,
    ],
    ['knows no other field', { matchFields: [{ key: 'metadata.uid', operator: 'In', values: [''] }] }, false],
    [
      'asks for all that it says',
      {
        matchExpressions: [
          { key: 'disk', operator: 'Exists' },
          { key: 'zone', operator: 'Exists' },
        ],
      },
      false,
    ],
  ];
  it.each(terms)('%s', (_, term, fits) => {
    expect(fitsTerm(term, node)).toBe(fits);
  });

  it('fits a node without labels where it wants none', () => {
    expect(fitsTerm({ matchExpressions: [{ key: 'disk', operator: 'DoesNotExist' }] }, unlabelled)).toBe(
      true,
    );
  });
});

describe('a Pod may be on a node', () => {
  const needs = (...nodeSelectorTerms: NodeSelectorTerm[]) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  });
  const ssd: NodeSelectorTerm = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
  const zone: NodeSelectorTerm = { matchExpressions: [{ key: 'zone', operator: 'Exists' }] };

  it.each([
    ['when it asks for nothing', {}, true],
    ['when the labels are those it asks for', { nodeSelector: { disk: 'ssd', cores: '8' } }, true],
    ['not when one label is another', { nodeSelector: { disk: 'ssd', cores: '4' } }, false],
    ['when one of its terms fits', { affinity: needs(zone, ssd) }, true],
    ['not when no term fits', { affinity: needs(zone) }, false],
    ['not when it has no terms', { affinity: needs() }, false],
    ['not when only its affinity fits', { nodeSelector: { zone: 'a' }, affinity: needs(ssd) }, false],
  ])('%s', (_, spec, fits) => {
    expect(fitsNode({ containers: [], ...spec }, node)).toBe(fits);
  });
});

describe('a toleration', () => {
  const taint = { key: 'team', value: 'shop', effect: 'NoSchedule' };
  const tolerations: readonly (readonly [string, Toleration, boolean])[] = [
    ['of everything is about every taint', { operator: 'Exists' }, true],
    ['of a key is about its taints', { key: 'team', operator: 'Exists' }, true],
    ['of another key is not', { key: 'zone', operator: 'Exists' }, false],
    ['of a value is about it', { key: 'team', operator: 'Equal', value: 'shop' }, true],
    ['without an operator compares, too', { key: 'team', value: 'shop' }, true],
    ['of another value is not about it', { key: 'team', value: 'bank' }, false],
    ['of an effect is about it', { key: 'team', value: 'shop', effect: 'NoSchedule' }, true],
    ['of another effect is not', { key: 'team', value: 'shop', effect: 'NoExecute' }, false],
  ];
  it.each(tolerations)('%s', (_, toleration, isAbout) => {
    expect(tolerates(toleration, taint)).toBe(isAbout);
  });

  it('of a key without a value is about a taint without one', () => {
    expect(tolerates({ key: 'team' }, { key: 'team', effect: 'NoSchedule' })).toBe(true);
  });

  it('leaves the first taint of the effects that count', () => {
    const soft = { key: 'a', effect: 'PreferNoSchedule' };
    const other = { key: 'b', effect: 'NoExecute' };
    const all = [soft, taint, other];
    expect(untoleratedTaint(all, undefined, ['NoSchedule', 'NoExecute'])).toBe(taint);
    expect(untoleratedTaint(all, [{ key: 'team', operator: 'Exists' }], ['NoSchedule', 'NoExecute'])).toBe(
      other,
    );
    expect(untoleratedTaint(all, [{ operator: 'Exists' }], ['NoSchedule', 'NoExecute'])).toBeUndefined();
    expect(untoleratedTaint(undefined, undefined, ['NoSchedule'])).toBeUndefined();
  });
});
