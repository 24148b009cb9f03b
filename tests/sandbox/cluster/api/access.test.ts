import { describe, expect, it } from 'vitest';
import { TestServer } from './test-server.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';

function withRole(rules: object[], subjects: object[]): TestServer {
  const server = new TestServer();
  server.addNamespace('other');
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' };
  server.ask('POST', `${rbac}/namespaces/default/roles`, { metadata: { name: 'r' }, rules });
  server.ask('POST', `${rbac}/namespaces/default/rolebindings`, {
    metadata: { name: 'rb' },
    roleRef,
    subjects,
  });
  return server;
}

const jane = { kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' };
const account = { kind: 'ServiceAccount', name: 'default', namespace: 'default' };
const as = (user: string, group?: string) => ({
  'impersonate-user': user,
  ...(group === undefined ? {} : { 'impersonate-group': group }),
});
const reads = [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }];

describe('a role', () => {
  it.each([
    ['GET', '/api/v1/namespaces/default/pods', 200],
    ['GET', '/api/v1/namespaces/default/pods?watch=true', 403],
    ['GET', '/api/v1/namespaces/default/pods/nope', 404],
    ['GET', '/api/v1/namespaces/default/pods/nope/log', 404],
    ['GET', '/api/v1/namespaces/default/pods/nope/status', 403],
    ['DELETE', '/api/v1/namespaces/default/pods/nope', 403],
    ['GET', '/api/v1/namespaces/other/pods', 403],
    ['GET', '/api/v1/pods', 403],
    ['GET', '/api/v1/namespaces/default/secrets', 403],
    ['GET', '/apis/apps/v1/namespaces/default/deployments', 403],
    ['GET', '/apis', 200],
  ] as const)('lets somebody do what it says and no more: %s %s', (method, address, status) => {
    expect(withRole(reads, [jane]).ask(method, address, undefined, as('jane')).status).toBe(status);
  });

  it.each([
    ['a user', jane, as('jane'), 200],
    ['another user', jane, as('john'), 403],
    ['a group', { kind: 'Group', name: 'devs' }, as('john', 'devs'), 200],
    ['everybody', { kind: 'Group', name: 'system:authenticated' }, as('john'), 200],
    ['a service account', account, as('system:serviceaccount:default:default'), 200],
    [
      'the accounts of a namespace',
      { kind: 'Group', name: 'system:serviceaccounts:default' },
      as('system:serviceaccount:default:x'),
      200,
    ],
    ['an account of another namespace', account, as('system:serviceaccount:other:default'), 403],
  ])('is for %s', (_, subject, headers, status) => {
    const server = withRole(reads, [subject]);
    expect(server.ask('GET', '/api/v1/namespaces/default/pods', undefined, headers).status).toBe(status);
  });

  it('may be for some names only', () => {
    const server = withRole([{ ...reads[0], resourceNames: ['web'] }], [jane]);
    const status = (name: string) =>
      server.ask('GET', `/api/v1/namespaces/default/pods/${name}`, undefined, as('jane')).status;
    expect([status('web'), status('other')]).toEqual([404, 403]);
  });

  it('of the whole cluster counts everywhere', () => {
    const server = new TestServer();
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'r' };
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    server.ask('POST', `${rbac}/clusterroles`, { metadata: { name: 'r' }, rules });
    server.ask('POST', `${rbac}/clusterrolebindings`, { metadata: { name: 'b' }, roleRef, subjects: [jane] });
    expect(server.ask('GET', '/api/v1/nodes', undefined, as('jane')).status).toBe(200);
  });
});

