import { describe, expect, it } from 'vitest';
import { begin, TestEngine } from './test-engine.ts';

/** When a container started, in milliseconds after it was made. */
function starts(engine: TestEngine): readonly number[] {
  return Object.values(
    engine.store.table('docker/events') as Record<string, { action: string; type: string; at: number }>,
  )
    .filter(({ action, type }) => action === 'start' && type === 'container')
    .map(({ at }) => at - begin);
}

describe('a restart policy', () => {
  it.each([
    ['no', 0, 1, 0],
    ['always', 0, 1, 6],
    ['always', 0, 0, 6],
    ['unless-stopped', 0, 1, 6],
    ['on-failure', 0, 1, 6],
    ['on-failure', 0, 0, 0],
    ['on-failure', 2, 1, 2],
  ])(
    '%s with %i at most, of a container that ends with %i, starts it again %i times',
    (Name, MaximumRetryCount, code, count) => {
      const engine = new TestEngine();
      engine.script('web', `exit ${code}`, { HostConfig: { RestartPolicy: { Name, MaximumRetryCount } } });
      engine.advance(4_000);
      expect(engine.get<{ RestartCount: number }>('/containers/web/json').RestartCount).toBe(count);
    },
  );

  it('waits 100 ms, and twice as long each time, up to a minute', () => {
    const engine = new TestEngine();
    engine.script('web', 'exit 1', { HostConfig: { RestartPolicy: { Name: 'always' } } });
    engine.advance(400_000);
    const times = starts(engine);
    const pauses = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(pauses.slice(0, 11)).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000]);
  });

  it('begins anew after a run of ten seconds', () => {
    const engine = new TestEngine();
    engine.script('web', 'sleep 12; exit 1', { HostConfig: { RestartPolicy: { Name: 'always' } } });
    engine.advance(40_000);
    const times = starts(engine);
    const pauses = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(pauses.every((pause) => pause >= 12_100 && pause < 12_150)).toBe(true);
    expect(pauses.length).toBe(3);
  });

  it('shows between two runs how the last one ended', () => {
    const engine = new TestEngine();
    engine.script('web', 'exit 3', { HostConfig: { RestartPolicy: { Name: 'always' } } });
    engine.advance(5_000);
    expect(engine.inspect('web', 'State')).toMatchObject({
      Status: 'restarting',
      Running: true,
      Restarting: true,
      ExitCode: 3,
      Pid: 0,
    });
    expect(engine.get<object[]>('/containers/json')[0]).toMatchObject({
      State: 'restarting',
      Status: 'Restarting (3) 1 second ago',
    });
    expect(engine.outcome('POST', '/containers/web/exec', { Cmd: ['ls'] })).toMatch(
      /^409 Container [0-9a-f]{64} is restarting, wait until the container is running$/,
    );
  });

  it.each(['always', 'unless-stopped', 'on-failure'])('%s leaves alone what somebody stopped', (Name) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { RestartPolicy: { Name } } });
    engine.answer('POST', '/containers/web/stop?t=0');
    engine.advance(10_000);
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited' });
  });

  it('is over when somebody stops it in between', () => {
    const engine = new TestEngine();
    const id = engine.script('web', 'test -e /tmp/ok && sleep 1000; exit 1', {
      HostConfig: { RestartPolicy: { Name: 'always' } },
    });
    engine.advance(5_000);
    expect(engine.outcome('POST', '/containers/web/stop')).toBe('204');
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited', ExitCode: 1 });
    engine.advance(60_000);
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited' });
    engine.runtime.writeFile('laptop', id, '/tmp/ok', '');
    expect(engine.outcome('POST', '/containers/web/start')).toBe('204');
    expect(engine.get<{ RestartCount: number }>('/containers/web/json').RestartCount).toBe(0);
  });

  it('does not bring back one that was killed', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { RestartPolicy: { Name: 'always' } } });
    engine.answer('POST', '/containers/web/kill');
    engine.advance(5_000);
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited', ExitCode: 137 });
  });
});

describe('health checks', () => {
  const check = (test: string, more: object = {}) => ({
    Cmd: ['sleep', '1000'],
    Healthcheck: { Test: ['CMD-SHELL', test], Interval: 1e9, Retries: 2, ...more },
  });

  it('make a container healthy, and unhealthy after so many failures', () => {
    const engine = new TestEngine();
    engine.run('web', check('test -e /tmp/ok || { echo no; exit 1; }'));
    engine.exec('web', ['touch', '/tmp/ok']);
    const status = () => engine.get<{ Status: string }[]>('/containers/json')[0]?.Status;
    expect(status()).toContain('(health: starting)');
    engine.advance(1_500);
    expect(status()).toContain('(healthy)');
    engine.exec('web', ['rm', '/tmp/ok']);
    engine.advance(1_100);
    expect(status()).toContain('(healthy)');
    engine.advance(1_100);
    expect(status()).toContain('(unhealthy)');
    engine.advance(10_000);
    const { Health } = engine.inspect<{ Health: { Log: object[]; FailingStreak: number } }>('web', 'State');
    expect(Health.Log.length).toBe(5);
    expect(Health.FailingStreak).toBeGreaterThan(8);
    expect(Health.Log[0]).toMatchObject({ ExitCode: 1, Output: 'no\n' });
    expect(engine.events('web').filter((event) => event.startsWith('health'))).toEqual([
      'health_status: healthy',
      'health_status: unhealthy',
    ]);
  });

  it('do not count failures in the start period, and come more often then', () => {
    const engine = new TestEngine();
    engine.run('web', check('exit 1', { Interval: 30e9, StartPeriod: 5e9, StartInterval: 1e9 }));
    engine.advance(4_900);
    const health = () =>
      engine.inspect<{ Health: { Log: object[]; FailingStreak: number; Status: string } }>('web', 'State')
        .Health;
    expect(health()).toMatchObject({ Status: 'starting', FailingStreak: 0 });
    expect(health().Log.length).toBe(4);
    engine.advance(70_000);
    expect(health()).toMatchObject({ Status: 'unhealthy' });
  });

  it('fail when they take too long', () => {
    const engine = new TestEngine();
    engine.run('web', check('', { Test: ['CMD', 'sleep', '77'], Timeout: 2e9 }));
    engine.advance(3_500);
    const { Health } = engine.inspect<{ Health: { Log: object[] } }>('web', 'State');
    expect(Health.Log[0]).toMatchObject({ ExitCode: -1, Output: 'Health check exceeded timeout (2s)' });
    expect(engine.exec('web', ['sh', '-c', 'ps | grep -c "slee[p] 77"'])).toBe('0\n[1]');
  });

  it('fail when their command is not there', () => {
    const engine = new TestEngine();
    engine.run('web', check('', { Test: ['CMD', 'nosuch'] }));
    engine.advance(1_500);
    const { Health } = engine.inspect<{ Health: { Log: object[] } }>('web', 'State');
    expect(Health.Log[0]).toMatchObject({
      ExitCode: -1,
      Output:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH',
    });
  });

  it('rest while a container does not run', () => {
    const engine = new TestEngine();
    engine.run('web', check('exit 0'));
    engine.answer('POST', '/containers/web/stop?t=0');
    engine.advance(20_000);
    const timers = Object.keys(engine.store.table('timers'));
    expect(timers.filter((timer) => timer.startsWith('docker'))).toEqual([]);
  });
});
