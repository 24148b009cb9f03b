import { describe, expect, it } from 'vitest';
import { TestServer } from '../test-server.ts';

const address = '/api/v1/namespaces/default/finalize';

describe('the finalizers of a Namespace', () => {
  it.each([
    ['are those that are written', { finalizers: ['kubernetes', 'example.com/a'] }],
    ['are none where none are written', {}],
  ])('%s', (_, spec) => {
    const server = new TestServer();
    const answer = server.ask('PUT', address, { metadata: { name: 'default' }, spec });
    expect(answer).toMatchObject({ status: 200, body: { kind: 'Namespace', spec } });
    expect(server.cluster.get('namespaces', undefined, 'default')?.spec).toEqual(spec);
  });

  it('stay as they are after a dry run', () => {
    const server = new TestServer();
    const body = { metadata: { name: 'default' }, spec: { finalizers: ['example.com/a'] } };
    expect(server.ask('PUT', `${address}?dryRun=All`, body).body.spec).toEqual(body.spec);
    expect(server.cluster.get('namespaces', undefined, 'default')?.spec).not.toEqual(body.spec);
  });
});
