import { describe, expect, it } from 'vitest';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import { asCompose, clean } from '../../fixtures/compose/as-compose.ts';
import { corpusProject, recorded, smallProject, smallProjects } from '../../fixtures/compose/corpus.ts';

const shown = (files: Readonly<Record<string, string>>): string => JSON.stringify(Object.values(files));

describe('a compose file is understood as docker compose understands it', () => {
  it.each(recorded.filter(({ config }) => config))('$name', ({ name, config }) => {
    expect(asCompose(corpusProject(name))).toEqual(clean(config));
  });

  it.each(smallProjects.filter(({ config }) => config).map((each) => [shown(each.files), each] as const))(
    '%s',
    (_, small) => {
      expect(asCompose(smallProject(small))).toEqual(clean(small.config));
    },
  );
});

describe('a compose file that docker compose refuses is refused', () => {
  it.each(recorded.filter(({ refusal }) => refusal !== undefined))('$name', ({ name }) => {
    expect(() => corpusProject(name)).toThrow(ComposeRefusal);
  });

  it.each(
    smallProjects.flatMap((each) =>
      each.refusal === undefined ? [] : [[shown(each.files), each.refusal, each] as const],
    ),
  )('%s: %s', (_, _refusal, small) => {
    expect(() => smallProject(small)).toThrow(ComposeRefusal);
  });
});
