import { describe, expect, it } from 'vitest';
import { nearest } from '../src/nearest.ts';

describe('the names nearest to a word', () => {
  it.each<[string, string[], string[]]>([
    ['pod', ['pods', 'service'], ['pods']],
    ['pdo', ['pod', 'service'], ['pod']],
    ['POD', ['Pods'], ['Pods']],
    ['depl', ['service', 'deployment'], ['deployment']],
    ['deploymnt', ['deployments', 'deployment', 'service'], ['deployment', 'deployments']],
    ['statfulst', ['stateful-set', 'statefulset', 'stateless'], ['statefulset', 'stateful-set']],
    ['volumes', ['columns', 'volume', 'volume-mount'], ['volume']],
    ['ingres', ['progress', 'egress', 'ingress', 'ingress-class'], ['ingress', 'ingress-class']],
    ['tod', ['pod', 'node', 'job'], ['pod']],
    ['ervice', ['service', 'device'], ['service']],
    ['zebra', ['pod', 'service'], []],
    ['pod', [], []],
  ])('%o among %o are %o', (word, names, expected) => {
    expect(nearest(word, names)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['', ['a', 'pod', '']],
    ['x', ['a', 'rm', 'y']],
    ['ab', ['rm', 'ps', 'xyz']],
    ['abc', ['xyz', 'xbz']],
    ['abcdef', ['xbcdey', 'abxyzf']],
  ])('%o among %o are none: too little of it is right', (word, names) => {
    expect(nearest(word, names)).toEqual([]);
  });

  it('are three, or as many as are wanted', () => {
    const names = ['pod-a', 'pod-b', 'pod-c', 'pod-d', 'pod-e'];
    expect(nearest('pod', names)).toEqual(['pod-a', 'pod-b', 'pod-c']);
    expect(nearest('pod', names, 5)).toEqual(names);
    expect(nearest('pod', names, 0)).toEqual([]);
  });
});
