import { describe, expect, it } from 'vitest';
import { labelsText, selectorText } from '../../../../src/kubernetes/selector-text.ts';
import { shownSelector } from '../../../../src/sandbox/kubectl/selecting/label-selector.ts';

describe('a label selector as text', () => {
  it.each([
    [undefined, ''],
    [{}, ''],
    [{ matchLabels: { tier: 'front', app: 'web' } }, 'app=web,tier=front'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['b', 'a'] }] }, 'app in (a,b)'],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] }, 'app notin (a)'],
    [
      {
        matchLabels: { m: 'x' },
        matchExpressions: [
          { key: 'z', operator: 'DoesNotExist' },
          { key: 'a', operator: 'Exists' },
        ],
      },
      'a,m=x,!z',
    ],
  ])('%j is %j', (selector, text) => {
    expect(selectorText(selector)).toBe(text);
  });

  it('says <none> to people where it says nothing', () => {
    expect([shownSelector({}), labelsText(undefined)]).toEqual(['<none>', '']);
  });
});
