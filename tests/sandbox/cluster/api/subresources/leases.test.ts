import { expect, it } from 'vitest';
import type { ApiRequest, ApiResponse } from '../../../../../src/sandbox/cluster/api/request.ts';
import { Sandbox } from '../../../../../src/sandbox/sandbox.ts';

const now = Date.parse('2026-01-05T09:00:00Z');
const path = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

// biome-ignore lint/suspicious/noExplicitAny: bodies are looked at as JSON.
function ask(sandbox: Sandbox, asked: Partial<ApiRequest> & { path: string }): { status: number; body: any } {
  const response: ApiResponse = sandbox.request({ method: 'GET', query: {}, headers: {}, ...asked });
  return { status: response.status, body: 'body' in response ? response.body : undefined };
}

it('each node has a Lease that is renewed every ten seconds', () => {
  const sandbox = Sandbox.fresh({ now, seed: 1 });
  const { items } = ask(sandbox, { path }).body;
  expect(items.map((each: { metadata: { name: string } }) => each.metadata.name)).toEqual([
    'control-plane',
    'worker-1',
    'worker-2',
  ]);
  const { spec } = ask(sandbox, { path: `${path}/worker-1` }).body;
  expect(spec).toEqual({
    holderIdentity: 'worker-1',
    leaseDurationSeconds: 40,
    renewTime: '2026-01-05T09:00:00.000000Z',
  });
  sandbox.advance(25_000);
  expect(ask(sandbox, { path: `${path}/worker-1` }).body.spec.renewTime).toBe('2026-01-05T09:00:20.000000Z');
});

it('a node that does not run renews it no more, and does again when it runs', () => {
  const sandbox = Sandbox.fresh({ now, seed: 1 });
  const renewed = (): string => ask(sandbox, { path: `${path}/worker-2` }).body.spec.renewTime;
  sandbox.advance(11_000);
  sandbox.failNode('worker-2');
  sandbox.advance(300_000);
  expect(renewed()).toBe('2026-01-05T09:00:10.000000Z');
  sandbox.recoverNode('worker-2');
  expect(renewed()).toBe('2026-01-05T09:05:10.000000Z');
});

it.each([
  ['one that nobody holds', { path: `${path}/nobody` }, 404],
  ['another kind of the group', { path: path.replace('leases', 'leasecandidates') }, 404],
  ['a change', { path: `${path}/worker-1`, method: 'DELETE' as const }, 405],
  ['a watch', { path, query: { watch: 'true' } }, 405],
])('refuses %s', (_, asked, status) => {
  expect(ask(Sandbox.fresh({ now, seed: 1 }), asked).status).toBe(status);
});

it('there are none elsewhere', () => {
  const elsewhere = path.replace('kube-node-lease', 'default');
  expect(ask(Sandbox.fresh({ now, seed: 1 }), { path: elsewhere }).body.items).toEqual([]);
});
