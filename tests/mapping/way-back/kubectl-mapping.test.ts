import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lintProse } from '../../../src/content/lint-prose.ts';
import { kubectlCommands, kubectlGrammar } from '../../../src/kubernetes/grammar.ts';
import { resources } from '../../../src/kubernetes/resources.ts';
import { templateWords } from '../../../src/mapping/template.ts';
import type { KubectlAnswer, KubectlFlagRow, KubectlRow } from '../../../src/mapping/way-back/kubectl-row.ts';
import { derived } from '../../../src/mapping/way-back/translate-back.ts';
import { rows, written } from './kubectl-rows.ts';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../lessons/${name}`, import.meta.url), 'utf8'));
const pages = read('sources.yaml') as Record<string, unknown>;
const course = read('course.yaml') as { units: { lessons: string[] }[] };
const lessons = course.units.flatMap((unit) => unit.lessons);

const answersOf = (row: KubectlRow): KubectlAnswer[] => [row, ...row.resources];
const flagsOf = (row: KubectlRow): KubectlFlagRow[] => [
  ...row.flags,
  ...row.globals,
  ...row.resources.flatMap((each) => each.flags),
];

describe('lessons/mapping/kubectl.yaml', () => {
  it('has one row for every command of kubectl', () => {
    expect(written.rows.map(({ command }) => command).sort()).toEqual([...kubectlCommands()].sort());
  });

  it('says something of every global flag, once', () => {
    const global = kubectlGrammar('kubectl')?.flags.map(({ name }) => name) ?? [];
    expect(written.globals.map(({ flag }) => flag).sort()).toEqual(global.sort());
  });

  it('has no common flag twice, or one that nobody has', () => {
    const names = written.common.map(({ flag }) => flag);
    const known = new Set(
      kubectlCommands()
        .flatMap((each) => kubectlGrammar(each)?.flags ?? [])
        .map((each) => each.name),
    );
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  describe.each([...rows.values()].map((row) => ({ name: row.command, row })))('$name', ({ row }) => {
    it('says something of every flag it has, and of no other', () => {
      const own = row.command === 'kubectl' ? [] : (kubectlGrammar(row.command)?.flags ?? []);
      const names = own.map(({ name }) => name);
      expect(row.flags.map(({ flag }) => flag)).toEqual(names);
      const text = written.rows.find(({ command }) => command === row.command);
      const mentioned = [...(text?.flags ?? []), ...row.resources.flatMap(({ flags }) => flags)];
      expect(mentioned.map(({ flag }) => flag).filter((name) => !names.includes(name))).toEqual([]);
      const once = (text?.flags ?? []).map(({ flag }) => flag);
      expect(once).toEqual([...new Set(once)]);
    });

    it('cites pages and a lesson that there are', () => {
      const cited = [...row.sources, ...flagsOf(row).flatMap(({ sources }) => sources)];
      expect([...new Set(cited)].filter((id) => !(id in pages))).toEqual([]);
      expect(lessons).toContain(row.lesson);
    });

    it('is written as the rest of the course', () => {
      const texts = [
        ...answersOf(row).flatMap(({ summary, caveats, commands }) => [
          summary,
          ...caveats,
          ...commands.map(({ why }) => why),
        ]),
        ...flagsOf(row).flatMap((flag) => [flag.why, ...(flag.values ?? []).map(({ why }) => why)]),
      ];
      for (const text of texts) {
        expect(lintProse(text), text).toEqual([]);
        expect(text).toBe(text.trim());
      }
    });

    it('answers for kinds that there are, each once', () => {
      const kinds = row.resources.flatMap((each) => each.kinds);
      const known = new Set([...resources.map(({ plural }) => plural), 'all', 'file']);
      expect(kinds.filter((kind) => !known.has(kind))).toEqual([]);
      expect(kinds).toEqual([...new Set(kinds)]);
    });

    it('fills only placeholders that there are', () => {
      const own = row.positionals.map((name) => name.replace('...', ''));
      const flags = row.flags.map(({ flag }) => `flag.${flag.slice(2)}`);
      const known = new Set([...derived, ...own, ...flags, 'flags', 'value', 'rest', 'item']);
      const templates = [
        ...answersOf(row).flatMap(({ commands }) => commands.map(({ run }) => run)),
        ...flagsOf(row).flatMap((flag) => [
          flag.adds ?? '',
          ...(flag.values ?? []).map(({ adds }) => adds ?? ''),
        ]),
      ];
      const used = templates.flatMap((each) =>
        [...each.matchAll(/\{([a-z][a-z0-9.-]*?)(?:\.\.\.)?\}/g)].map(([, name]) => name ?? ''),
      );
      expect(used.filter((name) => !known.has(name))).toEqual([]);
      for (const { run } of answersOf(row).flatMap(({ commands }) => commands)) {
        expect(templateWords(run)[0]).toBe('docker');
      }
    });

    it('asks for conditions that can hold', () => {
      const flags = row.flags.map(({ flag }) => flag);
      const names = [...derived, ...row.positionals.map((name) => name.replace('...', ''))];
      const conditions = answersOf(row)
        .flatMap(({ commands }) => commands)
        .flatMap(({ when }) => when?.split(' ') ?? [])
        .map((each) => each.replace(/^!/, '').replace(/=.*$/, ''));
      expect(conditions.filter((each) => ![...flags, ...names].includes(each))).toEqual([]);
    });
  });
});
