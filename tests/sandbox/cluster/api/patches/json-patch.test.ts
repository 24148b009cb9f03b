import { expect, it } from 'vitest';
import { patchType, TestServer } from '../test-server.ts';

it('refuses a JSON patch of more than ten thousand operations', () => {
  const patch = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/kind', value: 'Namespace' }));
  const answer = new TestServer().ask('PATCH', '/api/v1/namespaces/default', patch, patchType('json'));
  expect(answer).toMatchObject({
    status: 413,
    body: {
      reason: 'RequestEntityTooLarge',
      message: 'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    },
  });
});
