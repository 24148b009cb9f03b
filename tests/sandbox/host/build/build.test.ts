import { beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../../../src/sandbox/runtime/records.ts';
import { Drive } from '../../../../src/sandbox/shell/drive.ts';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
  visitor.type('mkdir work && cd work');
});

/** Writes a Dockerfile, builds it as `it` with plain progress, and gives what that said. */
function build(dockerfile: string, flags = ''): string {
  visitor.type(`cat > Dockerfile <<'END'\n${dockerfile}\nEND`);
  return visitor.type(`docker build -t it ${flags} .`).err;
}

/** What stands behind the name of a step: `CACHED`, `DONE`, `ERROR …`. */
function outcomeOf(progress: string, step: string): string | undefined {
  const number = new RegExp(`^#(\\d+) \\[[^\\]]*\\] ${step}`, 'm').exec(progress)?.[1];
  return new RegExp(`^#${number} (CACHED|DONE|CANCELED|ERROR)`, 'm').exec(progress)?.[1];
}

describe('a build takes again what it has done before', () => {
  const dockerfile = 'FROM busybox:1.36\nARG WHO=a\nCOPY in.txt .\nRUN echo $WHO > who\nCOPY late.txt .';

  beforeEach(() => {
    visitor.type('echo 1 > in.txt; echo 1 > late.txt');
    build(dockerfile);
  });

  it('all of it when nothing has changed, though time has passed', () => {
    visitor.type('fast 2h; touch in.txt');
    const said = build(dockerfile);
    expect(['COPY in', 'RUN', 'COPY late'].map((step) => outcomeOf(said, step))).toEqual(
      Array(3).fill('CACHED'),
    );
  });

  it.each([
    ['a file that was copied early', 'echo 2 > in.txt', '', ['DONE', 'DONE', 'DONE']],
    ['a file that was copied late', 'echo 2 > late.txt', '', ['CACHED', 'CACHED', 'DONE']],
    ['a file that is not copied', 'echo 2 > other.txt', '', ['CACHED', 'CACHED', 'CACHED']],
    ['the mode of a file', 'chmod 600 late.txt', '', ['CACHED', 'CACHED', 'DONE']],
    ['an argument', 'true', '--build-arg WHO=b', ['CACHED', 'DONE', 'DONE']],
    ['nothing, with --no-cache', 'true', '--no-cache', ['DONE', 'DONE', 'DONE']],
    [
      'nothing, with a stage that is not this one',
      'true',
      '--no-cache-filter other',
      ['CACHED', 'CACHED', 'CACHED'],
    ],
  ])('what stands before a change of %s', (_, change, flags, expected) => {
    visitor.type(change);
    const said = build(dockerfile, flags);
    expect(['COPY in', 'RUN', 'COPY late'].map((step) => outcomeOf(said, step))).toEqual(expected);
  });

  it('nothing after docker builder prune -a', () => {
    visitor.type('docker builder prune -af');
    expect(outcomeOf(build(dockerfile), 'RUN')).toBe('DONE');
  });

  it('in another stage, too', () => {
    const stages = 'FROM busybox:1.36 AS a\nRUN echo a > /a\nFROM busybox:1.36\nCOPY --from=a /a /a';
    build(stages);
    const said = build(stages.replace('echo a', 'printf "a\\n"'));
    expect([outcomeOf(said, 'RUN'), outcomeOf(said, 'COPY')]).toEqual(['DONE', 'CACHED']);
  });
});

describe('the image of a build', () => {
  it('runs with what the Dockerfile says', () => {
    build(
      'FROM busybox:1.36\nENV A=1\nWORKDIR /w\nUSER 1000\nENTRYPOINT ["sh","-c"]\nCMD ["echo $A $PWD $(id -u)"]',
    );
    expect(visitor.type('docker run --rm it').out).toBe('1 /w 1000\n');
  });

  it('has no files that a later step took away', () => {
    build(
      'FROM busybox:1.36\nRUN mkdir /d && echo 1 > /d/a && echo 2 > /d/b\nRUN rm /d/a\nRUN rm -r /d/b && ls /d',
    );
    expect(visitor.type('docker run --rm it ls -a /d').out).not.toMatch(/^[ab]$/m);
  });

  it('can be what another one begins with', () => {
    build('FROM busybox:1.36\nRUN echo base > /base');
    visitor.type('docker tag it base');
    build('FROM base\nRUN cat /base > /copy');
    expect(visitor.type('docker run --rm it cat /copy').out).toBe('base\n');
  });

  it('is the only one of its name, the one before has none', () => {
    build('FROM busybox:1.36\nRUN echo 1');
    build('FROM busybox:1.36\nRUN echo 2');
    expect(visitor.type('docker images -q it').out.split('\n')).toHaveLength(2);
    expect(visitor.type('docker images -qf dangling=true').out.split('\n')).toHaveLength(2);
  });

  it('keeps links, modes and owners', () => {
    build(
      'FROM busybox:1.36\nRUN mkdir /d && echo x > /d/f && ln -s f /d/l && chmod 640 /d/f && chown 1:2 /d/f\nFROM busybox:1.36\nCOPY --from=0 /d /e',
    );
    expect(visitor.type('docker run --rm it sh -c \'readlink /e/l; stat -c "%a %u:%g" /e/f\'').out).toBe(
      'f\n640 1:2\n',
    );
  });
});

