import { beforeAll, describe, expect, it } from 'vitest';
import { checkGoal } from '../../../src/sandbox/labs/goal.ts';
import type { Check } from '../../../src/sandbox/labs/lab.ts';
import { runIn } from '../../../src/sandbox/labs/trial.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';

let world: World;

beforeAll(() => {
  const sandbox = Sandbox.fresh({ now: Date.UTC(2026, 0, 15, 9), seed: 1 });
  const lines = [
    'docker network create shop',
    'docker volume create --label keep=yes notes',
    'docker run -d --name web --network shop --label tier=front -p 8080:80 nginx:1.28',
    'docker run -d --name deaf -p 8081:9999 nginx:1.28',
    "docker run -d --name sick --health-cmd 'exit 1' --health-interval 5s --health-retries 2 nginx:1.28",
    "docker run -d --name well --health-cmd 'exit 0' --health-interval 5s nginx:1.28",
    'docker run -d --name db --restart always postgres:16',
    'docker run -d --name done busybox:1.36 sh -c "echo bye; exit 3"',
    'docker create --name asleep busybox:1.36',
    'docker run -d --name held nginx:1.28',
    'docker pause held',
    'docker tag nginx:1.28 registry.example.com/shop/page:1.0',
    'echo shop-1234 | docker login registry.example.com -u team --password-stdin',
    'docker push -q registry.example.com/shop/page:1.0',
    'docker tag busybox:1.36 tool:1.0',
    'node load tool:1.0 worker-1',
    'fast 5m',
  ];
  for (const line of lines) {
    const { code, stderr } = runIn(sandbox, line);
    if (code !== 0) throw new Error(`${line}: ${stderr}`);
  }
  world = sandbox.snapshot();
});

/** What is there instead; `undefined` when the condition is fulfilled. */
function insteadOf(check: Check, sandbox = new Sandbox(world)): string | undefined {
  const [seen] = checkGoal([{ says: 'it', ...check }], sandbox);
  return seen?.fulfilled ? undefined : seen?.instead;
}

const page = 'registry.example.com/shop/page:1.0';

