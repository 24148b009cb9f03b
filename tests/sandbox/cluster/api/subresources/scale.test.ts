import { describe, expect, it } from 'vitest';
import { patchType, TestServer } from '../test-server.ts';

const root = '/apis/apps/v1/namespaces/default/deployments';

function withDeployment(replicas = 2): TestServer {
  const server = new TestServer();
  const labels = { app: 'web' };
  server.ask('POST', root, {
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  });
  return server;
}

const scale = (server: TestServer) => server.ask('GET', `${root}/web/scale`).body;
const replicas = (server: TestServer) =>
  server.cluster.get('deployments.apps', 'default', 'web')?.spec?.replicas;

describe('the scale of a Deployment', () => {
  it('shows what is wanted, what there is, and of what', () => {
    expect(scale(withDeployment())).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'web', namespace: 'default' },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web' },
    });
  });

  it('leaves out a zero, as Go does', () => {
    expect(scale(withDeployment(0)).spec).toEqual({});
  });

  it('is replaced, and counts as a change of the Deployment', () => {
    const server = withDeployment();
    const answer = server.ask('PUT', `${root}/web/scale`, { ...scale(server), spec: { replicas: 5 } });
    expect([answer.status, answer.body.spec.replicas, replicas(server)]).toEqual([200, 5, 5]);
    expect(server.cluster.get('deployments.apps', 'default', 'web')?.metadata.generation).toBe(2);
  });

  it.each(['merge', 'strategic'] as const)('is patched: %s', (type) => {
    const server = withDeployment();
    expect(server.ask('PATCH', `${root}/web/scale`, { spec: { replicas: 0 } }, patchType(type)).status).toBe(
      200,
    );
    expect(replicas(server)).toBe(0);
  });

  it('is patched by operations, unless they expect something else', () => {
    const server = withDeployment();
    const patch = (expected: number) =>
      server.ask(
        'PATCH',
        `${root}/web/scale`,
        [
          { op: 'test', path: '/spec/replicas', value: expected },
          { op: 'replace', path: '/spec/replicas', value: 4 },
        ],
        patchType('json'),
      ).status;
    expect([patch(3), replicas(server), patch(2), replicas(server)]).toEqual([422, 2, 200, 4]);
  });

  it('belongs to who set it', () => {
    const server = withDeployment();
    server.ask(
      'PATCH',
      `${root}/web/scale?fieldManager=scaler`,
      { spec: { replicas: 3 } },
      patchType('merge'),
    );
    const config = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 1 },
    };
    const { body } = server.ask('PATCH', `${root}/web?fieldManager=me`, config, patchType('apply'));
    expect(body.message).toBe(
      'Apply failed with 1 conflict: conflict with "scaler" with subresource "scale" using apps/v1: .spec.replicas',
    );
  });

  it('refuses less than nothing', () => {
    const { status, body } = withDeployment().ask(
      'PATCH',
      `${root}/web/scale`,
      { spec: { replicas: -1 } },
      patchType('merge'),
    );
    expect([status, body.message]).toEqual([
      422,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ]);
  });

  it('refuses a change of an old version', () => {
    const server = withDeployment();
    const old = scale(server);
    server.ask('PATCH', `${root}/web`, { metadata: { labels: { a: 'b' } } }, patchType('merge'));
    const { status, body } = server.ask('PUT', `${root}/web/scale`, { ...old, spec: { replicas: 5 } });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
  });

  it('keeps nothing of a dry run', () => {
    const server = withDeployment();
    const { body } = server.ask(
      'PATCH',
      `${root}/web/scale?dryRun=All`,
      { spec: { replicas: 9 } },
      patchType('merge'),
    );
    expect([body.spec.replicas, replicas(server)]).toEqual([9, 2]);
  });

  it('is a table where kubectl asks for one', () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = withDeployment().ask('GET', `${root}/web/scale`, undefined, { accept });
    expect(body.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual([
      'Name',
      'Desired',
      'Available',
      'Age',
    ]);
    expect(body.rows[0].cells).toEqual(['web', 2, 0, '0s']);
  });

  it('is not there for what cannot be scaled', () => {
    const server = new TestServer();
    server.ask('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'a' } });
    expect(server.ask('GET', '/api/v1/namespaces/default/configmaps/a/scale').status).toBe(404);
  });
});

describe('a Job', () => {
  it('leaves its Pods behind unless it is said otherwise, and the server says so', () => {
    const server = new TestServer();
    const jobs = '/apis/batch/v1/namespaces/default/jobs';
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }] } };
    server.ask('POST', jobs, { metadata: { name: 'j' }, spec: { template } });
    const { body, warnings } = server.ask('DELETE', `${jobs}/j`);
    expect(warnings[0]).toContain('child pods are preserved by default when jobs are deleted');
    expect(body.metadata.finalizers).toContain('orphan');
  });
});
