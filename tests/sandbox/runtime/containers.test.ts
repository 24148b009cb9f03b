import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../../../src/sandbox/runtime/container-runtime.ts';
import { begin, host, Lab } from './lone-container.ts';

describe('a container', () => {
  it('runs until its first process ends, and has its code', () => {
    const lab = new Lab();
    const id = lab.script('echo hello; exit 3');
    lab.advance(100);
    expect(lab.runtime.container(host, id)).toMatchObject({ state: 'exited', exitCode: 3, oomKilled: false });
    expect(lab.log(id)).toBe('hello\n');
  });

  it('says when it began and when it ended', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '5']);
    lab.advance(10_000);
    expect(lab.runtime.container(host, id)).toMatchObject({
      startedAt: begin,
      finishedAt: begin + 5000,
      exitCode: 0,
    });
  });

  it('has an id of 64 hexadecimal digits, another each time', () => {
    const lab = new Lab();
    const ids = [lab.create('busybox:1.36', ['true']), lab.create('busybox:1.36', ['true'])];
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(ids).size).toBe(2);
  });

  it('can be started again, with what it wrote still there', () => {
    const lab = new Lab();
    const id = lab.script('echo x >> /count; cat /count | wc -l');
    lab.advance(100);
    lab.runtime.start(host, id);
    lab.advance(100);
    expect(lab.log(id)).toBe('1\n2\n');
  });

  it('takes every other process with it when it ends', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '10']);
    const process = lab.runtime.exec(host, id, { argv: ['sleep', '1000'], tty: false, stdin: false });
    lab.advance(11_000);
    expect(lab.runtime.process(host, process)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  it('leaves nothing behind when it is removed', () => {
    const lab = new Lab();
    const empty = Object.keys(lab.simulation.store.snapshot().tables).length;
    const id = lab.script('echo x > /file; cat | cat; echo done', { stdin: true });
    lab.runtime.exec(host, id, { argv: ['cat'], tty: true, stdin: true });
    lab.runtime.closeInput(host, lab.runtime.processes(host, id)[0]?.id ?? '');
    lab.advance(100);
    lab.runtime.remove(host, id);
    const { tables } = lab.simulation.store.snapshot();
    const left = Object.entries(tables).filter(
      ([name, table]) => !/images|counters/.test(name) && Object.keys(table).length > 0,
    );
    expect(empty).toBe(0);
    expect(left).toEqual([]);
  });

  it('cannot be removed while it runs', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '10']);
    expect(() => lab.runtime.remove(host, id)).toThrow(RuntimeError);
  });
});

describe('a container that cannot start says it in the words of runc', () => {
  const prefix =
    'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
  it.each([
    ['nope', 'exec: "nope": executable file not found in $PATH', 127],
    ['/nope', 'exec: "/nope": stat /nope: no such file or directory', 127],
    ['/etc/passwd', 'exec: "/etc/passwd": permission denied', 126],
    ['/etc', 'exec: "/etc": is a directory: permission denied', 126],
  ])('%s', (command, message, code) => {
    const lab = new Lab();
    const id = lab.create('busybox:1.36', [command]);
    expect(() => lab.runtime.start(host, id)).toThrow(
      new RuntimeError('cannot-start', `${prefix}${message}`),
    );
    expect(lab.runtime.container(host, id)).toMatchObject({ state: 'exited', exitCode: code });
  });

  it('a user that /etc/passwd does not have', () => {
    const lab = new Lab();
    expect(() => lab.create('busybox:1.36', ['id'], { user: 'bob' })).toThrow(
      'unable to find user bob: no matching entries in passwd file',
    );
  });

  it('an image that is not there', () => {
    const lab = new Lab();
    lab.pull('busybox:1.36');
    expect(() => lab.create('busybox:1.36', ['id'], { image: 'nginx' })).toThrow('No such image: nginx');
  });

  it('a script without its first line starts, and fails in its log', () => {
    const lab = new Lab();
    const id = lab.create('busybox:1.36', ['/run.sh']);
    lab.runtime.writeFile(host, id, '/run.sh', 'echo hi\n');
    lab.simulation.store.write('runtime/changes', `${host}/${id}`, {
      '/run.sh': { kind: 'file', content: 'echo hi\n', mode: 0o755, owner: '0:0', at: begin },
    });
    lab.runtime.start(host, id);
    lab.advance(10);
    expect(lab.log(id)).toBe('exec /run.sh: exec format error\n');
    expect(lab.exitCode(id)).toBe(255);
  });

  it.each([
    ['nope', 'exec: "nope": executable file not found in $PATH'],
    ['/etc/passwd', 'exec: "/etc/passwd": permission denied'],
  ])('an exec of %s', (command, message) => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '10']);
    const run = () => lab.runtime.exec(host, id, { argv: [command], tty: false, stdin: false });
    expect(run).toThrow(
      `OCI runtime exec failed: exec failed: unable to start container process: ${message}`,
    );
  });

  it('an exec in a folder that is not there', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '10']);
    const run = () =>
      lab.runtime.exec(host, id, { argv: ['pwd'], workingDir: '/nope', tty: false, stdin: false });
    expect(run).toThrow('chdir to cwd ("/nope") set in config.json failed: no such file or directory');
  });

  it('an exec in a container without a shell', () => {
    const lab = new Lab();
    const id = lab.start('registry.k8s.io/pause:3.10.2');
    expect(() => lab.runtime.exec(host, id, { argv: ['sh'], tty: false, stdin: false })).toThrow(
      'exec: "sh": executable file not found in $PATH',
    );
  });
});

