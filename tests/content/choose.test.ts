import { describe, expect, it } from 'vitest';
import { weigh } from '../../src/choose/choose.ts';
import { openCourse } from '../fixtures/course.ts';

/** Answers in the order of these questions, then what they lead to. */
const order = ['hosts', 'survive', 'services', 'operator', 'deploys', 'scaling', 'state', 'place', 'team'];
const profiles = `
  one  nothing one     nobody   with-a-gap    fixed   none         laptop      compose    → docker
  one  nothing several nobody   with-a-gap    fixed   one-database laptop      compose    → compose
  one  nothing several team     with-a-gap    fixed   none         laptop      kubernetes → compose
  one  restart several team     with-a-gap    fixed   one-database servers     compose    → compose
  one  restart several nobody   with-a-gap    fixed   one-database cloud       compose    → compose
  one  data    several nobody   with-a-gap    fixed   one-database servers     learning   → compose
  one  restart one     nobody   with-a-gap    fixed   none         servers     learning   → compose
  few  machine several team     without-a-gap by-hand one-database servers     compose    → swarm
  few  machine several team     without-a-gap by-hand one-database servers     kubernetes → kubernetes-own
  few  machine several team     without-a-gap by-hand replicated   servers     learning   → kubernetes-own
  few  machine several team     with-a-gap    by-hand one-database data-centre compose    → swarm
  many machine many    platform many-teams    by-hand replicated   data-centre kubernetes → kubernetes-own
  many machine several team     without-a-gap by-load one-database cloud       learning   → kubernetes-managed
  few  machine several team     without-a-gap by-load one-database cloud       compose    → kubernetes-managed
  few  machine several nobody   without-a-gap by-hand one-database cloud       compose    → kubernetes-managed
  many machine many    platform many-teams    by-load replicated   cloud       kubernetes → kubernetes-managed
  one  restart several team     with-a-gap    fixed   one-database edge        compose    → compose
  many restart several platform many-teams    fixed   one-database edge        kubernetes → kubernetes-own
`
  .trim()
  .split('\n')
  .map((line) => line.trim().replaceAll(/ +/g, ' ').split(' → '));

describe('what to run', () => {
  const { recommendations, questions } = openCourse().choose();

  it('is decided by the questions of this table', () => {
    expect(questions.map((question) => question.id)).toEqual(order);
  });

  it.each(profiles)('with %s is %s', (words = '', wanted) => {
    const answers = Object.fromEntries(words.split(' ').map((answer, place) => [order[place] ?? '', answer]));
    const [best] = weigh(questions, recommendations, answers);
    expect(best?.recommendation.id).toBe(wanted);
    expect(best?.ruledOut).toBe(false);
    expect(best?.reasonsFor.length).toBeGreaterThan(0);
  });

  it('is of five kinds, each of them the answer to some profile', () => {
    const wanted = new Set(profiles.map(([, id]) => id));
    expect(recommendations.map(({ id }) => id).sort()).toEqual([...wanted].sort());
  });
});