describe('a token', () => {
  const tokenOf = (server: TestServer): string =>
    server.ask('POST', '/api/v1/namespaces/default/serviceaccounts/default/token', {}).body.status.token;

  it('makes its bearer the service account', () => {
    const server = withRole(reads, [account]);
    const headers = { authorization: `Bearer ${tokenOf(server)}` };
    const who = server.ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, headers).body;
    expect(who.status.userInfo).toMatchObject({
      username: 'system:serviceaccount:default:default',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    });
    expect(server.ask('GET', '/api/v1/namespaces/default/pods', undefined, headers).status).toBe(200);
    expect(server.ask('GET', '/api/v1/namespaces/default/secrets', undefined, headers).status).toBe(403);
  });

  it('does not let its bearer be somebody else', () => {
    const server = new TestServer();
    const headers = { authorization: `Bearer ${tokenOf(server)}`, ...as('jane') };
    expect(server.ask('GET', '/api/v1/namespaces/default/pods', undefined, headers)).toMatchObject({
      status: 403,
      body: {
        message:
          'users "jane" is forbidden: User "system:serviceaccount:default:default" cannot impersonate resource "users" in API group "" at the cluster scope',
      },
    });
  });

  it.each(['sandbox', 'a.b.c', ''])('of another make is the one of the kubeconfig: %j', (token) => {
    const headers = { authorization: `Bearer ${token}` };
    expect(new TestServer().ask('GET', '/api/v1/nodes', undefined, headers).status).toBe(200);
  });
});

describe('who asks what they may', () => {
  const review = (server: TestServer, headers: Readonly<Record<string, string>>, attributes: object) =>
    server.ask(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      { spec: { resourceAttributes: { namespace: 'default', resource: 'pods', ...attributes } } },
      headers,
    ).body.status;

  it('is told, and by which binding', () => {
    const server = withRole(reads, [jane]);
    expect(review(server, as('jane'), { verb: 'get' })).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "rb/default" of Role "r" to User "jane"',
    });
    expect(review(server, as('jane'), { verb: 'delete' })).toEqual({ allowed: false });
    expect(review(server, {}, { verb: 'delete' })).toEqual({ allowed: true });
  });

  it('gets a list of it', () => {
    const { body } = withRole(reads, [jane]).ask(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { spec: { namespace: 'default' } },
      as('jane'),
    );
    expect(body.status).toEqual({ resourceRules: reads, nonResourceRules: [], incomplete: false });
  });

  it('may ask for others where they may ask at all', () => {
    const server = withRole(reads, [jane]);
    const spec = {
      user: 'jane',
      resourceAttributes: { namespace: 'default', resource: 'pods', verb: 'get' },
    };
    const ask = (headers: Readonly<Record<string, string>>) =>
      server.ask('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { spec }, headers);
    expect(ask({}).body.status.allowed).toBe(true);
    expect(ask(as('john')).status).toBe(403);
  });
});

describe('somebody who is to be taken for another', () => {
  it.each([
    [{ 'impersonate-group': 'a', 'impersonate-uid': '5' }, 'UID:"5", Groups:[]string{"a"}'],
    [{ 'impersonate-uid': '5' }, 'UID:"5", Groups:[]string(nil)'],
    [{ 'impersonate-group': 'a, b' }, 'UID:"", Groups:[]string{"a", "b"}'],
  ])('has a name: %j', (headers: Readonly<Record<string, string>>, told) => {
    expect(new TestServer().ask('GET', '/api/v1/pods', undefined, headers)).toMatchObject({
      status: 400,
      body: {
        message: `requested &user.DefaultInfo{Name:"", ${told}, Extra:map[string][]string(nil)} without impersonating a user name`,
      },
    });
  });

  it('may be nobody, who may nothing', () => {
    const address = '/api/v1/namespaces/default/pods';
    const nobody = as('system:anonymous');
    expect(new TestServer().ask('GET', address, undefined, nobody).body.message).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
    );
  });

  it('has the identifier that is told', () => {
    const address = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const headers = { ...as('jane'), 'impersonate-uid': '5' };
    expect(new TestServer().ask('POST', address, {}, headers).body.status).toEqual({
      userInfo: { username: 'jane', uid: '5', groups: ['system:authenticated'] },
    });
  });
});
