import type { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../src/main.ts';
import { ioOf } from './fixtures/io.ts';

/** All but `choose`, whose options are the questions of the course: an end-to-end test has its help. */
const commands = [
  '',
  'learn',
  'map',
  'quiz',
  'sandbox',
  'lab',
  'glossary',
  'progress',
  'doctor',
  'completion',
];

async function help(command: string, columns: number): Promise<string[]> {
  const io = ioOf({ stdout: { isTTY: true, columns } });
  await run([...(command === '' ? [] : [command]), '--help'], io);
  return String((io.stdout as PassThrough).read() ?? '').split('\n');
}

describe('the help', () => {
  it.each(commands.flatMap((command) => [80, 60, 40].map((columns) => [command, columns] as const)))(
    'of "%s" fits %d columns, but for lines that are to be copied',
    async (command, columns) => {
      const lines = await help(command, columns);
      expect(lines.length).toBeGreaterThan(10);
      const tooWide = lines.filter((line) => line.length > columns);
      expect(
        tooWide.filter(
          (line) => !/^ {2}(k8s-docker-tutor|source) \S.*$/.test(line) || /\S {2,}\S/.test(line),
        ),
      ).toEqual([]);
    },
  );

  it('has explanations beside what they explain where there is room, else below', async () => {
    expect(await help('lab', 80)).toContain('  -l, --list  list the labs');
    const narrow = await help('sandbox', 40);
    expect(narrow[narrow.indexOf('  --world <file>') + 1]).toMatch(/^ {6}use the world/);
    expect(narrow[narrow.indexOf('  k8s-docker-tutor sandbox --lesson pods') + 1]).toMatch(/^ {6}\S/);
  });

  it('lists no argument that is for programs', async () => {
    const lines = await help('completion', 80);
    expect(lines.filter((line) => /^ {2}(shell|words)/.test(line))).toHaveLength(1);
  });

  it.each(['--plain', '--ascii', '--no-color'])('of every command has %s', async (option) => {
    for (const command of commands) expect((await help(command, 80)).join('\n')).toContain(`  ${option}`);
  });
});
