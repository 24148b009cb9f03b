import { expect, it } from 'vitest';
import { recordEvent } from '../../../../src/sandbox/cluster/events.ts';
import { TestCluster } from './test-cluster.ts';
import { pod } from './test-objects.ts';

it('forgets an event an hour after it was last told', () => {
  const test = new TestCluster();
  const about = test.cluster.create('pods', pod('web'));
  test.pass(1);
  const tell = () =>
    recordEvent(test.cluster, {
      about,
      type: 'Normal',
      reason: 'Told',
      message: 'Something happened',
      component: 'test',
    });
  const told = () => test.cluster.list('events', 'default').filter(({ reason }) => reason === 'Told');
  tell();
  test.pass(3000);
  tell();
  test.pass(3000);
  expect(told()).toMatchObject([{ count: 2 }]);
  test.pass(700);
  expect(told()).toEqual([]);
  expect(test.cluster.list('events')).toEqual([]);
});
