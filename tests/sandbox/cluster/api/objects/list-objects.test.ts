import { describe, expect, it } from 'vitest';
import { asTable, TestServer } from '../test-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';

function withMaps(count: number): TestServer {
  const server = new TestServer();
  for (let number = 1; number <= count; number++) {
    server.ask('POST', maps, { metadata: { name: `m${number}`, labels: { odd: `${number % 2}` } } });
  }
  return server;
}

const names = (body: { items: readonly { metadata: { name: string } }[] }) =>
  body.items.map(({ metadata }) => metadata.name);

describe('a list', () => {
  it('comes in pages', () => {
    const server = withMaps(5);
    const found: string[] = [];
    let next = '';
    const rest: unknown[] = [];
    do {
      const { body } = server.ask('GET', `${maps}?limit=2&continue=${encodeURIComponent(next)}`);
      found.push(...names(body));
      rest.push(body.metadata.remainingItemCount);
      next = body.metadata.continue ?? '';
    } while (next !== '');
    expect(found).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(rest).toEqual([3, 1, undefined]);
  });

  it('does not say how many follow where it is selected from', () => {
    const { body } = withMaps(5).ask('GET', `${maps}?limit=1&labelSelector=odd%3D1`);
    expect(names(body)).toEqual(['m1']);
    expect(body.metadata.continue).toBeDefined();
    expect(body.metadata.remainingItemCount).toBeUndefined();
  });

  it('has the version of the whole', () => {
    const server = withMaps(1);
    expect(server.ask('GET', maps).body.metadata.resourceVersion).toBe(`${server.store.revision}`);
  });

  it('shares the objects that are stored', () => {
    const server = withMaps(1);
    const [first] = server.ask('GET', maps).body.items;
    expect(first).toBe(server.cluster.get('configmaps', 'default', 'm1'));
  });

  it.each([
    ['Metadata', 'PartialObjectMetadata'],
    ['Object', 'ConfigMap'],
    ['None', undefined],
  ])('as a Table has in its rows what is asked for: %s', (include, kind) => {
    const { body } = withMaps(1).ask('GET', `${maps}?includeObject=${include}`, undefined, asTable);
    expect(body.kind).toBe('Table');
    expect(body.rows[0].object?.kind).toBe(kind);
    expect(body.rows[0].cells[0]).toBe('m1');
    expect(body.rows[0].cells).toHaveLength(body.columnDefinitions.length);
  });

  it('as a Table refuses what cannot stand in its rows', () => {
    const { status, body } = withMaps(1).ask('GET', `${maps}?includeObject=All`, undefined, asTable);
    expect([status, body.message]).toEqual([400, 'unrecognized includeObject value: "All"']);
  });

  it('comes as metadata only where that is asked for', () => {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const { body } = withMaps(1).ask('GET', maps, undefined, { accept });
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'm1' } }],
    });
  });

  it.each([
    'application/json',
    '*/*',
    'application/vnd.kubernetes.protobuf, */*',
    'application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json',
    '',
  ])('is a plain list for who accepts %j', (accept) => {
    expect(withMaps(1).ask('GET', maps, undefined, { accept }).body.kind).toBe('ConfigMapList');
  });

  it('of a whole collection can be deleted', () => {
    const server = withMaps(4);
    const { body } = server.ask('DELETE', `${maps}?labelSelector=odd%3D1`);
    expect([body.kind, names(body)]).toEqual(['ConfigMapList', ['m1', 'm3']]);
    expect(names(server.ask('GET', maps).body)).toEqual(['m2', 'm4']);
  });
});
