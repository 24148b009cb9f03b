import { describe, expect, it } from 'vitest';
import { ComposeMachine } from './project.ts';

const service = (name: string, command: string): string =>
  `  ${name}: {image: "busybox:1.36", init: true, command: ${command}}`;

describe('docker compose at a terminal', () => {
  it('shows the list of what was done, how it ended and how long it took', () => {
    const machine = new ComposeMachine(`${service('web', 'sleep 1d')}\n${service('database', 'sleep 1d')}`);
    const { text, code } = machine.sit('docker compose up -d');
    expect(code).toBe(0);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('[+] up 3/3');
    expect(lines.slice(1).map((line) => line.replace(/ +\d+\.\ds$/, ''))).toEqual([
      ' ✔ Network shop_default      Created',
      ' ✔ Container shop-database-1 Started',
      ' ✔ Container shop-web-1      Started',
    ]);
    for (const line of lines.slice(1)) expect(line).toHaveLength(80);
  });

  it('leaves starts out of the list where output follows, as the real one does', () => {
    const machine = new ComposeMachine(service('web', '"echo done"'));
    const { text } = machine.sit('docker compose up');
    expect(text).toContain(' ✔ Container shop-web-1 Created');
    expect(text).not.toContain('Start');
    expect(text).toContain('web-1  | done\n');
  });

  it('asks before it removes containers, and takes silence for no', () => {
    const machine = new ComposeMachine(service('web', '"true"'));
    machine.run('docker compose up');
    expect(machine.run('docker compose rm').text).toBe('Going to remove shop-web-1');
    expect(machine.run('docker compose ps -aq').text).not.toBe('');
  });
});

describe('docker compose run', () => {
  it('does not take the containers of its own service for orphans', () => {
    const machine = new ComposeMachine(service('web', 'sleep 1d'));
    machine.run('docker compose up -d');
    expect(machine.run('docker compose run --rm -T web echo hi').text).not.toContain('orphan');
  });

  it('gives the command a terminal where there is one', () => {
    const machine = new ComposeMachine(service('web', 'sleep 1d'));
    expect(machine.sit('docker compose run --rm web sh -c "test -t 1 && echo terminal"').text).toContain(
      'terminal\r\n',
    );
    expect(machine.run('docker compose run --rm web sh -c "test -t 1 || echo none"').text).toContain(
      'none\n',
    );
  });
});

describe('Ctrl-C', () => {
  it('in an attached up stops what was started, and shows it up to its end', () => {
    const machine = new ComposeMachine(
      `${service('web', '["sh", "-c", "echo up; exec sleep 1d"]')}\n  slow: {image: "busybox:1.36", command: sleep 1d, depends_on: [web]}`,
    );
    const { text } = machine.sit('docker compose up', 20_000);
    expect(text).toContain('web-1  | up\n');
    expect(text.slice(text.indexOf('Gracefully'))).toBe(
      [
        'Gracefully Stopping... press Ctrl+C again to force',
        'Container shop-slow-1 Stopping ',
        'Container shop-slow-1 Stopped ',
        'Container shop-web-1 Stopping ',
        'Container shop-web-1 Stopped ',
        '\r\x1b[Kslow-1 exited with code 137',
        '\r\x1b[Kweb-1 exited with code 143',
        '',
      ].join('\n'),
    );
    expect(machine.run("docker compose ps -a --format '{{.State}}'").text).toBe('exited\nexited\n');
  });

  it('in an attached up that has not started everything ends it all the same', () => {
    const web =
      '  web: {image: "busybox:1.36", command: sleep 1d, depends_on: {first: {condition: service_healthy}}}';
    const first =
      '  first: {image: "busybox:1.36", init: true, command: sleep 1d, healthcheck: {test: ["CMD", "false"], interval: 1m}}';
    const { text, code } = new ComposeMachine(`${web}\n${first}`).sit('docker compose up', 20_000, 60_000);
    expect(text).toMatch(/Container shop-first-1 Stopped \n(.*\n)?\r\x1b\[Kfirst-1 exited with code 143\n$/);
    expect(code).toBe(0);
  });

  it('a second time kills it', () => {
    const machine = new ComposeMachine(
      `${service('web', 'sleep 1d')}\n  slow: {image: "busybox:1.36", command: sleep 1d, depends_on: [web]}`,
    );
    const begun = machine.sandbox.cluster.now;
    const { text } = machine.sit('docker compose up', 20_000, 22_000);
    expect(text.slice(text.indexOf('Gracefully')).split('\n').slice(0, 6)).toEqual([
      'Gracefully Stopping... press Ctrl+C again to force',
      'Container shop-slow-1 Stopping ',
      'Container shop-slow-1 Killing ',
      'Container shop-slow-1 Killed ',
      'Container shop-web-1 Killing ',
      'Container shop-web-1 Killed ',
    ]);
    expect(text.trimEnd()).toMatch(/Container shop-web-1 Stopped$/);
    expect(machine.sandbox.cluster.now - begun).toBeLessThan(24_000);
    expect(machine.run("docker compose ps -a --format '{{.ExitCode}}'").text).toBe('137\n137\n');
  });

  it('in logs -f ends the logs alone', () => {
    const machine = new ComposeMachine(service('web', '["sh", "-c", "echo up; exec sleep 1d"]'));
    machine.run('docker compose up -d; sleep 2');
    expect(machine.sit('docker compose logs -f', 20_000)).toEqual({ text: 'web-1  | up\n', code: 130 });
    expect(machine.run("docker compose ps --format '{{.State}}'").text).toBe('running\n');
  });

  it('in a pull leaves the machine as it was', () => {
    const machine = new ComposeMachine('  web: {image: "nginx:1.27"}');
    expect(machine.sit('docker compose pull', 600).code).toBe(130);
    expect(machine.run('docker compose ps -aq')).toEqual({ text: '', code: 0 });
  });
});

describe('logs -f', () => {
  it('shows what containers write that start later, and ends when none is left', () => {
    const machine = new ComposeMachine(service('web', '["sh", "-c", "echo one; sleep 3; echo two"]'));
    machine.run('docker compose up -d');
    const { text, code } = machine.sit('docker compose logs -f');
    expect(code).toBe(0);
    expect(text).toBe('web-1  | one\nweb-1  | two\n\r\x1b[Kweb-1 exited with code 0\n');
  });
});

describe('undo', () => {
  it('takes a whole project back', () => {
    const machine = new ComposeMachine(service('web', 'sleep 1d'));
    const before = machine.sandbox.snapshot();
    machine.run('docker compose up -d');
    expect(machine.run('docker compose ps -q').text).not.toBe('');
    machine.sandbox.restore(before);
    expect(machine.run('docker compose ps -aq; docker network ls -q --filter name=shop').text).toBe('');
    expect(machine.run('docker compose up -d').code).toBe(0);
  });
});
