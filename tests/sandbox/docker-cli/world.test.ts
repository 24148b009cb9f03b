import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { Drive } from '../../../src/sandbox/shell/drive.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

interface Outcome {
  stdout: string;
  stderr: string;
  code: number | undefined;
}

/** A learner's shell in a world of its own, with busybox on the machine. */
class Learner {
  readonly sandbox = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 1 });

  constructor() {
    this.run('docker pull -q busybox:1.36');
  }

  /** Runs a line as a script does. */
  run(line: string): Outcome {
    const { outcome, shell, write } = this.#shell();
    outcome.code = runToEnd(shell.run(line), shell, { write, input: () => '' });
    shell.close();
    return outcome;
  }

  /** Runs a line in a terminal. @param keys what is typed at each second; Ctrl-C is pressed when nothing is left of it */
  type(line: string, ...keys: readonly string[]): Outcome {
    const { outcome, shell, write } = this.#shell();
    const drive = new Drive(shell.run(line), shell, write);
    const rest = [...keys];
    let answer: unknown;
    for (let pauses = 0; pauses < 60; ) {
      const waiting = drive.resume(answer);
      answer = undefined;
      if (waiting.kind === 'done') return { ...outcome, code: waiting.code };
      if (waiting.kind === 'terminal') answer = { isTerminal: true };
      if (waiting.kind === 'take-input') answer = { text: rest.shift() ?? '', ended: false };
      if (waiting.kind !== 'pause') continue;
      pauses += 1;
      if (pauses > 30 && rest.length === 0) break;
      shell.advance(Math.min(waiting.atMost, 1000));
    }
    drive.interrupt();
    return outcome;
  }

  #shell(): { outcome: Outcome; shell: Shell; write: (to: 'stdout' | 'stderr', text: string) => void } {
    const outcome: Outcome = { stdout: '', stderr: '', code: undefined };
    const write = (to: 'stdout' | 'stderr', text: string): void => {
      outcome[to] += text;
    };
    return { outcome, shell: new Shell(this.sandbox, write), write };
  }
}

const shortest = 'docker run --rm busybox:1.36';

