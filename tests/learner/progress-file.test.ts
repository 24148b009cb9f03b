import {
  existsSync,
  fsyncSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LockTaken } from '../../src/learner/lock.ts';
import { noProgress, recordAnswer, visitStep } from '../../src/learner/progress.ts';
import { ProgressFile } from '../../src/learner/progress-file.ts';
import { readProgress, writeProgress } from '../../src/learner/progress-text.ts';
import { answerOf, progressOf } from '../fixtures/progress.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

// As they are, but for the moment where a test has the disk be full.
vi.mock('node:fs', async (importActual) => {
  const actual = await importActual<typeof import('node:fs')>();
  return { ...actual, fsyncSync: vi.fn(actual.fsyncSync) };
});

/** A run of the tutor: its progress file, and what it was warned of. */
interface Run {
  readonly file: ProgressFile;
  readonly warnings: { readonly what: string; readonly hint: string }[];
  answer(item: string): string[];
}

function runIn(directory: string | undefined): Run {
  const warnings: { what: string; hint: string }[] = [];
  const now = (): Date => new Date('2026-01-02T03:04:05.678Z');
  const file = new ProgressFile(directory, now, (what, hint) => warnings.push({ what, hint }));
  return {
    file,
    warnings,
    answer: (item) =>
      file.update((before) => recordAnswer(before, answerOf(item))).answers.map((each) => each.item),
  };
}

function itemsOn(path: string): string[] {
  return readProgress(readFileSync(path, 'utf8')).answers.map(({ item }) => item);
}

/** The names of all files but the progress file itself. */
function othersIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => name !== 'progress.json');
}

/** The answers that are known, by their items. */
function known({ file }: Run): string[] {
  return file.read().answers.map(({ item }) => item);
}

const twoAnswers = writeProgress({
  version: 1,
  lessons: { pods: { step: 'inside.1', at: '2026-01-01T00:00:00.000Z' } },
  answers: [answerOf('pods.one'), answerOf('pods.zwölf')],
});

describe('a progress file', () => {
  it('is on the disk when an update returns, in a directory made for it', () => {
    const directory = join(temporaryDirectory(), 'state', 'k8s-docker-tutor');
    const run = runIn(directory);
    expect(run.file.path).toBe(join(directory, 'progress.json'));
    for (const items of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      expect(run.answer(items.at(-1) ?? '')).toEqual(items);
      expect(itemsOn(join(directory, 'progress.json'))).toEqual(items);
      expect(run.file.isSaved).toBe(true);
    }
    expect(run.warnings).toEqual([]);
    expect(othersIn(directory)).toEqual([]);
  });

  it('is empty, and not made, when there is none to read', () => {
    const directory = join(temporaryDirectory(), 'state');
    const run = runIn(directory);
    expect(run.file.read()).toEqual(noProgress);
    expect(run.warnings).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  });

  it('holds what two runs at once have written, and each sees what the other wrote', () => {
    const directory = temporaryDirectory();
    const [one, other] = [runIn(directory), runIn(directory)];
    one.answer('a');
    expect(other.answer('b')).toEqual(['a', 'b']);
    expect(known(one)).toEqual(['a', 'b']);
    one.file.update((before) => visitStep(before, 'pods', 'inside.1', new Date()));
    other.answer('c');
    expect(one.file.read().lessons).toHaveProperty('pods');
    expect(known(one)).toEqual(['a', 'b', 'c']);
  });

  it.skipIf(process.platform === 'win32')(
    "is nobody else's to read (skipped on Windows: its files have no mode)",
    () => {
      const directory = temporaryDirectory();
      runIn(directory).answer('a');
      expect(statSync(join(directory, 'progress.json')).mode & 0o777).toBe(0o600);
    },
  );

  it('passes on what a change throws, and forgets that change', () => {
    const run = runIn(temporaryDirectory());
    const failure = new Error('our bug');
    expect(() =>
      run.file.update(() => {
        throw failure;
      }),
    ).toThrow(failure);
    expect(run.answer('a')).toEqual(['a']);
    expect(run.file.isSaved).toBe(true);
  });
});

