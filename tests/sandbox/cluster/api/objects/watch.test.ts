import { describe, expect, it } from 'vitest';
import type { WatchEvent } from '../../../../../src/sandbox/cluster/api/request.ts';
import { asTable, start, TestServer } from '../test-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';

function withMaps(...names: string[]): TestServer {
  const server = new TestServer();
  for (const name of names) server.ask('POST', maps, { metadata: { name, labels: { app: name } } });
  return server;
}

const told = (events: readonly WatchEvent[]) =>
  events.map(({ type, object }) => `${type} ${(object as { metadata: { name: string } }).metadata.name}`);

describe('a watch', () => {
  it('begins with what there is, in the order of names', () => {
    const watch = withMaps('b', 'a').watch(`${maps}?watch=true`);
    expect(told(watch.next())).toEqual(['ADDED a', 'ADDED b']);
    expect(watch.next()).toEqual([]);
  });

  it('goes on with what happens, also through controllers', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=1&resourceVersion=${server.store.revision}`);
    server.ask('POST', maps, { metadata: { name: 'b' } });
    server.cluster.update('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'default' },
      data: { x: '1' },
    });
    server.ask('DELETE', `${maps}/b`);
    expect(told(watch.next())).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b']);
  });

  it('tells a deletion with the version of the deletion', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true&resourceVersion=${server.store.revision}`);
    server.ask('DELETE', `${maps}/a`);
    const [event] = watch.next();
    expect(event).toMatchObject({
      type: 'DELETED',
      object: { metadata: { resourceVersion: `${server.store.revision}` } },
    });
  });

  it('takes up where a list ended', () => {
    const server = withMaps('a');
    const { body } = server.ask('GET', maps);
    server.ask('POST', maps, { metadata: { name: 'b' } });
    const watch = server.watch(`${maps}?watch=true&resourceVersion=${body.metadata.resourceVersion}`);
    expect(told(watch.next())).toEqual(['ADDED b']);
  });

  it('lets objects come and go as they fit a selector', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true&labelSelector=app%3Dx&resourceVersion=0`);
    const label = (app: string) =>
      server.ask('PUT', `${maps}/a`, { metadata: { name: 'a', labels: { app } } });
    label('x');
    label('y');
    label('z');
    expect(told(watch.next())).toEqual(['ADDED a', 'DELETED a']);
  });

  it('is of one namespace or of all', () => {
    const server = withMaps();
    server.addNamespace('other');
    const one = server.watch(`${maps}?watch=true&resourceVersion=${server.store.revision}`);
    const all = server.watch(`/api/v1/configmaps?watch=true&resourceVersion=${server.store.revision}`);
    server.ask('POST', '/api/v1/namespaces/other/configmaps', { metadata: { name: 'o' } });
    expect(told(one.next())).toEqual([]);
    expect(told(all.next())).toEqual(['ADDED o']);
  });

  it('is of one object where its path is watched', () => {
    const server = withMaps('a', 'b');
    expect(told(server.watch(`${maps}/b?watch=true`).next())).toEqual(['ADDED b']);
  });

  it('tells when everything there was has been told', () => {
    const watch = withMaps('a').watch(
      `${maps}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`,
    );
    const events = watch.next();
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]?.object).toMatchObject({
      kind: 'ConfigMap',
      metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
    });
  });

  it('comes as Tables, and tells the columns once', () => {
    const server = withMaps('a', 'b');
    const events = server.watch(`${maps}?watch=true`, asTable).next();
    const tables = events.map(
      ({ object }) => object as { kind: string; columnDefinitions: unknown; rows: unknown[] },
    );
    expect(tables.map(({ kind }) => kind)).toEqual(['Table', 'Table']);
    expect(tables.map(({ columnDefinitions }) => columnDefinitions !== null)).toEqual([true, false]);
    expect(tables[1]?.rows).toHaveLength(1);
  });

  it('is refused a version that is too old', () => {
    const server = new TestServer(withMaps('a').store.snapshot());
    const watch = server.watch(`${maps}?watch=true&resourceVersion=1`);
    const [event] = watch.next();
    expect(event).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    expect(watch.ended).toBe(true);
    expect(watch.next()).toEqual([]);
  });

  it('ends when another world is taken up', () => {
    const server = withMaps('a');
    const before = server.store.snapshot();
    const watch = server.watch(`${maps}?watch=true`);
    server.ask('POST', maps, { metadata: { name: 'b' } });
    server.store.restore(before);
    expect(watch.next()).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
    expect(watch.ended).toBe(true);
  });

  it('that nobody reads ends, and keeps nothing', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true&resourceVersion=${server.store.revision}`);
    for (let count = 0; count < 20_000; count++) {
      server.cluster.update('configmaps', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace: 'default' },
        data: { count: `${count}` },
      });
    }
    expect(watch.next()).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  });

  it('ends when its time is over', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true&timeoutSeconds=30`);
    expect(watch.ended).toBe(false);
    server.store.now = start + 30_000;
    expect(watch.ended).toBe(true);
  });

  it('tells nothing more when it is closed', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true`);
    watch.close();
    expect(watch.next()).toEqual([]);
  });

  it('tells of metadata only where that is asked for, the mark of its beginning too', () => {
    const server = withMaps('a');
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const accept = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
    expect(server.watch(`${maps}?${query}`, { accept }).next()).toEqual([
      { type: 'ADDED', object: { ...partial, metadata: expect.objectContaining({ name: 'a' }) } },
      {
        type: 'BOOKMARK',
        object: {
          ...partial,
          metadata: {
            resourceVersion: `${server.store.revision}`,
            annotations: { 'k8s.io/initial-events-end': 'true' },
          },
        },
      },
    ]);
  });

  it('hears nothing of a dry run', () => {
    const server = withMaps('a');
    const watch = server.watch(`${maps}?watch=true&resourceVersion=${server.store.revision}`);
    server.ask('POST', `${maps}?dryRun=All`, { metadata: { name: 'b' } });
    server.ask('DELETE', `${maps}/a?dryRun=All`);
    expect(watch.next()).toEqual([]);
  });
});
