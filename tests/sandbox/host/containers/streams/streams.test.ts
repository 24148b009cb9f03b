import { describe, expect, it } from 'vitest';
import { TestEngine } from '../test-engine.ts';

describe('attaching', () => {
  it('before the start gives everything, even of one that is removed at its end', () => {
    const engine = new TestEngine();
    engine.create('web', {
      Cmd: ['sh', '-c', 'echo hi; echo err >&2; exit 3'],
      HostConfig: { AutoRemove: true },
    });
    const output = engine.stream('POST', '/containers/web/attach?stdout=1&stderr=1&stream=1');
    const end = engine.stream('POST', '/containers/web/wait?condition=removed');
    expect(engine.outcome('POST', '/containers/web/start')).toBe('204');
    engine.advance(5_000);
    expect(engine.read(output)).toBe('hi\nerr\n');
    expect(engine.read(end)).toBe('{"StatusCode":3}\n');
    expect(engine.outcome('GET', '/containers/web/json')).toBe('404 No such container: web');
  });

  it.each([
    ['stdout=1', 'out\n'],
    ['stderr=1', 'err\n'],
    ['stdout=1&stderr=1', 'out\nerr\n'],
  ])('with %s gives only that', (query, text) => {
    const engine = new TestEngine();
    engine.create('web', { Cmd: ['sh', '-c', 'echo out; echo err >&2'] });
    const output = engine.stream('POST', `/containers/web/attach?stream=1&${query}`);
    engine.answer('POST', '/containers/web/start');
    expect(engine.read(output)).toBe(text);
  });

  it('hands on what is typed, and its end', () => {
    const engine = new TestEngine();
    engine.create('web', { Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true });
    const output = engine.stream('POST', '/containers/web/attach?stdin=1&stdout=1&stderr=1&stream=1');
    if (output.kind !== 'output') throw new Error(output.kind);
    output.write('before\n');
    engine.answer('POST', '/containers/web/start');
    expect(engine.read(output, 100)).toBe('before\n');
    output.write('after\n');
    output.closeInput();
    expect(engine.read(output)).toBe('after\n');
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited', ExitCode: 0 });
  });

  it('to one that runs begins with what comes, or with its log', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo first; sleep 2; echo second');
    engine.advance(500);
    const late = engine.stream('POST', '/containers/web/attach?stdout=1&stream=1');
    const whole = engine.stream('POST', '/containers/web/attach?stdout=1&stream=1&logs=1');
    expect(engine.read(late)).toBe('second\n');
    expect(engine.read(whole)).toBe('first\nsecond\n');
  });
});

describe('waiting', () => {
  it.each([
    ['', '{"StatusCode":7}\n'],
    ['?condition=not-running', '{"StatusCode":7}\n'],
    ['?condition=next-exit', ''],
    ['?condition=removed', ''],
  ])('%s for one that has ended gives %j', (query, text) => {
    const engine = new TestEngine();
    engine.script('web', 'exit 7');
    expect(engine.read(engine.stream('POST', `/containers/web/wait${query}`), 1_000)).toBe(text);
  });

  it('for the end of one that runs takes so long', () => {
    const engine = new TestEngine();
    engine.script('web', 'sleep 3; exit 7');
    const before = engine.store.now;
    expect(engine.read(engine.stream('POST', '/containers/web/wait?condition=next-exit'))).toBe(
      '{"StatusCode":7}\n',
    );
    expect(engine.store.now - before).toBe(3_100);
  });
});

describe('a log', () => {
  const script = 'echo one; echo two >&2; sleep 1; echo three; sleep 1; echo four';

  it.each([
    ['', 'one\ntwo\nthree\nfour\n'],
    ['&tail=2', 'three\nfour\n'],
    ['&tail=0', ''],
    ['&tail=all', 'one\ntwo\nthree\nfour\n'],
    ['&stdout=0', 'two\n'],
    ['&since=1767603601', 'three\nfour\n'],
    ['&until=1767603601.5', 'one\ntwo\nthree\n'],
    ['&since=1767603600.5&until=1767603601.5', 'three\n'],
    ['&tail=1&timestamps=1', '2026-01-05T09:00:02.002000000Z four\n'],
    ['&follow=1', 'one\ntwo\nthree\nfour\n'],
  ])('with %j is %j', (query, text) => {
    const engine = new TestEngine();
    engine.script('web', script);
    engine.advance(3_000);
    expect(engine.logs('web', query)).toBe(text);
  });

  it.each([
    ['', 'one\ntwo\nthree\nfour\n'],
    ['&tail=1', 'two\nthree\nfour\n'],
    ['&tail=0&timestamps=1', '2026-01-05T09:00:01.001000000Z three\n2026-01-05T09:00:02.002000000Z four\n'],
    ['&until=1767603601.5', 'one\ntwo\nthree\n'],
  ])('that is followed with %j gives %j', (query, text) => {
    const engine = new TestEngine();
    engine.script('web', script);
    engine.advance(500);
    expect(engine.logs('web', `&follow=1${query}`)).toBe(text);
  });

  it('cannot be read where nothing is kept', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo hi', { HostConfig: { LogConfig: { Type: 'none' } } });
    expect(engine.outcome('GET', '/containers/web/logs?stdout=1')).toBe(
      '501 configured logging driver does not support reading',
    );
  });

  it('says what labels and variables are asked for', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo hi', {
      Labels: { team: 'shop' },
      Env: ['STAGE=test'],
      HostConfig: { LogConfig: { Type: 'json-file', Config: { labels: 'team', env: 'STAGE' } } },
    });
    expect(engine.logs('web', '&details=1')).toBe('STAGE=test,team=shop hi\n');
  });
});