describe('stopping', () => {
  it('ends a program that handles the signal at once', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    lab.runtime.stop(host, id, 30_000);
    lab.simulation.settle();
    expect(lab.runtime.container(host, id)).toMatchObject({
      state: 'exited',
      exitCode: 0,
      finishedAt: begin,
    });
  });

  it.each([
    ['sleep', ['sleep', '1000']],
    ['a shell without a trap', ['sh', '-c', 'while true; do sleep 1; done']],
  ])(
    'kills %s when the time is over: the first process does not listen to a signal it has no handler for',
    (_, argv) => {
      const lab = new Lab();
      const id = lab.start('busybox:1.36', argv);
      lab.advance(1000);
      lab.runtime.stop(host, id, 5000);
      lab.advance(4999);
      expect(lab.exitCode(id)).toBeUndefined();
      lab.advance(2);
      expect(lab.runtime.container(host, id)).toMatchObject({
        exitCode: 137,
        finishedAt: begin + 6000,
        oomKilled: false,
      });
    },
  );

  it('lets a shell run its trap when the command before is done', () => {
    const lab = new Lab();
    const id = lab.script('trap "echo bye; exit 3" TERM; echo up; while true; do sleep 1; done');
    lab.advance(2500);
    lab.runtime.stop(host, id, 30_000);
    lab.advance(1000);
    expect(lab.log(id)).toBe('up\nbye\n');
    expect(lab.runtime.container(host, id)?.exitCode).toBe(3);
    expect(lab.runtime.container(host, id)?.finishedAt).toBeLessThan(begin + 3500);
  });

  it('interrupts `wait`, so that a shell can pass the signal on', () => {
    const lab = new Lab();
    const id = lab.script("trap 'kill $!; echo stopped; exit 0' TERM; sleep 1000 & wait");
    lab.advance(100);
    lab.runtime.stop(host, id, 30_000);
    lab.advance(100);
    expect(lab.log(id)).toBe('stopped\n');
    expect(lab.exitCode(id)).toBe(0);
  });

  it('kills at once without time to stop', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    lab.runtime.stop(host, id, 0);
    expect(lab.exitCode(id)).toBe(137);
  });

  it('ends with 143 what is not the first of its namespace', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { sharePids: true });
    lab.runtime.stop(host, id, 30_000);
    lab.advance(10);
    expect(lab.exitCode(id)).toBe(143);
  });
});

describe('containers that share their processes', () => {
  it('see one another, and may kill one another', () => {
    const lab = new Lab();
    const web = lab.start('nginx:1.28', undefined, { sharePids: true });
    const debug = lab.start('busybox:1.36', ['sleep', '1000'], { sharePids: true });
    expect(lab.exec(debug, ['ps'])).toMatch(
      /^PID .*\n {4}1 65535 +0:00 \/pause\n {4}7 root +0:00 nginx: master process nginx -g daemon off;\n(.*worker process\n)+ +\d+ root +0:00 sleep 1000\n/,
    );
    expect(lab.exec(debug, ['kill', '-QUIT', '7'])).toBe('');
    lab.advance(10);
    expect(lab.exitCode(web)).toBe(0);
    expect(lab.exitCode(debug)).toBeUndefined();
  });

  it('do not where they are not asked to', () => {
    const lab = new Lab();
    lab.start('nginx:1.28');
    const other = lab.start('busybox:1.36', ['sleep', '1000']);
    expect(lab.exec(other, ['ps'])).not.toContain('nginx');
  });
});

