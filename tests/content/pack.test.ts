import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPack, packDocuments } from '../../src/content/pack.ts';
import {
  packKubectlRow,
  packOf,
  packRow,
  unpackKubectlRow,
  unpackRow,
} from '../../src/content/packed-rows.ts';
import { openCourse } from '../fixtures/course.ts';

const key = fc.stringMatching(/^[a-z][a-z .-]{0,12}[a-z]$/);

describe('a pack', () => {
  it('gives each document by its key, and the keys in their order', () => {
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (documents) => {
        const pack = openPack(packDocuments(new Map(Object.entries(documents))));
        expect(pack.keys()).toEqual(Object.keys(documents));
        for (const [name, value] of Object.entries(documents)) {
          expect(pack.has(name)).toBe(true);
          expect(pack.get(name)).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
  });

  it('has nothing by the beginning, the end or the text of a key', () => {
    const pack = openPack(packDocuments(new Map([['docker container', { text: 'pods\tx\n' }]])));
    for (const name of ['docker', 'container', 'pods', '', 'docker container\t{']) {
      expect([name, pack.has(name), pack.get(name)]).toEqual([name, false, undefined]);
    }
  });

  it('may be empty', () => {
    expect(openPack(packDocuments(new Map())).keys()).toEqual([]);
  });

  it('that is damaged is no pack', () => {
    expect(() => openPack(Buffer.from('no pack'))).toThrow();
  });
});

describe('a row that was packed is what it was:', () => {
  const content = openCourse();

  it('of each docker command', () => {
    const commands = content.catalogue().map(({ command }) => command);
    expect(commands.length).toBeGreaterThan(200);
    for (const command of commands) {
      const row = content.commandRow(command);
      expect(row.command).toBe(command);
      expect(unpackRow(packRow(row))).toEqual(row);
    }
    expect(new Set(commands.map(packOf)).size).toBe(5);
  });

  it('of kubectl, with what it shares with others', () => {
    const row = content.kubectlRow('kubectl get');
    const [flag] = row.flags;
    if (!flag) throw new Error('kubectl get has flags');
    const { sources, ...rest } = flag;
    const isOwn = JSON.stringify(sources) === JSON.stringify(row.sources);
    const common = { [flag.flag]: isOwn ? rest : flag };
    const packed = packKubectlRow(row, common);
    expect(packed.flags[0]).toBe(flag.flag);
    expect(unpackKubectlRow(packed, { globals: row.globals, common })).toEqual(row);
  });
});