describe('a damaged progress file', () => {
  it('is set aside wherever it was cut, with a warning, and a new one is begun', () => {
    const bytes = Buffer.from(twoAnswers);
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    // The last byte is the end of the line: a file without it is whole.
    for (let length = 0; length < bytes.length - 1; length++) {
      const cut = bytes.subarray(0, length);
      writeFileSync(path, cut);
      const run = runIn(directory);

      expect(run.file.read(), `cut at ${length}`).toEqual(noProgress);
      const [aside = ''] = othersIn(directory);
      expect(aside).toMatch(/^progress\.damaged-2026-01-02T03-04-05-678Z-\d+\.json$/);
      expect(readFileSync(join(directory, aside)).equals(cut), `cut at ${length}`).toBe(true);
      expect(run.warnings).toEqual([
        {
          what: expect.stringMatching(/^the progress file could not be understood \(.+\)$/),
          hint: `It is kept as ${join(directory, aside)}; a new one is begun.`,
        },
      ]);

      expect(run.answer('new')).toEqual(['new']);
      expect(itemsOn(path)).toEqual(['new']);
      expect(run.warnings).toHaveLength(1);
      rmSync(join(directory, aside));
      expect(othersIn(directory)).toEqual([]);
    }
  });

  it('is whole without the end of its last line', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'progress.json'), twoAnswers.trimEnd());
    const run = runIn(directory);
    expect(known(run)).toEqual(['pods.one', 'pods.zwölf']);
    expect(run.warnings).toEqual([]);
  });

  it('is set aside by an update as well', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'progress.json'), '{');
    const run = runIn(directory);
    expect(run.answer('new')).toEqual(['new']);
    expect(itemsOn(join(directory, 'progress.json'))).toEqual(['new']);
    expect(readFileSync(join(directory, othersIn(directory)[0] ?? ''), 'utf8')).toBe('{');
    expect(run.warnings).toHaveLength(1);
  });

  it('is left where it is while another run holds the lock, and nothing is thrown', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'progress.json'), '{');
    writeFileSync(join(directory, 'progress.lock'), `${process.ppid} ${hostname()} 1\n`);
    const run = runIn(directory);
    hurry();
    expect(run.file.read()).toEqual(noProgress);
    expect(readFileSync(join(directory, 'progress.json'), 'utf8')).toBe('{');
    expect(run.warnings.map(({ what }) => what)).toEqual([
      `progress cannot be read: another run holds ${join(directory, 'progress.lock')}`,
    ]);
  });
});

describe('the progress file of a newer tutor', () => {
  it('is left alone byte for byte, nothing is saved, and one warning says so', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    const theirs = '{"version": 2, "answers": {"pods.one": "in a way we do not know"}}';
    writeFileSync(path, theirs);
    const before = statSync(path, { bigint: true });

    const run = runIn(directory);
    expect(run.file.read()).toEqual(noProgress);
    expect(run.answer('a')).toEqual(['a']);
    expect(run.answer('b')).toEqual(['a', 'b']);
    expect(known(run)).toEqual(['a', 'b']);

    expect(run.file.isSaved).toBe(false);
    expect(run.warnings).toEqual([
      {
        what: `${path} was written by a newer k8s-docker-tutor`,
        hint: 'It is left alone and nothing is saved. Update the tutor to go on where you were.',
      },
    ]);
    expect(readFileSync(path, 'utf8')).toBe(theirs);
    const after = statSync(path, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(othersIn(directory)).toEqual([]);
  });

  it('may come while a run goes on, which keeps its own answers', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    const run = runIn(directory);
    run.answer('a');
    writeFileSync(path, '{"version": 2}');
    expect(run.answer('b')).toEqual(['a', 'b']);
    expect(known(run)).toEqual(['a', 'b']);
    expect(readFileSync(path, 'utf8')).toBe('{"version": 2}');
    expect(run.warnings).toHaveLength(1);
  });
});