describe('memory', () => {
  it('kills a container that takes more than it may', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['tail', '/dev/zero'], { memoryLimit: 64 * 2 ** 20 });
    lab.advance(10_000);
    expect(lab.runtime.container(host, id)).toMatchObject({
      state: 'exited',
      exitCode: 137,
      oomKilled: true,
    });
  });

  it('kills only the largest process where nobody asks for all', () => {
    const lab = new Lab();
    const id = lab.script('tail /dev/zero; echo $?; sleep 100', { memoryLimit: 20 * 2 ** 20 });
    lab.advance(10_000);
    expect(lab.log(id)).toBe('Killed\n137\n');
    expect(lab.runtime.container(host, id)).toMatchObject({ state: 'running', oomKilled: true });
  });

  it('kills all of them where the kubelet does', () => {
    const lab = new Lab();
    const id = lab.script('tail /dev/zero; echo $?; sleep 100', {
      memoryLimit: 20 * 2 ** 20,
      oomKillsAll: true,
    });
    lab.advance(10_000);
    expect(lab.runtime.container(host, id)).toMatchObject({
      state: 'exited',
      exitCode: 137,
      oomKilled: true,
    });
  });

  it('counts files in /dev/shm', () => {
    const lab = new Lab();
    const id = lab.script('dd if=/dev/zero of=/dev/shm/x bs=1M count=30; sleep 100', {
      memoryLimit: 20 * 2 ** 20,
      oomKillsAll: true,
    });
    lab.advance(1000);
    expect(lab.runtime.container(host, id)).toMatchObject({ exitCode: 137, oomKilled: true });
  });

  it('is what the programs take', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    expect(lab.runtime.usage(host, id)).toEqual({ cpuMilli: 0, memoryBytes: 3_600_000 });
  });
});

describe('the processor', () => {
  it('is used whole by a loop that never rests', () => {
    const lab = new Lab();
    const id = lab.script('while true; do :; done');
    lab.advance(60_000);
    expect(lab.runtime.usage(host, id).cpuMilli).toBe(1000);
  });

  it('is used up to the limit', () => {
    const lab = new Lab();
    const id = lab.script('while true; do :; done', { cpuLimitMilli: 250 });
    lab.advance(60_000);
    expect(lab.runtime.usage(host, id).cpuMilli).toBe(250);
  });

  it('rests with a container that is paused, until it goes on', () => {
    const lab = new Lab();
    const id = lab.script('while true; do echo x; sleep 1; done');
    lab.advance(2500);
    lab.runtime.pause(host, id);
    lab.advance(10_000);
    expect(lab.log(id)).toBe('x\nx\nx\n');
    expect(() => lab.runtime.exec(host, id, { argv: ['id'], tty: false, stdin: false })).toThrow('is paused');
    lab.runtime.unpause(host, id);
    lab.advance(1500);
    expect(lab.log(id)).toMatch(/^(x\n){4,5}$/);
  });

  it('is busy with requests, and calms down', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28');
    const request = { method: 'GET', path: '/', host: 'web', headers: {}, body: '' };
    for (let count = 0; count < 100; count++) lab.runtime.ask('web', 80, request, '10.0.0.9');
    const busy = lab.runtime.usage(host, id).cpuMilli;
    expect(busy).toBeGreaterThan(1);
    lab.advance(60_000);
    expect(lab.runtime.usage(host, id).cpuMilli).toBeLessThan(busy / 10);
  });
});

describe('a log', () => {
  it('puts lines together from their pieces', () => {
    const lab = new Lab();
    const id = lab.script('printf a; sleep 1; printf "b\\nc"; echo x >&2');
    lab.advance(2000);
    expect(lab.runtime.logs(host, id)).toEqual([
      { at: begin + 1001, stream: 'stdout', text: 'ab\n' },
      { at: begin + 1001, stream: 'stderr', text: 'x\n' },
      { at: begin + 1001, stream: 'stdout', text: 'c' },
    ]);
  });

  it('is read on from where it was', () => {
    const lab = new Lab();
    const id = lab.script('for i in $(seq 1 300); do echo $i; done; sleep 1; echo end');
    lab.advance(500);
    const first = lab.runtime.logsAfter(host, id, 0);
    lab.advance(2000);
    const second = lab.runtime.logsAfter(host, id, first.place);
    expect(first.pieces).toHaveLength(300);
    expect(second.pieces.map(({ text }) => text)).toEqual(['end\n']);
    expect(lab.runtime.logsAfter(host, id, second.place).pieces).toEqual([]);
  });

  it('keeps the newest ten megabytes', () => {
    const lab = new Lab();
    const id = lab.script(
      'x=$(head -c 9000 /dev/zero | tr "\\0" a); i=0; while [ $i -lt 2000 ]; do echo $i$x; i=$((i+1)); done',
    );
    lab.advance(600_000);
    const lines = lab.runtime.logs(host, id);
    const size = lines.reduce((sum, { text }) => sum + text.length, 0);
    expect(lab.exitCode(id)).toBe(0);
    expect(lines.at(-1)?.text.slice(0, 5)).toBe('1999a');
    expect(size).toBeGreaterThan(5 * 2 ** 20);
    expect(size).toBeLessThan(12 * 2 ** 20);
  });
});
