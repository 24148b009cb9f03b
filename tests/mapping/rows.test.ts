import { describe, expect, it } from 'vitest';
import { allCommands } from '../../src/docker/grammar.ts';
import { parseDocker } from '../../src/docker/parse.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { joinWords, splitWords } from '../../src/docker/words.ts';
import { parseKubectl } from '../../src/kubernetes/parse.ts';
import { searchCatalogue } from '../../src/mapping/catalogue.ts';
import type { CommandRow } from '../../src/mapping/command-row.ts';
import { translateLine } from '../../src/mapping/translate.ts';
import type { Translation } from '../../src/mapping/translation.ts';
import { openCourse } from '../fixtures/course.ts';
import { RealClients } from '../fixtures/real-clients.ts';
import { exampleFlags, exampleLine, grammarOf } from './example-lines.ts';

// From the rows of lessons/mapping/ and the grammar of docker: a new row, or a new flag, is a new test.

const course = openCourse();
const catalogue = course.catalogue();
const rows = new Map(catalogue.map(({ command }) => [command, course.commandRow(command)]));
const runnable = allCommands().filter((command) => grammarOf(command).runs);

function rowOf(command: string): CommandRow {
  const row = rows.get(command);
  if (!row) throw new Error(`no row for ${command}`);
  return row;
}

/** @returns nothing where docker would refuse the line */
function translate(line: string): Translation | undefined {
  try {
    return translateLine(splitWords(line).words, line, { kubernetes: '1.36' }, rowOf);
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}

/** A generator of numbers that are the same on every machine (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Every flag of a command as it may be typed, the hidden ones too. */
const flagsOf = (command: string): string[] =>
  grammarOf(command).flags.flatMap((flag) => exampleFlags(command, flag));

function pairsOf(command: string, count: number): string[] {
  const flags = flagsOf(command);
  const next = random(command.length * 7919 + flags.length);
  const pick = (): string => flags[Math.floor(next() * flags.length)] ?? '';
  return flags.length < 2 ? [] : Array.from({ length: count }, () => exampleLine(command, [pick(), pick()]));
}

const linesOf = (command: string): string[] => [
  exampleLine(command, []),
  ...flagsOf(command).map((flag) => exampleLine(command, [flag])),
];

/** What is wrong with an answer; each is told with its line. */
function faultsOf(line: string): string[] {
  const translation = translate(line);
  if (!translation) return [];
  const { commands, flags, summary } = translation;
  const command = parseDocker(splitWords(line).words);
  const row = rowOf(command.command);
  const own = [...row.positionals.map((name) => name.replace('...', '')), 'value', 'rest'].join('|');
  const leftOver = new RegExp(`\\{(?:flag\\.[a-z-]+|${own})(?:\\.\\.\\.)?(?:\\|[a-z]+)?\\}`);
  const names = command.flags.map(({ name }) => name);
  return [
    ...(flags.map(({ flag }) => flag).join() === names.join() ? [] : ['not one verdict a flag']),
    ...flags
      .filter(({ why, kubernetes }) => why.trim() === '' || kubernetes === '')
      .map(({ flag }) => `nothing on ${flag}`),
    ...flags
      .filter(({ why }) => why === 'There is no counterpart on record.')
      .map(({ flag }) => `no row for ${flag}`),
    ...(summary.trim() === '' ? ['no summary'] : []),
    ...commands.flatMap(({ argv, why }) => [
      ...(why.trim() === '' ? [`no why for ${argv.join(' ')}`] : []),
      ...(argv.some((word) => leftOver.test(word)) ? [`left over: ${argv.join(' ')}`] : []),
      ...complaintsAbout(argv),
    ]),
  ].map((fault) => `${line}: ${fault}`);
}

/** What the parser of its program says against a command of an answer. */
function complaintsAbout(argv: readonly string[]): string[] {
  const { words } = joinWords(argv);
  try {
    if (argv[0] === 'kubectl') parseKubectl(words);
    if (argv[0] === 'docker') parseDocker(words);
    return [];
  } catch (error) {
    return [`${argv.join(' ')}: ${(error as Error).message}`];
  }
}

describe.each(runnable)('the row of %s', (command) => {
  it('answers a line with arguments alone', () => {
    const line = exampleLine(command, []);
    expect(translate(line), line).toBeDefined();
    expect(faultsOf(line)).toEqual([]);
  });

  it('answers each of its flags, in lines that its programs understand', () => {
    const lines = linesOf(command);
    expect(lines.flatMap(faultsOf)).toEqual([]);
  });

  it('answers two flags at once', () => {
    expect(pairsOf(command, 20).flatMap(faultsOf)).toEqual([]);
  });
});

describe('the examples', () => {
  it('are lines that docker takes', () => {
    const lines = runnable.flatMap(linesOf);
    const refused = lines.filter((line) => translate(line) === undefined);
    // A few flags want another beside them, and some values of run are refused on purpose.
    expect(refused.filter((line) => !/^docker container (run|create)/.test(line))).toEqual([]);
    expect(refused.length).toBeLessThan(lines.length / 50);
  });
});

describe('the rows', () => {
  it.each(allCommands())('know %s', (command) => {
    const row = rowOf(command);
    expect(row.command).toBe(command);
    expect(row.summary).toMatch(/[.:)]$/);
    expect(row.intents.length).toBeGreaterThan(0);
    expect(row.sources.length).toBeGreaterThan(0);
  });

  it.each(allCommands().filter((command) => command !== 'docker'))('are found by name: %s', (command) => {
    const { typed } = catalogue.find((line) => line.command === command) ?? { typed: '' };
    expect(searchCatalogue(catalogue, typed)[0]?.command).toBe(command);
  });

  const nones = [...rows.values()]
    .filter(({ grade }) => grade === 'none')
    .map((row) => [row.command, row] as const);
  it.each(nones)(
    'that have no counterpart say what to do instead: %s',
    (_, { summary, commands, caveats }) => {
      const sentences = summary.split(/(?<=[.:]) /).length;
      expect(sentences + commands.length + caveats.length).toBeGreaterThan(1);
    },
  );

  it('say of each flag why, and of `none` more than that', () => {
    const bare = [...rows.values()].flatMap(({ command, flags }) =>
      flags.filter(({ why }) => !/[.)]$/.test(why.trim())).map(({ flag }) => `${command} ${flag}`),
    );
    expect(bare).toEqual([]);
  });
});

