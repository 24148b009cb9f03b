import { describe, expect, it } from 'vitest';
import { citationsIn, lintProse } from '../../src/content/lint-prose.ts';

describe('prose', () => {
  it.each<[string, string]>([
    ['The color of a Pod.', '"color": the course is in British spelling'],
    ['Its Behavior is known.', '"Behavior": the course is in British spelling'],
    ['The healthcheck is honored.', '"honored": the course is in British spelling'],
    ['The program is organized so.', '"organized": the course is in British spelling'],
    ['It works!', 'no exclamation marks, please'],
    ['A Pod 🚀 starts.', 'no emoji: terminals disagree about their width'],
    ['You simply delete it.', '"simply" tells a learner who is stuck that they should not be'],
    ['Of course it is gone.', '"Of course" tells a learner who is stuck that they should not be'],
    ['Type `docker ps.', 'a backtick is never closed'],
    ['A **Pod runs.', 'a ** is never closed'],
  ])('is refused: %s', (text, complaint) => {
    expect(lintProse(text)).toEqual([complaint]);
  });

  it.each([
    'The colour of a Pod, its behaviour and its neighbours.',
    'Type `kubectl get pods --color` and `echo hi!`.',
    'It is `a != b`, or a != b.',
    'See [the page](https://example.com/organization/!).',
    'A **Pod** runs; so does *another*.',
    'A simple Pod, in simplified form.',
  ])('is fine: %s', (text) => {
    expect(lintProse(text)).toEqual([]);
  });
});

describe('the citations of a text', () => {
  it.each<[string, string[]]>([
    ['None.', []],
    ['One.[^k8s-pods]', ['k8s-pods']],
    ['Two.[^b][^a] And again.[^b]', ['b', 'a', 'b']],
    ['In code: `[^a]`, and out of it.[^b]', ['b']],
    ['[a link](https://example.com/)', []],
  ])('of %j are %j', (text, ids) => {
    expect(citationsIn(text)).toEqual(ids);
  });
});
