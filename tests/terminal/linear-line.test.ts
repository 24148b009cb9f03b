import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/io.ts';
import type { LineQuestion } from '../../src/terminal/conversation/line-editor.ts';
import { askLinearLine } from '../../src/terminal/linear-line.ts';
import { ioOf } from '../fixtures/io.ts';

const commands = ['docker', 'describe', 'kubectl'];

function visit(history: string[] = []) {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const io: Io = { ...ioOf({}), stdin, stdout, platform: 'win32' };
  const question: LineQuestion = {
    prompt: '$ ',
    more: '> ',
    history,
    ahead: { text: '' },
    isUnfinished: (text) => text.endsWith('\\'),
    complete: (line) => commands.filter((each) => each.startsWith(line)),
  };
  return {
    question,
    type: (text: string) => void stdin.write(text),
    end: () => void stdin.end(),
    ask: () => askLinearLine(io, question),
    shown: () => String(stdout.read() ?? ''),
  };
}

/** What one typed answer comes to, and what was shown of it. */
async function typed(keys: string, history: string[] = []): Promise<[string | undefined, string]> {
  const { ask, type, shown } = visit(history);
  const answer = ask();
  type(keys);
  return [await answer, shown()];
}

describe('a line in the linear form', () => {
  it.each([
    ['docker ps\r', 'docker ps', '$ docker ps\n'],
    ['docker ps\r\n', 'docker ps', '$ docker ps\n'],
    ['docker px\x7fs\r', 'docker ps', '$ docker px\b \bs\n'],
    ['x\x7f\x7f\x7fls\r', 'ls', '$ x\b \bls\n'],
    ['wrong\x15ls\r', 'ls', '$ wrong\b \b\b \b\b \b\b \b\b \bls\n'],
    ['a bc\x17d\r', 'a d', '$ a bc\b \b\b \bd\n'],
    ['日本\r', '日本', '$ 日本\n'],
    ['🐳\x7fx\r', 'x', '$ 🐳\b \bx\n'],
    ['a \\\rb\r', 'a \\\nb', '$ a \\\n> b\n'],
    ['given up\x03ls\r', 'ls', '$ given up^C\n$ ls\n'],
    ['a \\\r\x03ls\r', 'ls', '$ a \\\n> ^C\n$ ls\n'],
    ['ku\tx\r', 'kubectl x', '$ kubectl x\n'],
    ['d\to\t\r', 'docker ', '$ d\ndocker\ndescribe\n$ docker \n'],
    ['z\t\r', 'z', '$ z\n'],
    ['\x1b[C\x1b[5~\x1b[Hls\r', 'ls', '$ ls\n'],
    ['\x1als\r', 'ls', '$ ls\n'],
    ['\x04', undefined, '$ \n'],
    ['ls\x04\r', 'ls', '$ ls\n'],
  ])('of %j is %j', async (keys, answer, shown) => {
    expect(await typed(keys)).toEqual([answer, shown]);
  });

  it.each([
    ['\x1b[A\r', 'newest', '$ \n$ newest\n'],
    ['\x1b[A\x1b[A\r', 'oldest', '$ \n$ newest\n$ oldest\n'],
    ['\x1bOA\x1bOA\x1bOA\x1bOB\r', 'newest', '$ \n$ newest\n$ oldest\n$ newest\n'],
    ['begun\x1b[A\x1b[B\r', 'begun', '$ begun\n$ newest\n$ begun\n'],
    ['\x1b[Bls\r', 'ls', '$ ls\n'],
  ])('brings lines back on lines of their own: %j', async (keys, answer, shown) => {
    expect(await typed(keys, ['newest', 'oldest'])).toEqual([answer, shown]);
  });

  it('is remembered once, the newest first, unless it is empty', async () => {
    const history = ['b', 'a'];
    await typed('a\r', history);
    await typed('  \r', history);
    expect(history).toEqual(['a', 'b']);
  });

  it('leaves what is pasted behind it to the next question', async () => {
    const { ask, type, shown } = visit();
    const first = ask();
    type('one\rtwo\rthr');
    expect(await first).toBe('one');
    expect(await ask()).toBe('two');
    const third = ask();
    type('ee\r');
    expect(await third).toBe('three');
    expect(shown()).toBe('$ one\n$ two\n$ three\n');
  });

  it('ends with its input', async () => {
    const { ask, end } = visit();
    const answer = ask();
    end();
    expect(await answer).toBeUndefined();
  });
});
