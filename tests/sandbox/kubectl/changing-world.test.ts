import { beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { runOurs, worldAfter } from '../parity/worlds.ts';

// The commands that change something and wait for what comes of it, in a world where time passes.

let world: World;

beforeAll(() => {
  world = worldAfter([
    'kubectl create deployment web --image=nginx:1.27 --replicas=3',
    'kubectl rollout status deployment/web',
    'kubectl run box --image=busybox:1.36 -- sleep 3600',
    'kubectl wait pod/box --for=condition=Ready',
  ]);
});

/** What the last of some lines printed. */
function lastOf(...typed: readonly string[]): string {
  const sandbox = new Sandbox(world);
  return typed
    .map((line) => {
      const { stdout, stderr, code } = runOurs(sandbox, `kubectl ${line}`);
      return `${stdout}${stderr}${code === 0 ? '' : `[${code}]`}`;
    })
    .at(-1) as string;
}

describe('a rollout', () => {
  it('is followed to its end', () => {
    const text = lastOf('set image deploy/web nginx=nginx:1.28', 'rollout status deploy/web');
    expect(text).toContain(
      'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...\n',
    );
    expect(text.endsWith('deployment "web" successfully rolled out\n')).toBe(true);
  });

  it('is not waited for longer than its timeout', () => {
    const text = lastOf('set image deploy/web nginx=nginx:none', 'rollout status deploy/web --timeout=5s');
    expect(text.endsWith('error: timed out waiting for the condition\n[1]')).toBe(true);
  });

  it('can be taken back, and the revision moves to the end of the history', () => {
    const text = lastOf(
      'set image deploy/web nginx=nginx:1.28',
      'rollout status deploy/web',
      'rollout undo deploy/web',
      'rollout history deploy/web',
    );
    expect(text).toBe('deployment.apps/web \nREVISION  CHANGE-CAUSE\n2         <none>\n3         <none>\n\n');
  });
});

describe('a process in a container', () => {
  it.each([
    ['exec box -- echo hi', 'hi\n'],
    ["exec box -- sh -c 'exit 4'", 'command terminated with exit code 4\n[4]'],
    ['exec box -c none -- echo', 'error: container none is not valid for pod box out of: box\n[1]'],
    ["run once --image=busybox:1.36 --restart=Never -i --rm -q -- sh -c 'sleep 2; echo later'", 'later\n'],
    [
      "run bad --image=busybox:1.36 --restart=Never -i --rm -- sh -c 'echo hi; exit 3'",
      'hi\npod "bad" deleted from default namespace\npod default/bad terminated (Error)\n[3]',
    ],
  ])('kubectl %s', (line, text) => {
    expect(lastOf(line)).toBe(text);
  });

  it('that cannot be started says why', () => {
    expect(lastOf('exec box -- none')).toMatch(
      /^error: Internal error occurred: .*exec: "none": executable file not found in \$PATH\n\[1\]$/,
    );
  });

  it('takes a file, and gives it back', () => {
    const text = lastOf(
      'cp box:/etc/hostname host.txt',
      'cp host.txt box:/tmp/there',
      'exec box -- cat /tmp/there',
    );
    expect(text).toBe('box\n');
  });

  it('stands beside the others when it is for debugging', () => {
    const text = lastOf('debug box --image=busybox:1.36 -c dbg -i -- echo seen', 'exec box -c dbg -- true');
    expect(text).toMatch(/\[1\]$/);
    expect(lastOf('debug box --image=busybox:1.36 -c dbg -i -- echo seen')).toContain('seen\n');
  });
});

describe('a node', () => {
  it('is not drained of what would be lost', () => {
    const text = lastOf(
      'taint node worker-1 worker-2 a=b:NoSchedule',
      'drain worker-1 worker-2 --ignore-daemonsets',
    );
    expect(text).toContain(
      'cannot delete Pods that declare no controller (use --force to override): default/box, continuing command...\n',
    );
    expect(text).toMatch(/There are pending nodes to be drained:\n worker-[12]\n/);
  });

  it('is drained of everything with --force', () => {
    const text = lastOf('drain worker-1 worker-2 --ignore-daemonsets --force --delete-emptydir-data');
    expect(text).toContain('pod/box evicted\n');
    expect(text).toContain('node/worker-1 drained\n');
    expect(text).toContain('node/worker-2 drained\n');
  });

  it('keeps what a budget protects, and says so every five seconds', () => {
    const text = lastOf(
      'create poddisruptionbudget all --selector=app=web --min-available=3',
      'drain worker-1 worker-2 --ignore-daemonsets --force --delete-emptydir-data --pod-selector=app=web --timeout=12s',
    );
    expect(text).toContain(
      "(will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n",
    );
    expect(text).toContain('global timeout reached: 12s');
  });
});

describe('what is deleted', () => {
  it('is waited for until it has gone', () => {
    expect(lastOf('delete pod box', 'get pod box')).toBe(
      'Error from server (NotFound): pods "box" not found\n[1]',
    );
  });

  it('is not waited for longer than the timeout', () => {
    expect(lastOf('delete pod box --timeout=3s')).toBe(
      'pod "box" deleted from default namespace\nerror: timed out waiting for the condition on pods/box\n[1]',
    );
  });

  it('is forced away at once', () => {
    expect(lastOf('delete pod box --force')).toBe(
      'pod "box" force deleted from default namespace\nWarning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  });
});

it('what has nobody to edit it says what to do instead', () => {
  expect(lastOf('edit deployment web')).toBe(
    'error: there is nobody here who could edit: use kubectl patch or kubectl apply instead\n[1]',
  );
});