const clients = new RealClients();
const hasKubectl = clients.has(['kubectl', 'version', '--client'], { atLeast: [1, 32] });

describe('the real kubectl', () => {
  it.skipIf(!hasKubectl)(
    'understands the lines of the answers (skipped where kubectl 1.32 or newer is not installed)',
    async () => {
      const answers = [...runnable.flatMap(linesOf), ...runnable.flatMap((command) => pairsOf(command, 2))];
      const shapes = new Map<string, readonly string[]>();
      for (const line of answers) {
        for (const { argv } of translate(line)?.commands ?? []) {
          if (argv[0] !== 'kubectl') continue;
          // Of lines that differ in their arguments alone one is enough.
          const shape = argv.filter((word, place) => place < 3 || word.startsWith('-')).join(' ');
          if (!shapes.has(shape)) shapes.set(shape, argv);
        }
      }
      const waiting = [...shapes.values()];
      const end = Date.now() + 25_000;
      const objections: string[] = [];
      let asked = 0;
      const ask = async (): Promise<void> => {
        for (let argv = waiting.shift(); argv && Date.now() < end; argv = waiting.shift()) {
          asked += 1;
          const said = await clients.kubectl(argv);
          if (said !== undefined) objections.push(`${argv.join(' ')}: ${said}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, ask));
      clients.close();
      expect(objections).toEqual([]);
      expect(asked).toBeGreaterThan(50);
    },
    40_000,
  );
});