describe('an exec', () => {
  it.each([
    ['a code', { Cmd: ['sh', '-c', 'echo hi; exit 4'] }, 'hi\n[4]'],
    ['variables', { Cmd: ['sh', '-c', 'echo $A $B'], Env: ['B=2'] }, '1 2\n'],
    ['a folder', { Cmd: ['pwd'], WorkingDir: '/tmp' }, '/tmp\n'],
    ['a user', { Cmd: ['id', '-u'], User: '1000' }, '1000\n'],
    ['only errors', { Cmd: ['sh', '-c', 'echo out; echo err >&2'], AttachStdout: false }, 'err\n'],
    [
      'nothing to run',
      { Cmd: ['nosuch'] },
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH\r\n[127]',
    ],
    [
      'no such folder',
      { Cmd: ['ls'], WorkingDir: '/no' },
      'OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("/no") set in config.json failed: no such file or directory\r\n[127]',
    ],
  ])('with %s gives %s', (_, body, text) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], Env: ['A=1'] });
    expect(engine.exec('web', [], body)).toBe(text);
  });

  it('runs once', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const made = engine.answer('POST', '/containers/web/exec', { Cmd: ['true'] });
    const { Id: id } = ('body' in made ? made.body : {}) as { Id: string };
    expect(engine.get(`/exec/${id}/json`)).toMatchObject({ Running: false, ExitCode: null, Pid: 0 });
    expect(engine.outcome('POST', `/exec/${id}/start`, { Detach: true })).toBe('200');
    expect(engine.get(`/exec/${id}/json`)).toMatchObject({ Running: false, ExitCode: 0 });
    expect(engine.outcome('POST', `/exec/${id}/start`, { Detach: true })).toBe(
      `409 exec command ${id} has already run`,
    );
    expect(engine.outcome('GET', '/exec/nosuch/json')).toBe('404 No such exec instance: nosuch');
  });

  it('goes with its container', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const made = engine.answer('POST', '/containers/web/exec', { Cmd: ['sleep', '500'], AttachStdout: true });
    const { Id: id } = ('body' in made ? made.body : {}) as { Id: string };
    const output = engine.stream('POST', `/exec/${id}/start`, {});
    expect(engine.inspect('web', 'ExecIDs')).toEqual([id]);
    engine.answer('POST', '/containers/web/kill');
    expect(engine.read(output, 1_000)).toBe('');
    expect(output.ended).toBe(true);
    expect(engine.get(`/exec/${id}/json`)).toMatchObject({ Running: false, ExitCode: 137 });
    expect(engine.inspect('web', 'ExecIDs')).toBeNull();
  });
});

describe('statistics', () => {
  it('come once, or every second', () => {
    const engine = new TestEngine();
    const id = engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { Memory: 64 * 2 ** 20 } });
    const once = engine.read(engine.stream('GET', '/containers/web/stats?stream=0'));
    expect(JSON.parse(once)).toMatchObject({
      id,
      name: '/web',
      memory_stats: { limit: 64 * 2 ** 20 },
      pids_stats: { current: 1 },
    });
    const stream = engine.stream('GET', '/containers/web/stats');
    expect(engine.read(stream, 3_050).trim().split('\n').length).toBe(4);
    stream.close();
    expect(stream.ended).toBe(true);
  });

  it('say what share of the processors a busy container takes', () => {
    const engine = new TestEngine();
    engine.script('web', 'while true; do :; done', { HostConfig: { NanoCpus: 5e8 } });
    engine.advance(5_000);
    const stats = JSON.parse(engine.read(engine.stream('GET', '/containers/web/stats?stream=0')));
    const used = stats.cpu_stats.cpu_usage.total_usage - stats.precpu_stats.cpu_usage.total_usage;
    const all = stats.cpu_stats.system_cpu_usage - stats.precpu_stats.system_cpu_usage;
    expect((used / all) * stats.cpu_stats.online_cpus).toBeCloseTo(0.5, 2);
  });

  it('are empty for one that does not run', () => {
    const engine = new TestEngine();
    engine.create('web');
    const stats = JSON.parse(engine.read(engine.stream('GET', '/containers/web/stats?stream=0')));
    expect(stats).toMatchObject({ read: '0001-01-01T00:00:00Z', memory_stats: {}, pids_stats: {} });
  });
});

describe('top', () => {
  it.each([
    [
      '',
      ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
      ['root', '1200', '1178', '0', '09:00', '?', '00:00:00', 'sleep 1000'],
    ],
    ['?ps_args=-o%20pid,args', ['PID', 'COMMAND'], ['1200', 'sleep 1000']],
    [
      '?ps_args=aux',
      ['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME', 'COMMAND'],
      ['root', '1200', '0.0', '0.1', '11400', '5200', '?', 'Ss', '09:00', '0:00', 'sleep 1000'],
    ],
  ])('with %j shows what ps shows', (query, Titles, row) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    expect(engine.get(`/containers/web/top${query}`)).toEqual({ Processes: [row], Titles });
  });
});

describe('the details of a log', () => {
  // What is asked for and not there is left out; checked with 29.7.2.
  it.each([
    [{ labels: 'a,none', env: 'B,none' }, 'B=2,a=1 one\nB=2,a=1 two'],
    [{ labels: 'a' }, 'a=1 one\na=1 two'],
    [{}, ' one\n two'],
  ])('are what the options %j of its driver name', (Config, text) => {
    const engine = new TestEngine();
    engine.script('web', 'echo one; printf two', {
      Labels: { a: '1', c: '3' },
      Env: ['B=2', 'D=4'],
      HostConfig: { LogConfig: { Type: 'json-file', Config } },
    });
    engine.advance(1000);
    expect(engine.logs('web', '&details=1')).toBe(text);
  });
});
