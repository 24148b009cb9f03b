import { describe, expect, it } from 'vitest';
import type {
  EngineRequest,
  EngineResponse,
  MessageStream,
} from '../../../src/sandbox/host/engine/request.ts';
import { runDocker } from './run-docker.ts';

// Which containers `docker stats` follows, as cli/command/container/stats.go of docker/cli has it.

/** Statistics that come once and then no more, or go on for ever. */
function stream(all: readonly unknown[], isOver: boolean): MessageStream {
  const rest = [...all];
  return {
    kind: 'messages',
    next: () => rest.splice(0),
    get ended() {
      return isOver && rest.length === 0;
    },
    close() {},
  };
}

const statistics = (name: string): object => ({
  id: name.repeat(64),
  name: `/${name}`,
  cpu_stats: {},
  precpu_stats: {},
});

/** An engine with two containers, and what happens to others. */
function engine(events: readonly object[], isOver = false): (request: EngineRequest) => EngineResponse {
  return ({ path, query }) => {
    const [, name] = /^\/containers\/(.*)\/stats$/.exec(path) ?? [];
    if (name === 'lost') return { status: 404, body: { message: 'No such container: lost' } };
    if (name !== undefined)
      return { status: 200, stream: stream([statistics(name)], isOver || query.stream === 'false') };
    if (path === '/events') return { status: 200, stream: stream(events, false) };
    return { status: 200, body: [{ Id: 'a' }, { Id: 'b' }] };
  };
}

const event = (Action: string, ID: string): object => ({ Action, Actor: { ID } });

/** What stands in the last picture. */
function last({ stdout }: { readonly stdout: string }): readonly string[] {
  const pictures = stdout.split('\x1b[H');
  return (pictures.at(-1) ?? '').split('\n').flatMap((line) => line.match(/^\w+/) ?? []);
}

const names = ['--format', '{{.Container}}'];

describe('docker stats', () => {
  it.each<[string, string[], object[], string[]]>([
    ['those that run', [], [], ['a', 'b']],
    ['one that starts', [], [event('start', 'c'), event('start', 'a')], ['a', 'b', 'c']],
    ['no more one that ends', [], [event('die', 'a'), event('die', 'z')], ['b']],
    ['no more one that is removed', [], [event('destroy', 'b')], ['a']],
    ['with -a one that is made', ['-a'], [event('create', 'c')], ['a', 'b', 'c']],
    ['with -a one that has ended', ['-a'], [event('die', 'a'), event('create', 'a')], ['a', 'b']],
    ['not one that is only made', [], [event('create', 'c')], ['a', 'b']],
  ])('follows %s', (_, flags, events, shown) => {
    const printed = runDocker(['docker', 'stats', ...flags, ...names], {
      answer: engine(events),
      isTerminal: true,
      clock: { now: 0 },
    });
    expect(last(printed)).toEqual(shown);
    expect(printed.code, 'it goes on until Ctrl-C').toBeUndefined();
  });

  it('of containers that are named ends with them', () => {
    const printed = runDocker(['docker', 'stats', ...names, 'a'], {
      answer: engine([], true),
      clock: { now: 0 },
    });
    expect(printed).toMatchObject({ stdout: '\x1b[H\x1b[J', stderr: '', code: 0 });
  });

  it('once shows what there is, and says what is not there', () => {
    const once = ['docker', 'stats', '--no-stream', ...names];
    expect(runDocker(once, { answer: engine([]) })).toMatchObject({ stdout: 'a\nb\n', code: 0 });
    expect(runDocker([...once, 'a', 'a'], { answer: engine([]) }).stdout).toBe('a\n');
    expect(runDocker([...once, 'a', 'lost'], { answer: engine([]) })).toMatchObject({
      stdout: '',
      stderr: 'Error response from daemon: No such container: lost\n',
      code: 1,
    });
  });
});
