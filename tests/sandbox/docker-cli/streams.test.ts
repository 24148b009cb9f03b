import { describe, expect, it } from 'vitest';
import { confirm } from '../../../src/sandbox/docker/streams/confirm.ts';
import { displayMessages, type JsonMessage } from '../../../src/sandbox/docker/streams/json-messages.ts';
import { keysOf, talk } from '../../../src/sandbox/docker/streams/talk.ts';
import { print, type Steps } from '../../../src/sandbox/effects.ts';
import type { MessageStream, OutputStream } from '../../../src/sandbox/host/engine/request.ts';
import { drive, type Place, type Printed } from './run-docker.ts';

function ran<Value>(steps: Steps<Value>, place: Place = {}): Printed & { readonly value: Value | undefined } {
  const printed: Printed = { stdout: '', stderr: '', code: undefined, requests: [] };
  const value = drive(steps, place, printed);
  return { ...printed, value };
}

/** Gives one message at each reading. */
function messages(...all: readonly JsonMessage[]): MessageStream & { closed: number } {
  const rest = [...all];
  return {
    kind: 'messages',
    closed: 0,
    next: () => rest.splice(0, 1),
    get ended() {
      return rest.length === 0;
    },
    close() {
      this.closed += 1;
    },
  };
}

const pull: readonly JsonMessage[] = [
  { status: 'Pulling from library/nginx', id: '1.27' },
  { status: 'Pulling fs layer', id: 'aaaa', progressDetail: {} },
  { status: 'Downloading', id: 'aaaa', progressDetail: { current: 500_000, total: 1_000_000 } },
  { status: 'Download complete', id: 'aaaa', progressDetail: { hidecounts: true } },
  { status: 'Status: Downloaded newer image for nginx:1.27' },
];

describe('messages of a pull', () => {
  it('are lines without bars where nothing can be drawn again', () => {
    const stream = messages(...pull);
    const { stdout, stderr } = ran(displayMessages(stream));
    expect(stdout).toBe(
      '1.27: Pulling from library/nginx\naaaa: Pulling fs layer\naaaa: Download complete\nStatus: Downloaded newer image for nginx:1.27\n',
    );
    expect({ stderr, closed: stream.closed }).toEqual({ stderr: '', closed: 1 });
  });

  it('have a line for each id in a terminal, which is drawn again', () => {
    const { stdout } = ran(displayMessages(messages(...pull)), { isTerminal: true });
    const again = '\x1b[1A\x1b[2K\r';
    const bar = `[${'='.repeat(25)}>${' '.repeat(25)}]    500kB/1MB`;
    expect(stdout).toBe(
      `1.27: Pulling from library/nginx\n\n${again}aaaa: Pulling fs layer \r\x1b[1B${again}aaaa: Downloading ${bar}\r\x1b[1B${again}aaaa: Download complete \r\x1b[1BStatus: Downloaded newer image for nginx:1.27\n`,
    );
  });

  it('go to standard error, or nowhere', () => {
    expect(ran(displayMessages(messages(...pull), { to: 'stderr' })).stderr).toContain('Pulling');
    const quiet = ran(displayMessages(messages(...pull), { isQuiet: true }));
    expect(quiet.stdout + quiet.stderr).toBe('');
  });

  it('may be for a program', () => {
    const heard: unknown[] = [];
    const stream = messages({ aux: { Tag: '1.0' } }, { stream: 'Loaded image\n' });
    expect(ran(displayMessages(stream, { aux: (value) => heard.push(value) })).stdout).toBe('Loaded image\n');
    expect(heard).toEqual([{ Tag: '1.0' }]);
  });

  it('end with what went wrong, also where nothing is shown', () => {
    const stream = messages({ errorDetail: { message: 'no space' }, error: 'no space' }, { status: 'more' });
    expect(() => ran(displayMessages(stream, { isQuiet: true }))).toThrow('no space');
    expect(stream.closed).toBe(1);
  });
});

describe('a bar', () => {
  const [half, whole] = ['='.repeat(25), '='.repeat(50)];

  // The cases of TestRenderTUIProgress of moby (client/pkg/jsonmessage), in a narrow and in a wide terminal.
  it.each<[string, NonNullable<JsonMessage['progressDetail']>, string, string]>([
    ['is nothing at first', {}, '', ''],
    ['has no end where none is known', { current: 1 }, '      1B', '      1B'],
    ['has units of its own', { current: 7, units: 's' }, '7 s', '7 s'],
    [
      'shows how much is done',
      { current: 50, total: 100 },
      '     50B/100B',
      `[${half}>${' '.repeat(25)}]      50B/100B`,
    ],
    [
      'is full where more is done than there was',
      { current: 50, total: 40 },
      '     50B',
      `[${whole}>]      50B`,
    ],
    [
      'counts units',
      { current: 50, total: 100, units: 'units' },
      '50/100 units',
      `[${half}>${' '.repeat(25)}] 50/100 units`,
    ],
    [
      'counts units where more is done than there was',
      { current: 50, total: 40, units: 'units' },
      '50 units',
      `[${whole}>] 50 units`,
    ],
    [
      'may hide its numbers',
      { current: 50, total: 100, hidecounts: true },
      '',
      `[${half}>${' '.repeat(25)}] `,
    ],
  ])('%s', (_, progressDetail, narrow, wide) => {
    const shown = (columns: number): string => {
      const stream = messages({ id: 'a', status: 'Doing', progressDetail });
      return ran(displayMessages(stream), { isTerminal: true, columns }).stdout;
    };
    expect(shown(100)).toBe(`\n\x1b[1A\x1b[2K\ra: Doing ${narrow}\r\x1b[1B`);
    expect(shown(200)).toBe(`\n\x1b[1A\x1b[2K\ra: Doing ${wide}\r\x1b[1B`);
  });
});

