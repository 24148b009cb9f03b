import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintContent } from '../../src/content/lint-content.ts';
import { lintMapping } from '../../src/content/lint-mapping.ts';
import { allCommands, commandGrammar } from '../../src/docker/grammar.ts';
import { changedContent, goodContent, saidOf } from '../fixtures/changed-content.ts';
import { lessonsFolder } from '../fixtures/course.ts';

interface FlagText {
  flag: string;
  why?: string;
  adds?: string;
  sources?: string[];
  values?: object[];
}

interface RowText {
  command: string;
  summary?: string;
  lesson?: string;
  sources?: string[];
  caveats?: string[];
  positionals?: string[];
  commands?: { run: string; why: string; when?: string }[];
  flags?: FlagText[];
}

const asides = { grade: 'approximate', kubernetes: 'kubectl', sources: ['k8s-pods'] };
const inCode = /^docker container (run|create)$/;

/** A row that has nothing wrong with it. */
function goodRow(command: string): RowText {
  const flags = (commandGrammar(command)?.flags ?? []).filter(({ hidden }) => !hidden);
  return {
    command,
    category: 'container',
    intents: ['do it'],
    summary: 'It has a counterpart.',
    lesson: 'first-pod',
    ...asides,
    flags: inCode.test(command) ? [] : flags.map(({ name }) => ({ flag: name, why: 'The same.', ...asides })),
  } as RowText;
}

/** What is said of content whose rows are all good but for a change; without the name of the folder. */
function said(change: (rows: RowText[]) => RowText[]): string[] {
  const folder = changedContent({});
  mkdirSync(join(folder, 'mapping'));
  const rows = change(allCommands().map(goodRow));
  writeFileSync(
    join(folder, 'mapping', 'rows.yaml'),
    rows.map((row) => `- ${JSON.stringify(row)}\n`).join(''),
  );
  return saidOf(folder).map((line) => line.replace(/^lessons\//, ''));
}

/** A change of one row. */
const changing =
  (command: string, change: (row: RowText) => Partial<RowText>) =>
  (rows: RowText[]): RowText[] =>
    rows.map((row) => (row.command === command ? { ...row, ...change(row) } : row));

const lineOf = (command: string): number => allCommands().indexOf(command) + 1;
const logs = 'docker container logs';
const at = `mapping/rows.yaml:${lineOf(logs)}  ${logs}:`;

describe('the linter of rows', () => {
  it('has nothing against good ones', () => {
    expect(said((rows) => rows)).toEqual([]);
  });

  it('asks for none where there are none', () => {
    expect(lintMapping(lintContent(goodContent).content)).toEqual([]);
  });

  it('has nothing against those of the project', () => {
    expect(lintMapping(lintContent(lessonsFolder).content)).toEqual([]);
  });

  it('finds a command that has no row', () => {
    expect(said((rows) => rows.filter(({ command }) => command !== logs))).toEqual([
      `mapping/:1  no row says what "${logs}" is`,
    ]);
  });

  it('finds a command that has two', () => {
    expect(said((rows) => [...rows, goodRow(logs)])).toEqual([
      `mapping/rows.yaml:${allCommands().length + 1}  the command "${logs}" is there twice`,
    ]);
  });

  it.each<[string, (row: RowText) => Partial<RowText>, string]>([
    [
      'a flag without a row',
      ({ flags = [] }) => ({ flags: flags.filter(({ flag }) => flag !== '--tail') }),
      'no row says what becomes of --tail',
    ],
    [
      'a flag that the command has not',
      ({ flags = [] }) => ({ flags: [...flags, { flag: '--tial', why: 'The same.', ...asides }] }),
      'it has no flag --tial',
    ],
    [
      'a flag with two rows',
      ({ flags = [] }) => ({ flags: [...flags, ...flags.filter(({ flag }) => flag === '--tail')] }),
      '--tail has two rows',
    ],
    ['a lesson that there is not', () => ({ lesson: 'second-pod' }), 'there is no lesson "second-pod"'],
    [
      'a page that there is not',
      () => ({ sources: ['k8s-nodes', 'k8s-pods'] }),
      'there is no page "k8s-nodes" in lessons/sources.yaml',
    ],
    [
      'a page of a flag that there is not',
      ({ flags = [] }) => ({
        flags: flags.map((flag) => (flag.flag === '--tail' ? { ...flag, sources: ['k8s-nodes'] } : flag)),
      }),
      'there is no page "k8s-nodes" in lessons/sources.yaml',
    ],
    [
      'an argument of a template that the command has not',
      () => ({ positionals: ['container'], commands: [{ run: 'kubectl logs {contaner}', why: 'Prints.' }] }),
      'a template asks for {contaner}, and it has no such argument',
    ],
    [
      'a flag of a template that the command has not',
      () => ({ commands: [{ run: 'kubectl logs --since={flag.sinse}', why: 'Prints.' }] }),
      'a template asks for {flag.sinse}, and it has no such flag',
    ],
    [
      'what a flag adds that the command has not',
      ({ flags = [] }) => ({
        flags: flags.map((flag) => (flag.flag === '--tail' ? { ...flag, adds: '--tail={valeu}' } : flag)),
      }),
      'a template asks for {valeu}, and it has no such argument',
    ],
    [
      'a condition that can never hold',
      () => ({ commands: [{ run: 'kubectl logs', why: 'Prints.', when: '--follow !--tial' }] }),
      'a command is for when --tial is given, and it has no such thing',
    ],
    [
      'an argument in a condition that the command has not',
      () => ({
        positionals: ['container'],
        commands: [{ run: 'kubectl logs', why: 'Prints.', when: 'pod' }],
      }),
      'a command is for when pod is given, and it has no such thing',
    ],
  ])('finds %s', (_, change, message) => {
    expect(said(changing(logs, change))).toEqual([`${at} ${message}`]);
  });

  it('has nothing against templates and conditions that are right', () => {
    const right = changing(logs, ({ flags = [] }) => ({
      positionals: ['container', 'args...'],
      commands: [
        { run: 'kubectl logs {container} --since={flag.since} -- {args...}', why: 'Prints.' },
        {
          run: "kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}{end}'",
          why: 'Lists.',
          when: '--tail=5 !container',
        },
      ],
      flags: flags.map((flag) =>
        flag.flag === '--tail'
          ? {
              ...flag,
              adds: '--tail={value}',
              values: [{ ...asides, sources: undefined, starts: 'a', adds: '{rest}', why: 'So.' }],
            }
          : flag,
      ),
    }));
    expect(said(right)).toEqual([]);
  });

  it.each([
    ['docker logs', 'its long name is "docker container logs"'],
    ['docker container lgos', 'docker has no such command'],
  ])('finds a row of another name: %s', (name, message) => {
    const found = said(changing(logs, () => ({ command: name })));
    expect(found).toContain(`mapping/rows.yaml:${lineOf(logs)}  ${name}: ${message}`);
    expect(found).toContain(`mapping/:1  no row says what "${logs}" is`);
  });

  it('leaves the flags of run and create to the rules in code', () => {
    expect(goodRow('docker container run').flags).toEqual([]);
  });

  it.each(['summary', 'caveats'])('reads the prose: %s', (part) => {
    const text = 'You simply wait!';
    const found = said(changing(logs, () => ({ [part]: part === 'caveats' ? [text] : text })));
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) expect(finding).toContain(at);
  });
});