describe('docker run', () => {
  it.each<[line: string, stdout: string, stderr: string, code: number]>([
    [`${shortest} echo hi`, 'hi\n', '', 0],
    [`${shortest} sh -c 'echo a; echo b >&2; exit 7'`, 'a\n', 'b\n', 7],
    ['echo typed | docker run --rm -i busybox:1.36 cat', 'typed\n', '', 0],
    ['echo "echo ran; exit 3" | docker run --rm -i busybox:1.36 sh', 'ran\n', '', 3],
    ['docker run --rm -a stderr busybox:1.36 sh -c "echo a; echo b >&2"', '', 'b\n', 0],
    [
      'docker run --rm -it busybox:1.36 sh',
      '',
      'cannot attach stdin to a TTY-enabled container because stdin is not a terminal\n',
      1,
    ],
    ['A=1; docker run --rm -e HOME -e NONE -e B=2 -e B=3 busybox:1.36 sh -c "echo $B"', '\n', '', 0],
    ["echo X=9 > e; docker run --rm --env-file e -e Y=8 busybox:1.36 sh -c 'echo $X$Y'", '98\n', '', 0],
    ['echo inside > f; docker run --rm -v ./f:/f busybox:1.36 cat /f', 'inside\n', '', 0],
    ['docker run --rm -v "$PWD":/w -w /w busybox:1.36 sh -c "echo made > g"; cat g', 'made\n', '', 0],
    ['echo x > f; docker run --rm --mount type=bind,src=.,dst=/w busybox:1.36 cat /w/f', 'x\n', '', 0],
  ])('%s', (line, stdout, stderr, code) => {
    expect(new Learner().run(line)).toEqual({ stdout, stderr, code });
  });

  it('writes the id to the file of --cidfile, and nothing over one that is there', () => {
    const learner = new Learner();
    const { stdout } = learner.run('docker run -d --cidfile id busybox:1.36 sleep 9; cat id');
    expect(stdout).toMatch(/^([0-9a-f]{64})\n\1$/);
    expect(learner.run('docker run --cidfile id busybox:1.36').stderr).toContain(
      'container ID file found, make sure',
    );
  });

  it.each([
    ['nothing', 'exec: "nothing": executable file not found in $PATH', 127],
    ['/etc', 'permission denied', 126],
  ])('of a command that cannot run ends with a code of its own: %s', (command, why, code) => {
    const outcome = new Learner().run(`${shortest} ${command}`);
    expect(outcome.stderr).toContain('docker: Error response from daemon: ');
    expect(outcome.stderr).toContain(why);
    expect(outcome.stderr.endsWith("\n\nRun 'docker run --help' for more information\n")).toBe(true);
    expect(outcome.code).toBe(code);
  });

  it('pulls an image that is not there, told on standard error', () => {
    const { stdout, stderr } = new Learner().run('docker run --rm busybox:latest echo hi');
    expect(stdout).toBe('hi\n');
    expect(stderr).toMatch(
      /^Unable to find image 'busybox:latest' locally\nlatest: Pulling from library\/busybox\n/,
    );
    expect(stderr).toContain('Status: Downloaded newer image for busybox:latest\n');
    const quiet = new Learner().run('docker run -q --rm busybox:latest echo hi');
    expect({ ...quiet }).toEqual({ stdout: 'hi\n', stderr: '', code: 0 });
  });

  it('in a terminal talks to a shell until it is left', () => {
    const learner = new Learner();
    const { stdout, code } = learner.type(
      'docker run -it --name box busybox:1.36 sh',
      'echo one\n',
      'exit 4\n',
    );
    expect(stdout).toContain('one');
    expect(code).toBe(4);
    expect(learner.run("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' box").stdout).toBe(
      'exited 4\n',
    );
  });

  it('in a terminal can be left without ending it, and joined again', () => {
    const learner = new Learner();
    expect(learner.type('docker run -it --name box busybox:1.36 sh', '\x10\x11').code).toBe(0);
    expect(learner.run("docker ps --format '{{.Names}}'").stdout).toBe('box\n');
    const again = learner.type('docker attach box', 'echo again; exit 0\n');
    expect(again.stdout).toContain('again');
    expect(again.code).toBe(0);
  });

  it('hands Ctrl-C on to what it is attached to', () => {
    const learner = new Learner();
    const script = "trap 'echo stopped; exit 5' INT; while true; do sleep 1; done";
    learner.type(`docker run --name box busybox:1.36 sh -c "${script}"`);
    learner.run('sleep 3');
    expect(learner.run("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' box").stdout).toBe(
      'exited 5\n',
    );
    learner.type(`docker run --sig-proxy=false --name other busybox:1.36 sh -c "${script}"`);
    learner.run('sleep 3');
    expect(learner.run("docker inspect -f '{{.State.Status}}' other").stdout).toBe('running\n');
  });
});

