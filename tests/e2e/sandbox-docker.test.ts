import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import type { Lesson } from '../../src/lesson/lesson.ts';
import { nodeUnderTest } from './node-under-test.ts';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

const prompt = /\$$/m;

/** The sandbox's shell, after lines that prepare its world. */
async function sandboxAfter(home: string, ...lines: readonly string[]): Promise<Terminal> {
  if (lines.length > 0) await runProgram(['sandbox', '-c', lines.join('\n')], home);
  const terminal = new Terminal(['sandbox'], { home, rows: 40 });
  await terminal.sees(/^sandbox \(default\).* \$$/m);
  return terminal;
}

/** Types a whole line at once, as it is pasted. */
async function enter(terminal: Terminal, line: string): Promise<void> {
  await terminal.type(`${line}${key.enter}`);
}

describe('the Docker host, typed into', () => {
  it('runs a container, shows its output until Ctrl-C, and lets somebody in', async () => {
    using home = emptyHome();
    const terminal = await sandboxAfter(
      home.path,
      'docker pull -q nginx:1.28',
      'docker pull -q busybox:1.36',
    );
    await enter(terminal, 'docker run -d --name web -p 8080:80 nginx:1.28');
    await terminal.sees(/^[0-9a-f]{64}$/m);
    await enter(terminal, "docker ps --format '{{.Names}} {{.Ports}}'");
    await terminal.sees('web 0.0.0.0:8080->80/tcp');
    await enter(terminal, 'docker logs -f web');
    await terminal.sees('start worker processes');
    await terminal.type(key.ctrlC);
    await terminal.sees(/\^C\n.*\$$/);
    await enter(terminal, 'docker exec -it web sh');
    await terminal.sees(/^#$/m);
    await terminal.type(...'echo in $HOSTNAME', key.enter);
    await terminal.sees(/^in [0-9a-f]{12}$/m);
    await terminal.type(key.ctrlD);
    await terminal.sees(prompt);
    await enter(terminal, 'docker run --rm busybox:1.36 sh -c "echo up; sleep 1000"');
    await terminal.sees(/^up$/m);
    for (let press = 0; press < 3; press++) await terminal.type(key.ctrlC);
    await terminal.sees('got 3 SIGTERM/SIGINTs, forcefully exiting');
    await enter(terminal, 'echo $?');
    await terminal.sees(/^1$/m);
    terminal.kill('SIGKILL');
  });

  it('draws the bars of a pull only where a terminal has room for them', async () => {
    for (const [columns, hasBars] of [
      [80, false],
      [140, true],
    ] as const) {
      using home = emptyHome();
      const terminal = new Terminal(['sandbox'], { home: home.path, columns });
      await terminal.sees(/^sandbox \(default\).* \$$/m);
      await enter(terminal, 'docker pull nginx:1.28');
      await terminal.sees('Status: Downloaded newer image');
      expect(terminal.raw).toContain('Downloading');
      expect(/\[=*>/.test(terminal.raw)).toBe(hasBars);
      terminal.kill('SIGKILL');
    }
  });

  it('builds the project, starts it, and stops it with Ctrl-C', async () => {
    using home = emptyHome();
    const pulls = 'docker pull -q nginx:1.28 >/dev/null; docker pull -q redis:7';
    const terminal = await sandboxAfter(
      home.path,
      pulls,
      'cd ~/shop; docker compose build -q; docker compose create',
    );
    await enter(terminal, 'cd ~/shop && docker build -q -t mine .');
    await terminal.sees(/^sha256:[0-9a-f]{64}$/m);
    await enter(terminal, 'docker compose up');
    await terminal.sees('Attaching to');
    await terminal.saw(/cache-1 +\| .*Ready to accept connections/);
    await terminal.type(key.ctrlC);
    await terminal.sees('Gracefully Stopping... press Ctrl+C again to force');
    await terminal.sees('Container shop-cache-1 Stopped');
    await enter(terminal, 'docker compose down');
    await terminal.sees(/Network shop_default +Removed/);
    terminal.kill('SIGKILL');
  });

  it('keeps a password to itself', async () => {
    using home = emptyHome();
    const terminal = await sandboxAfter(home.path);
    await enter(terminal, 'docker login registry.example.com -u you');
    await terminal.sees('Password:');
    await terminal.type(...'s3cr3t', key.enter);
    await terminal.sees(/^(Login Succeeded|Error.*)$/m);
    expect(terminal.raw).not.toContain('s3cr3t');
    terminal.kill('SIGKILL');
  });

  it('is shown as it changes, and says why', async () => {
    using home = emptyHome();
    const terminal = await sandboxAfter(
      home.path,
      'docker pull -q busybox:1.36',
      'docker run --name it busybox:1.36 false',
    );
    await enter(terminal, 'show docker');
    await terminal.sees(/it +Exited \(1\)/);
    await enter(terminal, 'why');
    await terminal.sees(/it.*1/);
    await enter(terminal, 'show --watch');
    await terminal.sees('Your machine: Docker');
    await terminal.type(key.ctrlC);
    await terminal.sees(prompt);
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\x1b[?25l'));
    terminal.kill('SIGKILL');
  });

  const hasBash = spawnSync('bash', ['--version']).status === 0;
  it.skipIf(!hasBash)('goes on after Ctrl-Z and fg while a command runs (skipped without bash)', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['--norc', '--noprofile', '-i'], {
      home: home.path,
      instead: 'bash',
      env: { PS1: 'ready> ' },
    });
    await terminal.sees('ready>');
    await enter(terminal, `'${nodeUnderTest}' '${inject('program')}' sandbox`);
    await terminal.sees('sandbox (default) $');
    await enter(terminal, 'sleep 1; echo back again');
    await terminal.type('\x1a');
    await terminal.sees('Stopped');
    await enter(terminal, 'fg');
    await terminal.sees(/^back again$/m);
    await terminal.sees(prompt);
    await terminal.type(key.ctrlD);
    await terminal.sees(/ready>$/);
    terminal.kill('SIGKILL');
  });
});

describe('what is typed into the sandbox', () => {
  it('may be several lines that are pasted, and a line for the other program is answered by its counterpart', async () => {
    using home = emptyHome();
    const terminal = await sandboxAfter(home.path);
    await terminal.type('for name in a b; do\r  echo "<$name>"\rdone\recho over\r');
    await terminal.sees(/^<a>\n<b>$/m);
    await terminal.sees(/^over$/m);
    await enter(terminal, 'docker get pods');
    await terminal.sees('→ kubectl get pods asks the cluster; in Docker: docker ps');
    await enter(terminal, 'map docker ps');
    await terminal.sees('kubectl get pods');
    terminal.kill('SIGKILL');
  });

  it('goes to a node while one is there', async () => {
    using home = emptyHome();
    const terminal = await sandboxAfter(home.path);
    await enter(terminal, 'node ssh worker-1');
    await terminal.sees(/worker-1.*[#$]$/m);
    await enter(terminal, 'crictl ps');
    await terminal.sees(/^CONTAINER +IMAGE +CREATED/m);
    await enter(terminal, 'exit');
    await terminal.sees('sandbox (default) $');
    terminal.kill('SIGKILL');
  });
});

describe("a lesson's world", () => {
  it('is opened by a key at its task, and by its name', async () => {
    using home = emptyHome();
    const { stdout } = await runProgram(['learn', 'pods', '--json'], home.path);
    const { lesson } = JSON.parse(stdout) as { lesson: Lesson };
    const step = lesson.steps.find(({ task }) => task)?.id ?? '';
    const place = { step, at: '2026-01-01T00:00:00.000Z' };
    const folder = join(home.path, '.local', 'state', 'k8s-docker-tutor');
    mkdirSync(folder, { recursive: true });
    const progress = { version: 1, lessons: { pods: place }, answers: [] };
    writeFileSync(join(folder, 'progress.json'), JSON.stringify(progress));

    const terminal = new Terminal(['learn', 'pods'], { home: home.path });
    await terminal.sees(/Enter (begins|goes on)/);
    await terminal.type(key.enter);
    await terminal.sees('s opens the sandbox');
    await terminal.type('s');
    await terminal.sees(/\(shop\) \$$/m);
    await enter(terminal, 'kubectl create configmap mine');
    await terminal.sees('configmap/mine created');
    await terminal.type(key.ctrlD);
    await terminal.sees('Enter shows one way');
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
    const words = ['sandbox', '--lesson', 'pods', '-c', 'kubectl get configmap mine -o name'];
    expect((await runProgram(words, home.path)).stdout).toBe('configmap/mine\n');
  });
});