describe('a build that is interrupted', () => {
  it('leaves no container and no image', () => {
    visitor.type("printf 'FROM busybox:1.36\\nRUN sleep 1000\\n' > Dockerfile");
    const { shell } = visitor;
    const drive = new Drive(shell.run('docker build -t it .'), shell, () => {});
    for (let turn = 0; turn < 100; turn++) {
      const waiting = drive.resume(turn === 0 ? undefined : { isTerminal: false, text: '', ended: true });
      if (waiting.kind === 'pause') shell.passTime(Math.min(waiting.atMost, 1000));
    }
    const running = () => shell.sandbox.runtime.containers('buildkit');
    expect(running()).toHaveLength(1);
    drive.interrupt();
    expect(running()).toEqual([]);
    expect(shell.sandbox.runtime.images('buildkit')).toEqual([]);
    expect(visitor.type('docker images -q').out).toBe('');
  });

  it('is gone with the world it was in', () => {
    const { shell } = visitor;
    const before = shell.sandbox.snapshot();
    visitor.type("printf 'FROM busybox:1.36\\nRUN sleep 1000\\n' > Dockerfile");
    const drive = new Drive(shell.run('docker build -t it .'), shell, () => {});
    let answer: unknown;
    for (let turn = 0; turn < 50; turn++) {
      const waiting = drive.resume(answer);
      answer = { isTerminal: false, text: '', ended: true };
      if (waiting.kind === 'pause') shell.passTime(Math.min(waiting.atMost, 1000));
    }
    shell.sandbox.restore(before);
    drive.interrupt();
    expect(build('FROM busybox:1.36\nRUN echo fine')).toContain('fine');
  });
});

describe('what a build leaves in the world', () => {
  it('is taken back by undo', () => {
    build('FROM busybox:1.36\nRUN echo 1');
    visitor.type('undo');
    expect(visitor.type('docker images -q').out).toBe('');
  });

  it('has no files of layers that nobody has any more, once it is pruned', () => {
    build('FROM busybox:1.36\nRUN echo 1 > /a');
    const { store } = visitor.shell.sandbox.cluster;
    expect(Object.keys(store.table(tables.layers))).not.toEqual([]);
    visitor.type('docker rmi it; docker builder prune -af');
    expect(Object.keys(store.table(tables.layers))).toEqual([]);
  });

  it('is the same from the same world', () => {
    const other = new ShellVisitor();
    other.type('mkdir work && cd work');
    visitor.type("printf 'FROM busybox:1.36\\nRUN echo 1 > /a\\n' > Dockerfile");
    other.type("printf 'FROM busybox:1.36\\nRUN echo 1 > /a\\n' > Dockerfile");
    expect(visitor.type('docker build -t it .')).toEqual(other.type('docker build -t it .'));
  });
});

describe('commands that are not simulated are refused by name', () => {
  it.each([
    ['docker build --push -t it .', '--push is not simulated here'],
    ['docker build -o out .', '--output is not simulated here'],
    ['docker build --platform linux/arm64 .', '--platform linux/arm64 is not simulated here'],
    ['docker build --ssh default .', '--ssh is not simulated here'],
    ['docker build --cache-from x .', '--cache-from is not simulated here'],
    ['docker build https://example.com/x.git', 'is not simulated here'],
    ['docker buildx bake', 'is not simulated here'],
    ['docker buildx create', 'is not simulated here'],
  ])('%s', (line, why) => {
    visitor.type("printf 'FROM busybox:1.36\\n' > Dockerfile");
    const { err, status } = visitor.type(line);
    expect(err).toContain(why);
    expect(status).toBe(1);
  });

  it('ADD of an address', () => {
    expect(build('FROM busybox:1.36\nADD https://example.com/a /a')).toContain(
      'ADD of https://example.com/a is not simulated here',
    );
  });
});