describe('commands over time', () => {
  it('stop several containers at once, each with its grace', () => {
    const learner = new Learner();
    for (const name of ['one', 'two', 'three'])
      learner.run(`docker run -d --name ${name} busybox:1.36 sleep 1d`);
    const before = learner.sandbox.simulation.store.now;
    expect(learner.run('docker stop one two three').stdout).toBe('one\ntwo\nthree\n');
    expect(learner.sandbox.simulation.store.now - before).toBeLessThan(12_000);
    expect(learner.sandbox.simulation.store.now - before).toBeGreaterThanOrEqual(10_000);
  });

  it('follow a log until the container ends, or Ctrl-C', () => {
    const learner = new Learner();
    learner.run("docker run -d --name box busybox:1.36 sh -c 'for i in 1 2 3; do echo $i; sleep 1; done'");
    expect(learner.run('docker logs -f box').stdout).toBe('1\n2\n3\n');
    learner.run('docker run -d --name long busybox:1.36 sh -c "echo begun; sleep 1d"');
    expect(learner.type('docker logs -f long')).toEqual({ stdout: 'begun\n', stderr: '', code: undefined });
    expect(learner.run("docker ps --format '{{.Names}}'").stdout).toBe('long\n');
  });

  it('wait for the end of a container', () => {
    const learner = new Learner();
    learner.run('docker run -d --name box busybox:1.36 sh -c "sleep 5; exit 6"');
    expect(learner.run('docker wait box')).toEqual({ stdout: '6\n', stderr: '', code: 0 });
  });

  it('draw statistics again and again in a terminal', () => {
    const learner = new Learner();
    learner.run('docker run -d --name box busybox:1.36 sleep 1d');
    const { stdout } = learner.type('docker stats');
    const frames = stdout.split('\x1b[H').filter((frame) => frame !== '');
    expect(frames.length).toBeGreaterThan(5);
    expect(frames.at(-1)).toMatch(
      /^CONTAINER ID {3}NAME .*\x1b\[K\n[0-9a-f]{12} {3}box .*\x1b\[K\n\x1b\[K\n\x1b\[J$/,
    );
  });

  it('ask before they remove what is stopped', () => {
    const learner = new Learner();
    learner.run('docker run --name box busybox:1.36 true');
    const no = learner.run('echo n | docker container prune');
    expect(no.stdout).toBe(
      'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ',
    );
    expect({ stderr: no.stderr, code: no.code }).toEqual({ stderr: '', code: 0 });
    const yes = learner.run('echo y | docker container prune');
    expect(yes.stdout).toMatch(/Deleted Containers:\n[0-9a-f]{64}\n\nTotal reclaimed space: 0B\n$/);
    expect(learner.run('docker container prune -f').stdout).toBe('Total reclaimed space: 0B\n');
  });
});

describe('docker exec', () => {
  it.each<[line: string, stdout: string, stderr: string, code: number]>([
    ['docker exec box echo hi', 'hi\n', '', 0],
    ['docker exec box sh -c "exit 9"', '', '', 9],
    ["docker exec -e A=1 -w /tmp box sh -c 'echo $A $PWD'", '1 /tmp\n', '', 0],
    ['echo in | docker exec -i box cat', 'in\n', '', 0],
    ['docker exec -d box touch /made; docker exec box ls /made', '/made\n', '', 0],
    [
      'docker exec -it box sh',
      '',
      'cannot attach stdin to a TTY-enabled container because stdin is not a terminal\n',
      1,
    ],
    ['docker exec none ls', '', 'Error response from daemon: No such container: none\n', 1],
  ])('%s', (line, stdout, stderr, code) => {
    const learner = new Learner();
    learner.run('docker run -d --name box busybox:1.36 sleep 1d');
    expect(learner.run(line)).toEqual({ stdout, stderr, code });
  });

  it('in a terminal is a shell of its own', () => {
    const learner = new Learner();
    learner.run('docker run -d --name box busybox:1.36 sleep 1d');
    const { stdout, code } = learner.type('docker exec -it box sh', 'echo two\n', 'exit 2\n');
    expect(stdout).toContain('two');
    expect(code).toBe(2);
    expect(learner.run("docker ps --format '{{.Names}}'").stdout).toBe('box\n');
  });
});

describe('what exec runs in a container', () => {
  it('is listed by its own name, though the first process calls itself something else', () => {
    const learner = new Learner();
    learner.run('docker run -d --name web nginx:1.28');
    learner.run('docker exec -d web sleep 100');
    const lines = learner.run('docker top web -o pid,args').stdout.trim().split('\n');
    expect(lines.at(1)).toMatch(/nginx: master process/);
    expect(lines.at(-1)).toMatch(/^\d+ +sleep 100$/);
  });
});
