import { expect, it } from 'vitest';
import { misconceptionsOf, type Option } from '../../src/quiz/item.ts';
import { itemOf, optionOf } from '../fixtures/item.ts';

it.each<[string, readonly (string | undefined)[], readonly string[]]>([
  ['none of its options does', [undefined, undefined], []],
  [
    'some of them do, in their order',
    ['swarm-is-dead', undefined, 'docker-is-dead'],
    ['swarm-is-dead', 'docker-is-dead'],
  ],
  ['two of them do the same, once', ['docker-is-dead', 'docker-is-dead'], ['docker-is-dead']],
])('an item reveals misconceptions as its options do: %s', (_case, ids, expected) => {
  const options = ids.map(
    (id, at): Option => optionOf(`o${at}`, id === undefined ? {} : { misconception: id }),
  );
  expect(misconceptionsOf(itemOf('one', options))).toEqual(expected);
});