describe('a condition on what Docker has', () => {
  it.each<Check>([
    { object: 'container/web' },
    { object: 'container/web', has: [{ at: 'Config.Image', is: 'nginx:1.28' }] },
    { object: 'container/web', has: [{ at: 'NetworkSettings.Networks.shop.IPAddress', matches: '^172' }] },
    { object: 'container/web', has: [{ at: "NetworkSettings.Ports['80/tcp'][0].HostPort", is: 8080 }] },
    { object: 'container/db', has: [{ at: 'RestartCount', least: 3 }] },
    { object: 'container/sick', has: [{ at: 'State.Health.Status', is: 'unhealthy' }] },
    { object: 'image/nginx:1.28' },
    { object: `image/${page}`, has: [{ at: 'Config.Cmd', matches: 'daemon off' }] },
    { object: `image/${page}`, on: 'registry' },
    { object: 'image/nginx:1.28', on: 'registry' },
    { object: 'image/tool:1.0', on: 'worker-1' },
    { object: 'network/shop', has: [{ at: 'Driver', is: 'bridge' }] },
    { object: 'volume/notes', has: [{ at: 'Labels.keep', is: 'yes' }] },
    { absent: 'container/shop' },
    { absent: 'image/shop:1.0' },
    { absent: 'image/tool:1.0', on: 'worker-2' },
    { absent: 'volume/orders' },
    { count: 'containers', is: 8 },
    { count: 'containers', labels: { tier: 'front' }, has: [{ at: 'State.Status', is: 'running' }], is: 1 },
    { count: 'volumes', labels: { keep: 'yes' }, is: 1 },
    { count: 'networks', has: [{ at: 'Name', is: 'shop' }], is: 1 },
    { count: 'images', has: [{ at: 'RepoTags', matches: 'page:1.0' }], is: 1 },
    { ready: 'container/web' },
    { ready: 'container/well' },
    { answers: 'http://localhost:8080/', from: 'outside', matches: 'Welcome to nginx' },
    { answers: 'http://web/', from: 'container/web' },
    { answers: 'http://web/', from: 'container/deaf', never: true },
    { answers: 'http://localhost:8080/', from: 'outside', after: 'docker stop web', never: true },
    { log: 'container/done', matches: '^bye$' },
    { log: 'container/web', matches: 'start worker process' },
    { inside: 'container/web', command: "echo 'it''s'; nginx -v 2>&1", matches: 'nginx/1.28' },
    { inside: 'laptop', command: 'docker ps -q --filter name=web | wc -l', matches: '^1$' },
    { inside: 'node/worker-1', command: 'crictl images | grep tool', matches: '1\\.0' },
    { inside: 'laptop', command: 'docker ps -q', after: 'docker rm -f $(docker ps -aq)', matches: '^$' },
  ])('is fulfilled: %j', (check) => {
    expect(insteadOf(check)).toBeUndefined();
  });

  it.each<[Check, string]>([
    [{ object: 'container/shop' }, 'there is no container `shop` on your machine'],
    [{ object: 'image/shop:1.0' }, 'there is no image `shop:1.0` on your machine'],
    [{ object: 'volume/orders' }, 'there is no volume `orders` on your machine'],
    [{ object: 'network/back' }, 'there is no network `back` on your machine'],
    [{ object: 'image/shop:1.0', on: 'registry' }, 'the registry has no `docker.io/library/shop:1.0`'],
    [{ object: 'image/tool:1.0', on: 'worker-2' }, 'there is no image `tool:1.0` on worker-2'],
    [
      { object: 'container/web', has: [{ at: 'HostConfig.RestartPolicy.Name', is: 'always' }] },
      '`HostConfig.RestartPolicy.Name` is no',
    ],
    [{ absent: 'container/done' }, 'the container `done` is there'],
    [{ absent: 'image/tool:1.0', on: 'worker-1' }, 'the image `tool:1.0` is there'],
    [{ count: 'containers', labels: { tier: 'back' }, least: 1 }, 'there is none'],
    [
      {
        count: 'containers',
        labels: { tier: 'front' },
        has: [{ at: 'State.Status', is: 'exited' }],
        least: 1,
      },
      'none is like that; of one, `State.Status` is running',
    ],
    [{ ready: 'container/shop' }, 'there is no container `shop` on your machine'],
    [{ ready: 'container/sick' }, 'it runs, and its health is: unhealthy'],
    [
      { ready: 'container/db' },
      'it ends and is started again and again, the last time it ended with the code 1',
    ],
    [{ ready: 'container/done' }, 'it has ended, with the code 3'],
    [{ ready: 'container/asleep' }, 'it was created, and not started'],
    [{ object: 'image/No Name', on: 'registry' }, '`No Name` is no name of an image'],
    [{ ready: 'container/held' }, 'it is paused'],
    [{ answers: 'http://localhost:8081/', from: 'outside' }, 'the connection is closed without an answer'],
    [{ answers: 'http://localhost:8082/', from: 'outside' }, 'connection refused'],
    [{ answers: 'http://web/', from: 'container/deaf' }, 'the name web is not known'],
    [{ answers: 'http://web/', from: 'container/done' }, '`container/done` does not run'],
    [{ log: 'container/done', matches: 'hello' }, 'the log ends with: bye'],
    [{ inside: 'container/web', command: 'echo one', matches: 'two' }, '`echo one` prints: one'],
    [
      { inside: 'laptop', command: 'docker ps -q --filter name=shop', matches: '.' },
      '`docker ps -q --filter name=shop` prints nothing',
    ],
    [
      { inside: 'container/done', command: 'true', matches: 'x' },
      expect.stringMatching(
        /^`true`: Error response from daemon: container [0-9a-f]{12} is not running$/,
      ) as string,
    ],
  ])('is not: %j', (check, instead) => {
    expect(insteadOf(check)).toEqual(instead);
  });

  it('says what could not be done, where that is why', () => {
    const after = 'docker run -d --name probe shop:9';
    expect(insteadOf({ inside: 'container/probe', after, command: 'true', matches: 'x' })).toMatch(
      /^`docker run -d --name probe shop:9`: docker: Error response from daemon: /,
    );
    expect(insteadOf({ absent: 'container/probe' })).toBeUndefined();
  });

  it('does not take a container for running that ends a moment later', () => {
    const sandbox = new Sandbox(world);
    runIn(sandbox, 'docker run -d --name brief busybox:1.36 sleep 5');
    expect(insteadOf({ ready: 'container/brief' }, sandbox)).toBe(
      'some seconds later, it has ended, with the code 0',
    );
    runIn(sandbox, 'docker run -d --rm --name briefer busybox:1.36 sleep 5');
    expect(insteadOf({ ready: 'container/briefer' }, sandbox)).toBe('some seconds later, it is gone');
  });

  it('does not find a container by a part of its id', () => {
    const sandbox = new Sandbox(world);
    const id = runIn(sandbox, 'docker ps -q --filter name=web').stdout.trim();
    expect(insteadOf({ object: `container/${id}` }, sandbox)).toBe(
      `there is no container \`${id}\` on your machine`,
    );
  });

  it('names a node that there is, or its author is told', () => {
    expect(() => insteadOf({ object: 'image/tool:1.0', on: 'worker-9' })).toThrow(
      'there is no node "worker-9"',
    );
  });

  it('changes nothing in the world it looks at', () => {
    const sandbox = new Sandbox(world);
    const before = JSON.stringify(sandbox.snapshot());
    const checks: readonly Check[] = [
      { ready: 'container/web' },
      { object: `image/${page}`, on: 'registry' },
      { count: 'volumes', least: 1 },
      { inside: 'container/web', command: 'touch /tmp/here', matches: '' },
      { inside: 'laptop', command: 'touch here', matches: '' },
      { answers: 'http://localhost:8080/', from: 'outside', after: 'docker rm -f web' },
    ];
    for (const check of checks) insteadOf(check, sandbox);
    expect(JSON.stringify(sandbox.snapshot())).toBe(before);
  });
});