describe('a disk that refuses', () => {
  interface Obstacle {
    readonly name: string;
    readonly put: (directory: string) => void;
    readonly remove: (directory: string) => void;
    readonly skip?: boolean;
  }
  const isWindows = process.platform === 'win32';
  const obstacles: Obstacle[] = [
    {
      name: 'a file where the directory should be',
      put: (directory) => writeFileSync(directory, 'mine'),
      remove: (directory) => rmSync(directory),
    },
    {
      name: 'a file where the directory above should be',
      put: (directory) => writeFileSync(join(directory, '..'), 'mine'),
      remove: (directory) => rmSync(join(directory, '..')),
    },
    {
      name: 'a directory where the file should be',
      put: (directory) => mkdirSync(join(directory, 'progress.json'), { recursive: true }),
      remove: (directory) => rmSync(join(directory, 'progress.json'), { recursive: true }),
    },
    {
      name: 'a link to itself where the file should be (skipped on Windows: links need a privilege)',
      put: (directory) => {
        mkdirSync(directory, { recursive: true });
        symlinkSync('progress.json', join(directory, 'progress.json'));
      },
      remove: (directory) => rmSync(join(directory, 'progress.json')),
      skip: isWindows,
    },
    {
      name: 'a directory that may not be written (skipped on Windows and for root: they may)',
      put: (directory) => mkdirSync(directory, { recursive: true, mode: 0o500 }),
      remove: (directory) => {
        rmSync(directory, { recursive: true });
        mkdirSync(directory);
      },
      skip: isWindows || process.getuid?.() === 0,
    },
  ];

  for (const { name, put, remove, skip = false } of obstacles) {
    it.skipIf(skip)(`costs one warning and no answer: ${name}`, () => {
      const directory = join(temporaryDirectory(), 'above', 'state');
      const path = join(directory, 'progress.json');
      if (!name.includes('above')) mkdirSync(join(directory, '..'));
      put(directory);
      const run = runIn(directory);

      expect(run.file.read()).toEqual(noProgress);
      expect(run.answer('a')).toEqual(['a']);
      expect(run.answer('b')).toEqual(['a', 'b']);
      expect(known(run)).toEqual(['a', 'b']);
      expect(run.file.isSaved).toBe(false);
      expect(run.warnings).toEqual([
        {
          what: expect.stringMatching(/^progress cannot be (read|saved): E[A-Z]+: /),
          hint: 'The lesson goes on. Make the directory writable, or set K8S_DOCKER_TUTOR_STATE to another.',
        },
      ]);

      remove(directory);
      expect(known(run)).toEqual(['a', 'b']);
      expect(run.answer('c')).toEqual(['a', 'b', 'c']);
      expect(itemsOn(path)).toEqual(['a', 'b', 'c']);
      expect(run.file.isSaved).toBe(true);
      expect(run.warnings).toHaveLength(1);
      expect(othersIn(directory)).toEqual([]);
    });
  }

  it.skipIf(isWindows)(
    'to read a file does not have it written over (skipped on Windows: links need a privilege)',
    () => {
      const directory = temporaryDirectory();
      const path = join(directory, 'progress.json');
      const first = runIn(directory);
      first.answer('a');
      // A link that leads nowhere cannot be read, and could be replaced.
      renameSync(path, join(directory, 'kept.json'));
      symlinkSync('progress.json', path);
      expect(first.answer('b')).toEqual(['a', 'b']);
      expect(known(first)).toEqual(['a', 'b']);

      rmSync(path);
      renameSync(join(directory, 'kept.json'), path);
      expect(first.answer('c')).toEqual(['a', 'b', 'c']);
      expect(itemsOn(path)).toEqual(['a', 'b', 'c']);
    },
  );

  it('to keep what is written costs one warning and no answer, and leaves nothing half written', () => {
    const directory = temporaryDirectory();
    const run = runIn(directory);
    run.answer('a');
    for (const item of ['b', 'c']) {
      vi.mocked(fsyncSync).mockImplementationOnce(() => {
        throw Object.assign(new Error('ENOSPC: no space left on device, fsync'), { code: 'ENOSPC' });
      });
      run.answer(item);
    }
    expect(itemsOn(join(directory, 'progress.json'))).toEqual(['a']);
    expect(othersIn(directory)).toEqual([]);
    expect(run.warnings.map(({ what }) => what)).toEqual([
      'progress cannot be saved: ENOSPC: no space left on device, fsync',
    ]);
    expect(run.answer('d')).toEqual(['a', 'b', 'c', 'd']);
    expect(itemsOn(join(directory, 'progress.json'))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('to give a lock costs one warning and no answer', () => {
    const directory = temporaryDirectory();
    const lock = join(directory, 'progress.lock');
    writeFileSync(lock, `${process.ppid} ${hostname()} 1\n`);
    const run = runIn(directory);
    hurry();
    run.answer('a');
    expect(run.answer('b')).toEqual(['a', 'b']);
    expect(run.warnings.map(({ what }) => what)).toEqual([
      `progress cannot be saved: another run holds ${lock}`,
    ]);
    rmSync(lock);
    expect(run.answer('c')).toEqual(['a', 'b', 'c']);
    expect(itemsOn(join(directory, 'progress.json'))).toEqual(['a', 'b', 'c']);
  });

  it('puts what it did not take together with what another run has written meanwhile', () => {
    const directory = join(temporaryDirectory(), 'state');
    const path = join(directory, 'progress.json');
    mkdirSync(path, { recursive: true });
    const run = runIn(directory);
    run.answer('b');
    rmSync(path, { recursive: true });
    runIn(directory).answer('a');
    expect(known(run)).toEqual(['a', 'b']);
    expect(run.answer('c')).toEqual(['a', 'b', 'c']);
  });
});

describe('where there is no home', () => {
  it('progress is kept in memory, with one warning at the first change', () => {
    const run = runIn(undefined);
    expect(run.file.path).toBeUndefined();
    expect(run.file.read()).toEqual(noProgress);
    expect(run.warnings).toEqual([]);
    expect(run.answer('a')).toEqual(['a']);
    expect(run.answer('b')).toEqual(['a', 'b']);
    expect(known(run)).toEqual(['a', 'b']);
    expect(run.file.isSaved).toBe(false);
    expect(run.warnings).toEqual([
      {
        what: 'there is no home directory to keep progress in',
        hint: 'Set K8S_DOCKER_TUTOR_STATE to a directory of yours.',
      },
    ]);
  });

  it('a change is made once, however often what is known is read', () => {
    const { file } = runIn(undefined);
    file.update((before) => ({ ...before, answers: [...before.answers, answerOf('a')] }));
    file.read();
    expect(file.read().answers).toHaveLength(1);
  });

  it('there is nothing to forget but what is in memory', () => {
    const run = runIn(undefined);
    run.answer('a');
    expect(run.file.reset()).toBeUndefined();
    expect(run.file.read()).toEqual(noProgress);
  });
});

describe('a reset', () => {
  it('keeps the file under another name, and a new one is begun', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    writeFileSync(path, twoAnswers);
    const run = runIn(directory);
    run.file.read();

    const aside = run.file.reset() ?? '';
    expect(aside).toBe(join(directory, `progress.before-reset-2026-01-02T03-04-05-678Z-${process.pid}.json`));
    expect(readFileSync(aside, 'utf8')).toBe(twoAnswers);
    expect(existsSync(path)).toBe(false);
    expect(run.file.read()).toEqual(noProgress);
    expect(run.answer('new')).toEqual(['new']);
    expect(itemsOn(path)).toEqual(['new']);
    expect(run.warnings).toEqual([]);
  });

  it('forgets what could not be written, too', () => {
    const directory = join(temporaryDirectory(), 'state');
    mkdirSync(join(directory, 'progress.json'), { recursive: true });
    const run = runIn(directory);
    run.answer('a');
    rmSync(directory, { recursive: true });
    expect(run.file.reset()).toBeUndefined();
    expect(run.file.isSaved).toBe(true);
    expect(run.answer('b')).toEqual(['b']);
  });

  it.each([
    ['damaged', '{'],
    ["a newer tutor's", '{"version": 2}'],
  ])('takes a file that is %s as it is, and the next answer is saved', (_what, text) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'progress.json'), text);
    const run = runIn(directory);
    expect(readFileSync(run.file.reset() ?? '', 'utf8')).toBe(text);
    expect(run.answer('a')).toEqual(['a']);
    expect(run.file.isSaved).toBe(true);
  });

  it.each([
    ['no file', ''],
    ['no directory', 'nowhere'],
  ])('has nothing to forget where there is %s', (_what, below) => {
    const directory = temporaryDirectory();
    expect(runIn(join(directory, below)).file.reset()).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('throws what the disk throws, and forgets nothing then', () => {
    const directory = join(temporaryDirectory(), 'state');
    const run = runIn(directory);
    run.answer('a');
    renameSync(directory, `${directory}.away`);
    writeFileSync(directory, 'mine');
    expect(() => run.file.reset()).toThrow('ENOTDIR');
    expect(known(run)).toEqual(['a']);
  });

  it('waits for a run that is writing', () => {
    const directory = temporaryDirectory();
    const run = runIn(directory);
    run.answer('a');
    writeFileSync(join(directory, 'progress.lock'), `${process.ppid} ${hostname()} 1\n`);
    hurry();
    expect(() => run.file.reset()).toThrow(LockTaken);
    expect(itemsOn(join(directory, 'progress.json'))).toEqual(['a']);
    expect(known(run)).toEqual(['a']);
  });
});

it('what is known of an export is the same as what was saved', () => {
  const directory = temporaryDirectory();
  runIn(directory).file.update(() => progressOf(answerOf('a')));
  expect(runIn(directory).file.read()).toEqual(progressOf(answerOf('a')));
});

/** Makes every look at the clock take a second, so that patience with a lock is over after a few. */
function hurry(): void {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  onTestFinished(() => clock.mockRestore());
}
