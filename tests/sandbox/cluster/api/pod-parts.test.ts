import { describe, expect, it } from 'vitest';
import { TestServer } from './test-server.ts';

const pods = '/api/v1/namespaces/default/pods';

/** A Pod on a node, running and ready unless it is said otherwise. */
function withPod(phase = 'Running', isReady = true): TestServer {
  const server = new TestServer();
  addPod(server, 'web', phase, isReady);
  return server;
}

function addPod(server: TestServer, name: string, phase = 'Running', isReady = true): void {
  server.cluster.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'web' } },
    spec: { nodeName: 'worker-1', containers: [{ name: 'web', image: 'nginx' }] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  });
}

function withBudget(status: object, spec: object = {}, phase?: string, isReady?: boolean): TestServer {
  const server = withPod(phase, isReady);
  server.cluster.create('poddisruptionbudgets.policy', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'pdb', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    status: {
      currentHealthy: 2,
      desiredHealthy: 2,
      disruptionsAllowed: 0,
      expectedPods: 2,
      observedGeneration: 1,
      ...status,
    },
  });
  return server;
}

const evict = (server: TestServer, query = '') =>
  server.ask('POST', `${pods}/web/eviction${query}`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: 'web' },
  });
const podOf = (server: TestServer) => server.cluster.get('pods', 'default', 'web');

describe('an eviction', () => {
  it('lets a Pod go, and has it say why', () => {
    const server = withPod();
    expect(evict(server)).toMatchObject({ status: 201, body: { status: 'Success' } });
    expect(podOf(server)?.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(podOf(server)?.status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
      }),
    );
  });

  it('is refused where a budget allows none, in the words that kubectl drain shows', () => {
    const server = withBudget({});
    expect(evict(server)).toMatchObject({
      status: 429,
      body: {
        reason: 'TooManyRequests',
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget pdb needs 2 healthy pods and has 2 currently',
            },
          ],
        },
      },
    });
    expect(podOf(server)?.metadata.deletionTimestamp).toBeUndefined();
  });

  it('takes one of the disruptions that are allowed', () => {
    const server = withBudget({ disruptionsAllowed: 1, currentHealthy: 3 });
    expect(evict(server).status).toBe(201);
    const budget = server.cluster.get('poddisruptionbudgets.policy', 'default', 'pdb');
    expect(budget?.status?.disruptionsAllowed).toBe(0);
    expect(Object.keys(budget?.status?.disruptedPods ?? {})).toEqual(['web']);
  });

  it('waits until the budget was counted', () => {
    const server = withBudget({ disruptionsAllowed: 1, observedGeneration: 0 });
    expect(evict(server).body.details).toEqual({
      causes: [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget pdb is still being processed by the server.',
        },
      ],
      retryAfterSeconds: 10,
    });
  });

  it.each([
    ['has not begun', {}, {}, 'Pending', false],
    ['has ended', {}, {}, 'Succeeded', false],
    ['is not ready, and the budget is kept without it', {}, {}, 'Running', false],
    [
      'is not ready, and may always go then',
      { currentHealthy: 0 },
      { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      'Running',
      false,
    ],
  ])('needs no disruption for a Pod that %s', (_, status, spec, phase, isReady) => {
    expect(evict(withBudget(status, spec, phase, isReady)).status).toBe(201);
  });

  it('does not know which of two budgets counts', () => {
    const server = withBudget({ disruptionsAllowed: 1 });
    server.cluster.create('poddisruptionbudgets.policy', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'second', namespace: 'default' },
      spec: { selector: {} },
    });
    expect(evict(server)).toMatchObject({
      status: 500,
      body: {
        message:
          'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      },
    });
  });

  it('changes nothing when it is only tried', () => {
    const server = withBudget({ disruptionsAllowed: 1 });
    const before = server.store.revision;
    expect(evict(server, '?dryRun=All').status).toBe(201);
    expect(server.store.revision).toBe(before);
  });
});

describe('a binding', () => {
  const bind = (server: TestServer, address = `${pods}/idle/binding`) =>
    server.ask('POST', address, { metadata: { name: 'idle' }, target: { kind: 'Node', name: 'worker-2' } });
  const withIdle = (): TestServer => {
    const server = new TestServer();
    server.ask('POST', pods, {
      metadata: { name: 'idle' },
      spec: { containers: [{ name: 'a', image: 'b' }] },
    });
    return server;
  };

  it.each([`${pods}/idle/binding`, '/api/v1/namespaces/default/bindings'])(
    'puts a Pod on a node: %s',
    (address) => {
      const server = withIdle();
      expect(bind(server, address).status).toBe(201);
      const pod = server.cluster.get('pods', 'default', 'idle');
      expect(pod?.spec?.nodeName).toBe('worker-2');
      expect(pod?.status?.conditions).toContainEqual(
        expect.objectContaining({ type: 'PodScheduled', status: 'True' }),
      );
    },
  );

  it('is final', () => {
    const server = withIdle();
    bind(server);
    expect(bind(server)).toMatchObject({
      status: 409,
      body: {
        message:
          'Operation cannot be fulfilled on pods/binding "idle": pod idle is already assigned to node "worker-2"',
      },
    });
  });
});

describe('a connection to a Pod', () => {
  it('gets the log of its only container', () => {
    const { body } = withPod().ask(
      'GET',
      `${pods}/web/log?tailLines=5&timestamps=true&sinceTime=2026-11-20T08:00:00Z`,
    );
    expect(body).toBe(
      'web {"container":"web","follow":false,"previous":false,"timestamps":true,"sinceTime":1795161600000,"tailLines":5}\n',
    );
  });

  it('runs a command with its words', () => {
    const response = withPod().respond(
      'POST',
      `${pods}/web/exec?command=sh&command=-c&command=a%20b&stdout=true`,
    );
    if (!('stream' in response) || response.stream.kind !== 'process') throw new Error('no process');
    expect(response.stream.next().map(({ text }) => text)).toEqual(['web: sh -c a b\n']);
  });

  it.each([
    ['exec', 'you must specify at least 1 command for the container', ''],
    ['exec', 'container other is not valid for pod web', '?container=other&command=a'],
    ['attach', 'container other is not valid for pod web', '?container=other'],
  ])('is refused: %s with %s', (part, message, query) => {
    expect(withPod().ask('POST', `${pods}/web/${part}${query}`)).toMatchObject({
      status: 400,
      body: { message },
    });
  });

  it.each(['exec?command=a', 'attach', 'portforward'])('needs a node: %s', (part) => {
    const server = new TestServer();
    server.ask('POST', pods, {
      metadata: { name: 'idle' },
      spec: { containers: [{ name: 'a', image: 'b' }] },
    });
    const { body } = server.ask('POST', `${pods}/idle/${part}`);
    expect(body.message).toBe('pod idle does not have a host assigned');
  });

  it.each(['proxy', 'resize'])('is not pretended: %s', (part) => {
    expect(withPod().ask('GET', `${pods}/web/${part}`).body.message).toContain('does not simulate');
  });
});
