import { describe, expect, it } from 'vitest';
import type { IndexedTerm } from '../../src/content/content.ts';
import { findTerm, simplify } from '../../src/content/find-term.ts';
import { nearestTerms } from '../../src/content/nearest-terms.ts';

function termOf(id: string, term: string, ...aliases: readonly string[]): IndexedTerm {
  return { id, term, aliases, side: 'kubernetes' };
}

const entries = [
  termOf('bind-mount', 'Bind mount'),
  termOf('configmap', 'ConfigMap', 'cm'),
  termOf('pod', 'Pod', 'po', 'Pods'),
  termOf('pod-network', 'Pod network'),
  termOf('replica', 'ReplicaSet', 'rs'),
  termOf('service', 'Service', 'svc', 'docker replica'),
];

const ids = (found: readonly IndexedTerm[]): string[] => found.map(({ id }) => id);

describe('a term', () => {
  it.each<[string, string[]]>([
    ['pod', ['pod']],
    ['Pod', ['pod']],
    ['  POD ', ['pod']],
    ['po', ['pod']],
    ['pods', ['pod']],
    ['bind mount', ['bind-mount']],
    ['bind-mount', ['bind-mount']],
    ['Bind_Mount', ['bind-mount']],
    ['bind \t mount', ['bind-mount']],
    ['replica', ['replica']],
    ['replicaset', ['replica']],
    ['CM', ['configmap']],
  ])('is found by its id, its name or another name: %o', (words, expected) => {
    expect(ids(findTerm(entries, words))).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['network', ['pod-network']],
    ['od-net', ['pod-network']],
    ['mount', ['bind-mount']],
    ['map', ['configmap']],
    ['docker', ['service']],
    ['o', ['bind-mount', 'configmap', 'pod', 'pod-network', 'service']],
    ['rep', ['replica', 'service']],
  ])('is found by a part of a name, with all others that have it: %o', (words, expected) => {
    expect(ids(findTerm(entries, words))).toEqual(expected);
  });

  it.each(['', ' ', '-', '_ -', 'zebra', 'bindmount', 'pod.', '.*'])('is not found by %o', (words) => {
    expect(findTerm(entries, words)).toEqual([]);
  });

  it('is the one with that id, even when an earlier one is called so too', () => {
    const both = [termOf('task', 'Task', 'job'), termOf('job', 'Job')];
    expect(ids(findTerm(both, 'Job'))).toEqual(['job']);
  });
});

describe('a simplified name', () => {
  it.each([
    ['Bind mount', 'bind mount'],
    ['bind-mount', 'bind mount'],
    ['bind__mount', 'bind mount'],
    [' - bind \n mount_', 'bind mount'],
    ['', ''],
    ['ÄÖ', 'äö'],
  ])('of %o is %o', (name, expected) => {
    expect(simplify(name)).toBe(expected);
  });
});

describe('the terms nearest to a mistyped one', () => {
  it.each<[string, string[]]>([
    ['pdo', ['pod']],
    ['podnetwrk', ['pod-network']],
    ['bindmount', ['bind-mount']],
    ['Config-Mapp', ['configmap']],
    ['servcie', ['service']],
    ['zebra', []],
    ['', []],
    ['-', []],
  ])('%o are %o', (words, expected) => {
    expect(ids(nearestTerms(entries, words))).toEqual(expected);
  });

  it('are each there once, at most three, the nearest first', () => {
    const many = ['volumes', 'volumed', 'volume', 'volumex', 'volumey'].map((id) =>
      termOf(id, id.toUpperCase(), `${id}s`),
    );
    const found = ids(nearestTerms(many, 'vlume'));
    expect(found).toHaveLength(3);
    expect(new Set(found).size).toBe(3);
    expect(found[0]).toBe('volume');
  });
});
