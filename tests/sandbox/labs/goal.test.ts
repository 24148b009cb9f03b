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
    'kubectl create deployment web --image=nginx:1.28 --replicas=2',
    'kubectl expose deployment web --port=80',
    'kubectl create deployment stuck --image=nginx:9.99',
    'kubectl create service clusterip nobody --tcp=80:80',
    'kubectl create job clock --image=busybox:1.36 -- echo noon',
    'kubectl create configmap settings --from-literal=colour=blue',
    'kubectl set resources deployment web --requests=cpu=100m,memory=64Mi',
    'echo "# a note" > note.txt; echo "order 7" >> note.txt',
    'touch empty.txt',
    'kubectl create job silent --image=busybox:1.36 -- true',
    'kubectl run leaving --image=nginx:1.28 --labels=a=b',
    'fast 1m',
    'kubectl label $(kubectl get pods -l app=web -o name | head -1) half=one',
    'kubectl delete pod leaving --wait=false',
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

const cpu = 'spec.template.spec.containers[0].resources.requests.cpu';

describe('a condition', () => {
  it.each<Check>([
    { object: 'deployment/web' },
    { object: 'deploy/web', has: [{ at: 'spec.replicas', is: 2 }] },
    { object: 'deployment/web', has: [{ at: cpu, least: '0.1', most: '100m' }] },
    { object: 'deployment/web', has: [{ at: 'spec.template.spec.containers[*].image', matches: '^nginx' }] },
    { object: 'deployment/web', has: [{ at: 'metadata.labels.app', not: 'shop' }] },
    { object: 'deployment/web', has: [{ at: 'metadata.labels.tier', exists: false }] },
    {
      object: 'deployment/web',
      has: [{ at: 'metadata.annotations.deployment\\.kubernetes\\.io/revision', is: 2 }],
    },
    { object: 'node/worker-1' },
    { absent: 'pod/web' },
    { absent: 'deployment/web', namespace: 'kube-system' },
    { count: 'pods', labels: { app: 'web' }, is: 2 },
    { count: 'nodes', least: 3, most: 3 },
    { count: 'pods', labels: { app: 'web' }, has: [{ at: 'status.phase', is: 'Failed' }], is: 0 },
    { ready: 'deployment/web', least: 2 },
    { ready: 'job/clock' },
    { ready: 'node/worker-2' },
    { answers: 'http://web/' },
    { answers: 'http://web.default.svc.cluster.local/', matches: 'Welcome to nginx' },
    { answers: 'http://web/nothing', status: 404 },
    { answers: 'http://web/', from: { app: 'web' } },
    { answers: 'http://nobody/', never: true },
    { answers: 'http://web/', from: 'outside', never: true },
    { answers: 'http://web/', after: 'kubectl scale deployment web --replicas=0', never: true },
    { log: 'job/clock', matches: '^noon$' },
    { log: { app: 'web' }, matches: 'start worker process' },
    { inside: 'deployment/web', command: 'cat /etc/hostname', matches: '^web-' },
    { inside: 'deployment/web', command: "echo 'it''s'", matches: '^its$' },
    { file: '~/note.txt', matches: 'order 7' },
    { file: 'note.txt', matches: '^# a' },
  ])('is fulfilled: %j', (check) => {
    expect(insteadOf(check)).toBeUndefined();
  });

  it.each<[Check, string]>([
    [{ object: 'deployment/shop' }, 'there is no `deployment/shop` in the namespace default'],
    [{ object: 'node/worker-9' }, 'there is no `node/worker-9`'],
    [{ object: 'deployment/web', has: [{ at: 'spec.replicas', least: 3 }] }, '`spec.replicas` is 2'],
    [{ object: 'deployment/web', has: [{ at: 'spec.paused', is: true }] }, '`spec.paused` is not set'],
    [{ object: 'deployment/web', has: [{ at: cpu, most: '50m' }] }, `\`${cpu}\` is 100m`],
    [
      { object: 'deployment/web', has: [{ at: 'metadata.labels', matches: 'tier' }] },
      'nothing of the kind is in `metadata.labels`',
    ],
    [{ absent: 'deployment/web' }, '`deployment/web` is there'],
    [{ count: 'pods', labels: { app: 'web' }, is: 3 }, 'there are 2'],
    [{ count: 'pods', labels: { app: 'web' }, most: 1 }, 'there are 2'],
    [{ count: 'pods', labels: { app: 'shop' }, least: 1 }, 'there is none'],
    [
      { count: 'pods', labels: { app: 'web' }, has: [{ at: 'status.phase', is: 'Failed' }], least: 1 },
      'none is like that; of one, `status.phase` is Running',
    ],
    [{ ready: 'deployment/web', least: 3 }, '2 of 2 are ready'],
    [{ ready: 'deployment/stuck' }, '0 of 1 are ready'],
    [{ ready: 'deployment/shop' }, 'there is no `deployment/shop` in the namespace default'],
    [{ answers: 'http://shop/' }, 'the name shop is not known'],
    [{ answers: 'http://nobody/' }, 'connection refused'],
    [{ answers: 'http://web/', from: 'outside' }, 'the name web is not known'],
    [{ answers: 'http://web/', never: true }, 'it is answered, with status 200'],
    [{ answers: 'http://web/', from: { app: 'shop' } }, 'no Pod that could ask is running'],
    [{ answers: 'http://web/', after: 'kubectl delete service web' }, 'the name web is not known'],
    [{ log: 'job/clock', matches: 'midnight' }, 'the log ends with: noon'],
    [
      { inside: 'deployment/web', command: 'echo one; echo two', matches: 'three' },
      '`echo one; echo two` prints: two',
    ],
    [{ inside: 'deployment/web', command: 'true', matches: 'x' }, '`true` prints nothing'],
    [{ file: '~/answer.txt', matches: 'x' }, 'there is no file `~/answer.txt`'],
    [{ file: '~/empty.txt', matches: 'x' }, 'the file is empty'],
    [{ object: 'deployment/web', has: [{ at: 'spec.replicas', not: 2 }] }, '`spec.replicas` is 2'],
    [{ object: 'deployment/web', has: [{ at: 'spec.replicas', exists: false }] }, '`spec.replicas` is 2'],
    [{ absent: 'pod/leaving' }, '`pod/leaving` is being deleted'],
    [{ log: 'job/silent', matches: 'x' }, 'nothing was printed'],
    [
      { log: 'pod/none', matches: 'x' },
      'error: error from server (NotFound): pods "none" not found in namespace "default"',
    ],
    [
      { count: 'pods', labels: { app: 'web' }, has: [{ at: 'metadata.labels.half', is: 'one' }], is: 2 },
      '1 is like that; of another, `metadata.labels.half` is not set',
    ],
    [{ file: '~/note.txt', matches: 'order 8' }, 'the file ends with: order 7'],
  ])('is not: %j', (check, instead) => {
    expect(insteadOf(check)).toBe(instead);
  });

  it('that says nothing sensible is a mistake of its author', () => {
    expect(() => insteadOf({ object: 'dragon/smaug' })).toThrow('the cluster serves no "dragon"');
    expect(() => insteadOf({ object: 'deployment' })).toThrow('"deployment" names no object');
    expect(() => insteadOf({ ready: 'configmap/settings' })).toThrow('nothing is known that is ready');
  });

  it('changes nothing in the world it looks at', () => {
    const sandbox = new Sandbox(world);
    const before = JSON.stringify(sandbox.snapshot());
    insteadOf({ answers: 'http://web/' }, sandbox);
    insteadOf({ inside: 'deployment/web', command: 'touch /tmp/here', matches: '' }, sandbox);
    insteadOf({ answers: 'http://web/', after: 'kubectl delete deployment web' }, sandbox);
    expect(JSON.stringify(sandbox.snapshot())).toBe(before);
  });

  it('does not see what was done for another', () => {
    const seen = checkGoal(
      [
        { says: 'gone', answers: 'http://web/', after: 'kubectl delete deployment web', never: true },
        { says: 'there', answers: 'http://web/' },
      ],
      new Sandbox(world),
    );
    expect(seen.map(({ fulfilled }) => fulfilled)).toEqual([true, true]);
  });

  it('that asks finds no asker where no node is open', () => {
    const sandbox = new Sandbox(world);
    runIn(sandbox, 'kubectl cordon worker-1');
    runIn(sandbox, 'kubectl cordon worker-2');
    expect(insteadOf({ answers: 'http://web/' }, sandbox)).toBe(
      'no Pod that could ask gets a place on a node',
    );
  });
});
