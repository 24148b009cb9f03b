import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { Drive } from '../../../../src/sandbox/shell/drive.ts';
import { Shell } from '../../../../src/sandbox/shell/shell.ts';

/** Runs a line at a terminal. @param keys what is typed, and when, in seconds; `^C` where it is no key */
function sit(shell: Shell, line: string, ...keys: readonly (readonly [at: number, key: string])[]): string {
  let text = '';
  const drive = new Drive(shell.run(line), shell, (_, more) => {
    text += more;
  });
  const begun = shell.now;
  const left = [...keys];
  const due = (): string | undefined => {
    const [next] = left;
    return next && shell.now - begun >= next[0] * 1000 ? next[1] : undefined;
  };
  for (let waiting = drive.resume(); waiting.kind !== 'done'; ) {
    let answer: unknown;
    if (waiting.kind === 'terminal') answer = { isTerminal: true };
    else if (waiting.kind === 'take-input') {
      const typed = due();
      if (typed !== undefined && typed !== '^C') left.shift();
      answer = { text: typed === undefined || typed === '^C' ? '' : typed, ended: false };
    } else if (waiting.kind === 'pause') {
      if (due() === '^C') {
        left.shift();
        waiting = drive.interrupt();
        continue;
      }
      shell.passTime(Math.min(waiting.atMost, 500));
    }
    waiting = drive.resume(answer);
  }
  return text;
}

const notice =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";

function newShell(): Shell {
  return new Shell(Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 2 }), () => {});
}

const run = 'kubectl run it --rm --image=busybox:1.36 --restart=Never';

describe('kubectl run -it', () => {
  it('says what it has to say before the prompt', () => {
    const text = sit(newShell(), `${run} -it -- sh`, [6, 'echo hi\r'], [8, '\x04']);
    expect(text).toBe(
      `${notice}/ # echo hi\r\nhi\r\n/ # \r\nSession ended, resume using 'kubectl attach it -c it -n default -i -t' command\npod "it" deleted from default namespace\n`,
    );
  });

  it('shows before that what was written meanwhile', () => {
    const text = sit(newShell(), `${run} -i -- sh -c 'echo early; cat'`, [6, '^C']);
    expect(text).toBe(`early\n${notice}`);
  });

  it('leaves the Pod where Ctrl-C ends it, for all that --rm says', () => {
    const shell = newShell();
    sit(shell, `${run} -i -- cat`, [6, '^C']);
    expect(sit(shell, 'kubectl get pods -o name')).toBe('pod/it\n');
  });
});
