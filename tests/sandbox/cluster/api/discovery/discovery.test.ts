import { describe, expect, it } from 'vitest';
import { resources } from '../../../../../src/kubernetes/resources.ts';
import { servedResources } from '../../../../../src/sandbox/cluster/resources.ts';
import { TestServer } from '../test-server.ts';

const aggregated = {
  accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
};

interface Listed {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

describe('discovery', () => {
  const server = new TestServer();
  const { groups } = server.ask('GET', '/apis').body;
  const groupVersions: string[] = groups.map(
    (each: { preferredVersion: { groupVersion: string } }) => each.preferredVersion.groupVersion,
  );
  const roots = ['/api/v1', ...groupVersions.map((each) => `/apis/${each}`)];
  const lists = new Map(roots.map((root) => [root, server.ask('GET', root).body.resources as Listed[]]));

  it('names each resource that is kept, with what upstream calls it', () => {
    for (const { apiVersion, plural, kind, shortNames } of servedResources) {
      const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      const found = lists.get(root)?.find(({ name }) => name === plural);
      expect(found, plural).toMatchObject({ kind, ...(shortNames.length > 0 ? { shortNames } : {}) });
    }
  });

  it('names nothing that upstream does not have', () => {
    for (const [root, list] of lists) {
      if (root.includes('metrics')) continue;
      for (const { name, kind } of list.filter((each) => !each.name.includes('/'))) {
        expect(
          resources.some((each) => each.plural === name && each.kind === kind),
          `${root} ${name}`,
        ).toBe(true);
      }
    }
  });

  it('is the same in its aggregated form', () => {
    const found = ['/api', '/apis'].flatMap(
      (root) => server.ask('GET', root, undefined, aggregated).body.items,
    );
    const told = found.flatMap(({ metadata, versions }) =>
      versions.flatMap(
        ({
          version,
          resources: all,
        }: {
          version: string;
          resources: { resource: string; subresources?: { subresource: string }[] }[];
        }) =>
          all.flatMap(({ resource, subresources = [] }) => {
            const root = metadata.name ? `/apis/${metadata.name}/${version}` : `/api/${version}`;
            return [
              `${root} ${resource}`,
              ...subresources.map((each) => `${root} ${resource}/${each.subresource}`),
            ];
          }),
      ),
    );
    const listed = [...lists].flatMap(([root, list]) => list.map(({ name }) => `${root} ${name}`));
    expect(told.sort()).toEqual(listed.sort());
  });

  it('promises no list that is not given', () => {
    for (const [root, list] of lists) {
      for (const { name } of list.filter(({ verbs }) => verbs.includes('list'))) {
        expect(server.ask('GET', `${root}/${name}`).status, `${root}/${name}`).toBe(200);
      }
    }
  });

  it.each(['/version', '/healthz', '/livez', '/readyz', '/readyz?verbose', '/api', '/'])(
    'answers at %s',
    (path) => {
      expect(server.ask('GET', path).status).toBe(200);
    },
  );

  it('says its version as 1.36.3 does', () => {
    expect(server.ask('GET', '/version').body).toMatchObject({
      major: '1',
      minor: '36',
      gitVersion: 'v1.36.3',
    });
  });
});

describe('the OpenAPI documents', () => {
  it('are refused before their texts are loaded, not made up', async () => {
    const { openApiAt } = await import('../../../../../src/sandbox/cluster/api/discovery/openapi.ts');
    expect(() => openApiAt(['v3', 'api', 'v1'])).toThrow('not loaded yet');
  });

  it('are there for each version of a group, with types for all they refer to', async () => {
    const server = new TestServer();
    await server.api.prepare({ path: '/openapi/v3' });
    const { paths } = server.ask('GET', '/openapi/v3').body;
    expect(Object.keys(paths)).toContain('apis/apps/v1');
    for (const { serverRelativeURL } of Object.values(paths) as { serverRelativeURL: string }[]) {
      const { body } = server.ask('GET', serverRelativeURL);
      const text = JSON.stringify(body);
      for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
        expect(Object.hasOwn(body.components.schemas, name), `${serverRelativeURL} needs ${name}`).toBe(true);
      }
    }
  });

  it('describe a field, how it is patched, and which values it has', async () => {
    const server = new TestServer();
    await server.api.prepare({ path: '/openapi/v3' });
    const { schemas } = server.ask('GET', '/openapi/v3/api/v1').body.components;
    expect(schemas['io.k8s.api.core.v1.PodSpec'].properties.containers).toMatchObject({
      type: 'array',
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-list-map-keys': ['name'],
    });
    expect(schemas['io.k8s.api.core.v1.PodSpec'].properties.restartPolicy.enum).toEqual([
      'Always',
      'Never',
      'OnFailure',
    ]);
    expect(schemas['io.k8s.api.core.v1.Pod']['x-kubernetes-group-version-kind']).toEqual([
      { group: '', kind: 'Pod', version: 'v1' },
    ]);
    expect(schemas['io.k8s.api.core.v1.Pod'].properties.metadata.description).toContain('Standard object');
  });
});
