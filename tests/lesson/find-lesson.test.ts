import { describe, expect, it } from 'vitest';
import { findLesson } from '../../src/lesson/find-lesson.ts';
import { summaryOf } from '../fixtures/lesson.ts';

const lessons = [
  summaryOf(1, 'two-layers', 'One host, or a fleet of them'),
  summaryOf(2, 'pods', 'Pods'),
  summaryOf(3, 'deployments', 'Pods that come back'),
  summaryOf(4, 'services-and-dns', 'Services and DNS'),
  summaryOf(10, 'storage', 'Storage that outlives a Pod'),
  summaryOf(11, 'rollouts', 'Rollouts and rollbacks'),
];

describe('a lesson is found', () => {
  it.each<[string, string]>([
    ['1', 'two-layers'],
    ['10', 'storage'],
    ['01', 'two-layers'],
    ['0011', 'rollouts'],
    [' 2 ', 'pods'],
    ['pods', 'pods'],
    ['PODS', 'pods'],
    [' two-layers\n', 'two-layers'],
    ['two layers', 'two-layers'],
    ['one host, or a fleet of them', 'two-layers'],
    ['Pods that come back', 'deployments'],
    ['fleet', 'two-layers'],
    ['come', 'deployments'],
    ['and-dns', 'services-and-dns'],
    ['DNS', 'services-and-dns'],
    ['rollb', 'rollouts'],
  ])('by %o: %s', (words, id) => {
    expect(findLesson(lessons, words)).toEqual({
      kind: 'one',
      lesson: lessons.find((each) => each.id === id),
    });
  });
});

describe('several lessons fit', () => {
  it.each<[string, string[]]>([
    ['pod', ['pods', 'deployments', 'storage']],
    ['and', ['services-and-dns', 'rollouts']],
    ['that', ['deployments', 'storage']],
  ])('%o, in the order of the course: %o', (words, ids) => {
    const found = findLesson(lessons, words);
    expect(found).toMatchObject({ kind: 'several', lessons: ids.map((id) => ({ id })) });
  });
});

describe('no lesson fits', () => {
  it.each<[string, string[]]>([
    ['podz', ['pods', 'deployments', 'storage']],
    ['storrage', ['storage']],
    ['servces-and-dns', ['services-and-dns']],
    ['deploymnt', ['deployments']],
    ['zebras', []],
    ['', []],
    ['  ', []],
    ['0', []],
    ['12', []],
    ['-1', []],
    ['1.0', []],
    ['x', []],
  ])('%o, but near come %o', (words, ids) => {
    const found = findLesson(lessons, words);
    expect(found.kind).toBe('none');
    expect(found).toMatchObject({ nearest: ids.map((id) => ({ id })) });
  });

  it('and of those that come near the nearest is first, wherever the course has it', () => {
    const course = [
      summaryOf(1, 'volume', 'Volume'),
      summaryOf(2, 'columns', 'Columns'),
      summaryOf(3, 'volumes', 'Volumes'),
    ];
    const found = findLesson(course, 'volumess');
    expect(found).toMatchObject({ kind: 'none', nearest: [{ id: 'volumes' }, { id: 'volume' }] });
  });

  it('and at most three are said to come near', () => {
    const course = ['pods', 'pots', 'pods', 'rods', 'gods'].map((id, at) => summaryOf(at + 1, id, id));
    const found = findLesson(course, 'podss');
    expect(found.kind === 'none' && found.nearest).toHaveLength(3);
  });

  it('where there are no lessons', () => {
    expect(findLesson([], 'pods')).toEqual({ kind: 'none', nearest: [] });
  });
});
