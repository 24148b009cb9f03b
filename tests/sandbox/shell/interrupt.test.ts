import { describe, expect, it } from 'vitest';
import { pause, print, type Steps } from '../../../src/sandbox/effects.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { Drive, type Waiting } from '../../../src/sandbox/shell/drive.ts';
import { longestEnd, longestRun } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import { Interrupt } from '../../../src/sandbox/signals.ts';
import { ShellVisitor } from './shell-visitor.ts';

const sandbox = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 1 });
const fresh = sandbox.snapshot();

/** Runs a line where a learner sits who presses Ctrl-C. @param presses seconds up to each time */
function sit(lines: readonly string[], ...presses: readonly number[]) {
  let text = '';
  const shell: Shell = new Shell(new Sandbox(fresh), (_, more) => {
    text += more;
  });
  let code = 0;
  for (const [place, line] of lines.entries()) {
    const left = place === lines.length - 1 ? presses.map((after) => shell.now + after * 1000) : [];
    const drive = new Drive(shell.run(line), shell, (_, more) => {
      text += more;
    });
    let waiting: Waiting = drive.resume();
    while (waiting.kind !== 'done') {
      const [next = Number.POSITIVE_INFINITY] = left;
      if (waiting.kind === 'pause' && shell.now >= next) {
        left.shift();
        waiting = drive.interrupt();
        continue;
      }
      if (waiting.kind === 'pause') shell.passTime(Math.min(waiting.atMost, next - shell.now));
      const answer = waiting.kind === 'terminal' ? { isTerminal: true } : { text: '', ended: false };
      waiting = drive.resume(answer);
    }
    code = waiting.code;
  }
  return { text, code, shell };
}

const ignores = 'docker run --name it busybox:1.36 sh -c "trap : INT; while true; do sleep 1; done"';
const heeds =
  'docker run --name it busybox:1.36 sh -c "trap \'echo bye; exit 3\' INT; echo up; while true; do sleep 1; done"';
const state = "docker ps -a --format '{{.State}}'";

describe('Ctrl-C', () => {
  it('ends the whole line where a command does not know of it', () => {
    const { text, code } = sit(['kubectl get nodes -w; echo after'], 5);
    expect([text.includes('after'), code]).toEqual([false, 130]);
  });

  it('goes to the container of an attached docker run, whose end is waited for and whose code it has', () => {
    const { text, code } = sit(['docker pull -q busybox:1.36', heeds], 5);
    expect([text, code]).toEqual(['docker.io/library/busybox:1.36\nup\nbye\n', 3]);
  });

  it('three times leaves a container that does not heed it, and the container goes on', () => {
    const pressed = sit(['docker pull -q busybox:1.36', ignores], 5, 9, 12);
    expect(pressed.text).toMatch(/\n\ngot 3 SIGTERM\/SIGINTs, forcefully exiting\n$/);
    expect(pressed.code).toBe(1);
    let seen = '';
    const drive = new Drive(pressed.shell.run(state), pressed.shell, (_, text) => {
      seen += text;
    });
    drive.resume();
    expect(seen).toBe('running\n');
  });

  it('goes to each command of a pipe', () => {
    const { text, code } = sit(['docker pull -q busybox:1.36', `${heeds} | cat; echo after`], 5);
    expect([text.includes('after'), code]).toEqual([false, 130]);
    expect(sit(['kubectl get nodes -w | head -n 1 | tail -n 1; echo after']).text).toMatch(
      /^NAME.*\nafter\n$/,
    );
  });

  it('lets what a function, a subshell and a redirection have inside do what it does last', () => {
    function* careful(): Steps<number> {
      try {
        yield* pause(1000);
      } finally {
        yield* pause(3000);
        yield* print('closed');
      }
      return 0;
    }
    for (const line of ['it', 'f() { it; }; f', '(it)', 'it > it.txt', 'A=1 it', 'it | cat', 'x=$(it)']) {
      const visitor = new ShellVisitor({ it: careful });
      const { shell } = visitor;
      const begun = shell.now;
      let said = '';
      const drive = new Drive(shell.run(`${line}; echo after`), shell, (_, text) => {
        said += text;
      });
      for (let kind = drive.resume().kind; kind !== 'pause'; )
        kind = drive.resume({ isTerminal: false }).kind;
      let waiting = drive.interrupt();
      while (waiting.kind === 'pause' && shell.now - begun < 10_000) {
        shell.passTime(waiting.atMost);
        waiting = drive.resume();
      }
      expect(waiting, line).toEqual({ kind: 'done', code: 130 });
      expect(said, line).not.toContain('after');
      const isShown = !/>|\||\$/.test(line);
      expect(said.includes('closed'), line).toBe(isShown);
    }
  });
});

describe('a command in the background', () => {
  it('gets its time when it is killed', () => {
    const visitor = new ShellVisitor();
    visitor.type('docker pull -q busybox:1.36');
    visitor.type(`${heeds} & sleep 3; kill %1; jobs; sleep 3`);
    expect(visitor.type(`jobs; ${state}`).out).toBe('exited\n');
  });

  it('that does not end then is left after a while', () => {
    const visitor = new ShellVisitor();
    visitor.type('docker pull -q busybox:1.36');
    expect(visitor.type(`${ignores} & sleep 3; kill %1; jobs`).out).toContain('Running');
    expect(visitor.type(`sleep ${longestEnd / 1000 + 1}; jobs; ${state}`).out).toBe('running\n');
  });
});

describe('a script', () => {
  it('ends what goes on for ever as Ctrl-C does, and waits no longer than it has to', () => {
    const visitor = new ShellVisitor();
    visitor.type('docker pull -q busybox:1.36');
    const begun = visitor.shell.now;
    const { status, out, err } = visitor.type(heeds);
    expect([status, out]).toEqual([124, 'up\nbye\n']);
    expect(err).toContain("! ended after 10 minutes of the world's time");
    expect(visitor.shell.now - begun).toBeLessThan(longestRun + 5000);
  });

  it('leaves what does not heed it', () => {
    const visitor = new ShellVisitor();
    visitor.type('docker pull -q busybox:1.36');
    const begun = visitor.shell.now;
    expect(visitor.type(ignores).status).toBe(124);
    expect(visitor.shell.now - begun).toBeGreaterThanOrEqual(longestRun + longestEnd);
    expect(visitor.type(state).out).toBe('running\n');
  });
});

describe('a pipe whose reader is gone', () => {
  it('leaves the container of a docker run alone', () => {
    const visitor = new ShellVisitor();
    visitor.type('docker pull -q busybox:1.36');
    expect(visitor.type(`${heeds} | head -n 1`).out).toBe('up\n');
    expect(visitor.type(`sleep 5; ${state}`).out).toBe('running\n');
  });
});

describe('steps that are interrupted', () => {
  it('are told by something that is thrown', () => {
    function* patient(): Steps<number> {
      try {
        yield* pause(1000);
      } catch (error) {
        if (!(error instanceof Interrupt)) throw error;
        yield* pause(2000);
      }
      return 7;
    }
    const { shell } = new ShellVisitor();
    const drive = new Drive(patient(), shell, () => {});
    drive.resume();
    expect(drive.interrupt()).toEqual({ kind: 'pause', atMost: 2000 });
    expect(drive.resume()).toEqual({ kind: 'done', code: 7 });
  });
});