interface FakeOutput extends OutputStream {
  readonly written: string[];
  closed: number;
}

/** A process that answers what is typed; it ends when its input does, or with the last of its lines. */
function output(
  lines: readonly (readonly ['stdout' | 'stderr', string])[],
  endsWithInput: boolean,
): FakeOutput {
  const rest = lines.map(([stream, text]) => ({ at: 0, stream, text }));
  let isOpen = true;
  return {
    kind: 'output',
    written: [],
    closed: 0,
    next: () => rest.splice(0, 1),
    write(text) {
      this.written.push(text);
      rest.push({ at: 0, stream: 'stdout', text: `<${text}>` });
    },
    closeInput() {
      isOpen = false;
    },
    get ended() {
      return rest.length === 0 && !(endsWithInput && isOpen);
    },
    close() {
      this.closed += 1;
    },
  };
}

describe('a talk with a process', () => {
  it('keeps its two outputs apart, and ends with it', () => {
    const stream = output(
      [
        ['stdout', 'a\n'],
        ['stderr', 'b\n'],
        ['stdout', 'c\n'],
      ],
      false,
    );
    const { stdout, stderr, value } = ran(talk(stream, { stdin: false, tty: false }));
    expect({ stdout, stderr, value }).toEqual({ stdout: 'a\nc\n', stderr: 'b\n', value: 'ended' });
    expect(stream.closed).toBe(1);
  });

  it('leaves out what is not attached', () => {
    const both = [
      ['stdout', 'a'],
      ['stderr', 'b'],
    ] as const;
    const only = ran(talk(output(both, false), { stdin: false, tty: false, stdout: false }));
    expect({ stdout: only.stdout, stderr: only.stderr }).toEqual({ stdout: '', stderr: 'b' });
    expect(ran(talk(output(both, false), { stdin: false, tty: false, stderr: false })).stderr).toBe('');
  });

  it('hands on what is typed, and the end of it', () => {
    const stream = output([], true);
    const { stdout } = ran(talk(stream, { stdin: true, tty: false }), { typed: ['one\n', 'two\n'] });
    expect(stream.written).toEqual(['one\n', 'two\n']);
    expect(stdout).toBe('<one\n><two\n>');
  });

  it('is left by ctrl-p ctrl-q in a terminal, and the process goes on', () => {
    const stream = output([], true);
    const { value } = ran(talk(stream, { stdin: true, tty: true }), { typed: ['ls\n\x10\x11more'] });
    expect({ value, written: stream.written }).toEqual({ value: 'detached', written: ['ls\n'] });
  });

  it('is left by other keys where they are given, and only then', () => {
    const given = { stdin: true, tty: true, detachKeys: keysOf('ctrl-x,q') };
    const stream = output([], true);
    expect(ran(talk(stream, given), { typed: ['\x10\x11', '\x18q'] }).value).toBe('detached');
    expect(stream.written).toEqual(['\x10\x11']);
    const plain = output([], true);
    expect(ran(talk(plain, { stdin: true, tty: false }), { typed: ['\x10\x11'] }).value).toBe('ended');
  });

  it('that is ended by Ctrl-C says so to the process, and shows what it says to that', () => {
    const stream = output([], true);
    const told: string[] = [];
    const given = {
      stdin: false,
      tty: false,
      *interrupted(): Steps<boolean> {
        yield* print('heard: ');
        told.push('SIGINT');
        stream.write('bye');
        return false;
      },
    };
    const { stdout, value } = ran(talk(stream, given), { patience: 3 });
    expect({ stdout, value, told }).toEqual({ stdout: 'heard: <bye>', value: undefined, told: ['SIGINT'] });
    expect(stream.closed).toBe(1);
  });

  it('with a terminal types Ctrl-C into the process', () => {
    const stream = output([], true);
    ran(talk(stream, { stdin: false, tty: true }), { patience: 3 });
    expect(stream.written).toEqual(['\x03']);
  });
});

describe('keys that leave a talk', () => {
  it.each([
    ['', undefined],
    ['ctrl-p,ctrl-q', '\x10\x11'],
    ['ctrl-@', '\x00'],
    ['ctrl-[', '\x1b'],
    ['a,b', 'ab'],
  ])('%j', (text, keys) => {
    expect(keysOf(text)).toBe(keys);
  });
});

describe('a question', () => {
  it.each<[string[], boolean]>([
    [['y\n'], true],
    [['Y\n'], true],
    [['  y \nn\n'], true],
    [['y'], true],
    [['yes\n'], false],
    [['n\n'], false],
    [['\n'], false],
    [[], false],
  ])('that is answered with %j', (typed, isYes) => {
    const { value, stdout } = ran(confirm('Go on?'), { typed });
    expect({ value, stdout }).toEqual({ value: isYes, stdout: 'Go on? [y/N] ' });
  });
});
