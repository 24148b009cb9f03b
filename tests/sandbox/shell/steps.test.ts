import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

function newShell(): { run: (line: string) => string } {
  const sandbox = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1 });
  let text = '';
  const write = (_: string, part: string): void => {
    text += part;
  };
  const shell = new Shell(sandbox, write);
  return {
    run(line) {
      text = '';
      shell.advance(3000);
      runToEnd(shell.run(line), shell, { write, input: () => '' });
      return text;
    },
  };
}

describe('undo', () => {
  it('takes back the last line that did something, whatever was only looked at since', () => {
    const { run } = newShell();
    run('kubectl create deployment web --image=nginx:1.28');
    run('kubectl get pods -w --request-timeout=30s');
    run('kubectl rollout status deployment/web');
    run('kubectl logs deployment/web');
    expect(run('undo')).toBe('The last line is taken back.\n');
    expect(run('kubectl get deployments -o name')).toBe('');
    expect(run('redo')).toBe('The line is taken again.\n');
    expect(run('kubectl get deployments -o name')).toBe('deployment.apps/web\n');
  });

  it.each([
    'fast 1m',
    'node stop worker-1',
    'echo a > file',
    'kubectl config set-context --current --namespace=kube-system',
  ])('takes back %s', (line) => {
    const { run } = newShell();
    run(line);
    expect(run('undo')).toBe('The last line is taken back.\n');
    expect(run('undo')).toBe('nothing to undo\n');
  });

  it('has nothing to take back where nothing was done', () => {
    const { run } = newShell();
    run('kubectl get nodes');
    run('nonsense');
    expect(run('undo')).toBe('nothing to undo\n');
  });
});
