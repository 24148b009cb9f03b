import { describe, expect, it } from 'vitest';
import {
  NoSuchOption,
  type Question,
  type Recommendation,
  type Testimony,
  weigh,
} from '../../src/choose/choose.ts';

const [docker, compose, kubernetes] = ['docker', 'compose', 'kubernetes'].map(
  (id): Recommendation => ({
    id,
    title: id,
    summary: '',
    costs: [],
    gains: [],
    firstSteps: [],
    lesson: 'which-one',
    sources: [],
  }),
) as [Recommendation, Recommendation, Recommendation];
const recommendations = [docker, compose, kubernetes];

/** A question whose options are `a`, `b`, …; each speaks in words such as `docker+2` or `compose-3`. */
function questionOf(id: string, ...options: readonly string[]): Question {
  return {
    id,
    prompt: `${id}?`,
    why: 'It decides',
    sources: [],
    options: options.map((words, at) => ({
      id: 'abc'.charAt(at),
      text: words,
      speaks: words
        .split(' ')
        .filter(Boolean)
        .map((word): Testimony => {
          const [, of = '', weight = ''] = /^([a-z]+)([+-]\d)$/.exec(word) ?? [];
          return { of, weight: Number(weight), because: `${id}: ${word}` };
        }),
    })),
  };
}

const questions = [
  questionOf('hosts', 'docker+2 compose+2 kubernetes-1', 'kubernetes+2 docker-3 compose-1'),
  questionOf('team', 'docker+1 kubernetes-2', 'kubernetes+1', ''),
  questionOf('scale', 'kubernetes+3', 'kubernetes-3'),
];

describe('the recommendations', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing is answered: as they are given', {}, ['docker 0', 'compose 0', 'kubernetes 0']],
    ['an answer says nothing: as they are given', { team: 'c' }, ['docker 0', 'compose 0', 'kubernetes 0']],
    ['two are level: as they are given', { hosts: 'a' }, ['docker 2', 'compose 2', 'kubernetes -1']],
    ['one has more: that one first', { team: 'b' }, ['kubernetes 1', 'docker 0', 'compose 0']],
    ['one is ruled out: that one last', { hosts: 'b' }, ['kubernetes 2', 'compose -1', 'docker -3 out']],
    [
      'one is ruled out that has the most: last all the same',
      { hosts: 'b', scale: 'b' },
      ['compose -1', 'kubernetes -1 out', 'docker -3 out'],
    ],
    [
      '-1 and -2 together do not rule out',
      { hosts: 'a', team: 'a' },
      ['docker 3', 'compose 2', 'kubernetes -3'],
    ],
    [
      '+3 does not outweigh -3',
      { scale: 'a', hosts: 'b', team: 'a' },
      ['kubernetes 3', 'compose -1', 'docker -2 out'],
    ],
    [
      'an answer is to no question: as without it',
      { weather: 'z' },
      ['docker 0', 'compose 0', 'kubernetes 0'],
    ],
  ])('when %s', (_case, answers, expected) => {
    const standings = weigh(questions, recommendations, answers);
    expect(
      standings.map(
        ({ recommendation, score, ruledOut }) => `${recommendation.id} ${score}${ruledOut ? ' out' : ''}`,
      ),
    ).toEqual(expected);
  });

  it('are last when they are ruled out, even with the highest score', () => {
    const pair = [
      questionOf('for', 'kubernetes+3 docker+1'),
      questionOf('more', 'kubernetes+3'),
      questionOf('against', 'kubernetes-3'),
    ];
    const standings = weigh(pair, recommendations, { for: 'a', more: 'a', against: 'a' });
    expect(standings.map(({ recommendation, score }) => [recommendation.id, score])).toEqual([
      ['docker', 1],
      ['compose', 0],
      ['kubernetes', 3],
    ]);
  });

  it('come with what speaks for and against each, the strongest first, the earlier question first', () => {
    const standings = weigh(
      [...questions, questionOf('extra', 'kubernetes+2 kubernetes-2'), questionOf('last', 'kubernetes+3')],
      recommendations,
      { hosts: 'a', team: 'a', extra: 'a', last: 'a' },
    );
    const { reasonsFor, reasonsAgainst } =
      standings.find(({ recommendation }) => recommendation === kubernetes) ?? {};
    expect(reasonsFor).toEqual(['last: kubernetes+3', 'extra: kubernetes+2']);
    expect(reasonsAgainst).toEqual(['team: kubernetes-2', 'extra: kubernetes-2', 'hosts: kubernetes-1']);
  });

  it('that are ruled out are in the order of their score among themselves', () => {
    const both = questionOf('both', 'docker-3 kubernetes-3');
    const standings = weigh([both, questionOf('more', 'kubernetes+1')], recommendations, {
      both: 'a',
      more: 'a',
    });
    expect(standings.map(({ recommendation }) => recommendation.id)).toEqual([
      'compose',
      'kubernetes',
      'docker',
    ]);
  });

  it('are all there, and stay in the order they were given in', () => {
    const standings = weigh(questions, recommendations, { team: 'b' });
    expect(new Set(standings.map(({ recommendation }) => recommendation))).toEqual(new Set(recommendations));
    expect(recommendations.map(({ id }) => id)).toEqual(['docker', 'compose', 'kubernetes']);
  });
});

describe('an answer that is none of the options', () => {
  it.each(['z', '', 'A', 'kubernetes+3'])('is refused: %o', (given) => {
    let thrown: unknown;
    try {
      weigh(questions, recommendations, { hosts: 'a', team: given });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(NoSuchOption);
    expect(thrown).toMatchObject({
      question: questions[1],
      given,
      message: `'${given}' is no answer to: team?`,
    });
  });
});
