import { describe, expect, it } from 'vitest';
import { TestEngine } from './test-engine.ts';

/** The processes of a container, in columns of `ps -o`. */
function top(engine: TestEngine, columns: string): readonly (readonly string[])[] {
  const { Processes } = engine.get<{ readonly Processes: readonly string[][] }>(
    `/containers/web/top?ps_args=-o pid,${columns}`,
  );
  return Processes.map(([, ...rest]) => rest);
}

describe('ps of a container', () => {
  it('shows the terminal of a process, and who it is on the laptop', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], Tty: true, User: '1000' });
    expect(top(engine, 'stat,tty,uid,comm')).toEqual([['Ss+', 'pts/0', 'you', 'sleep']]);
  });

  it('shows one without a terminal', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['/bin/sleep', '1000'] });
    expect(top(engine, 'stat,tty,uid,comm')).toEqual([['Ss', '?', '0', 'sleep']]);
  });

  it.each([
    [5_000, '00:05', '09:00'],
    [3_725_000, '01:02:05', '09:00'],
    [90_061_000, '1-01:01:01', 'Jan05'],
  ])('says after %d ms that %s have passed, since %s', (milliseconds, elapsed, since) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000000'] });
    engine.advance(milliseconds);
    expect(top(engine, 'etime,stime')).toEqual([[elapsed, since]]);
  });

  it('takes the switches of BSD', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const { Titles, Processes } = engine.get<{ Titles: string[]; Processes: string[][] }>(
      '/containers/web/top?ps_args=ax',
    );
    expect([Titles, ...Processes.map((each) => each.slice(1))]).toEqual([
      ['PID', 'TTY', 'STAT', 'TIME', 'COMMAND'],
      ['?', 'Ss', '0:00', 'sleep 1000'],
    ]);
  });
});
