import { describe, expect, it } from 'vitest';
import { bankOf, entriesOf } from '../../src/quiz/bank.ts';
import { bankAbout, findTopic, type Topic } from '../../src/quiz/topic.ts';
import { entryOf } from '../fixtures/bank.ts';

const topics: readonly Topic[] = [
  { kind: 'unit', id: 'pods', title: 'From containers to Pods', lessons: ['first-pod', 'deployments'] },
  { kind: 'unit', id: 'connecting', title: 'Connecting and configuring', lessons: ['configuration'] },
  { kind: 'lesson', id: 'first-pod', title: 'The Pod is what runs', number: 5 },
  { kind: 'lesson', id: 'deployments', title: 'Say how many, and keep it so', number: 7 },
  { kind: 'lesson', id: 'configuration', title: 'Configuration, Secrets and commands', number: 10 },
  { kind: 'misconception', id: 'secrets-are-encrypted', title: 'A Secret is encrypted.' },
  { kind: 'misconception', id: 'entrypoint-is-args', title: '`--entrypoint` becomes `args`.' },
];

describe('a topic is found by', () => {
  it.each<[words: string, id: string]>([
    ['pods', 'pods'],
    ['PODS', 'pods'],
    ['first-pod', 'first-pod'],
    ['First pod', 'first-pod'],
    ['5', 'first-pod'],
    ['05', 'first-pod'],
    ['The Pod is what runs', 'first-pod'],
    ['how many', 'deployments'],
    ['secrets', 'configuration'],
    ['encrypted', 'secrets-are-encrypted'],
    ['secrets-are-encrypted', 'secrets-are-encrypted'],
    ['--entrypoint', 'entrypoint-is-args'],
    ['connecting', 'connecting'],
  ])('%s: %s', (words, id) => {
    expect(findTopic(topics, words)).toMatchObject({ kind: 'one', topic: { id } });
  });
});

describe('no topic is found by', () => {
  it.each<[words: string, ids: string[]]>([
    ['deploymets', ['deployments']],
    ['confguration', ['configuration']],
    ['zebra', []],
    ['', []],
    ['   ', []],
    ['-', []],
  ])('%o, and %o come near', (words, ids) => {
    const found = findTopic(topics, words);
    expect(found.kind === 'none' ? found.nearest.map(({ id }) => id) : found).toEqual(ids);
  });

  it('words that fit several, of which none is the only unit or lesson', () => {
    expect(findTopic(topics, 'co')).toMatchObject({ kind: 'several', topics: { length: 3 } });
    const misconceptions = topics.filter(({ kind }) => kind === 'misconception');
    expect(findTopic(misconceptions, 'e')).toEqual({ kind: 'several', topics: misconceptions });
  });
});

describe('the part of the bank that is about', () => {
  const bank = bankOf([
    entryOf('first-pod.a', { misconceptions: ['secrets-are-encrypted'] }),
    entryOf('deployments.b'),
    entryOf('configuration.c', { misconceptions: ['entrypoint-is-args', 'secrets-are-encrypted'] }),
  ]);

  it.each<[string, string[]]>([
    ['pods', ['first-pod.a', 'deployments.b']],
    ['first-pod', ['first-pod.a']],
    ['secrets-are-encrypted', ['first-pod.a', 'configuration.c']],
    ['connecting', ['configuration.c']],
  ])('%s is %o', (id, ids) => {
    const topic = topics.find((each) => each.id === id);
    if (!topic) throw new Error(`there is no topic ${id}`);
    expect(entriesOf(bankAbout(bank, topic)).map((entry) => entry.id)).toEqual(ids);
  });
});
