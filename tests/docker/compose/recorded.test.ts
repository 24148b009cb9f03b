import { describe, expect, it } from 'vitest';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import { asCompose, clean } from '../../fixtures/compose/as-compose.ts';
import { corpusProject, recorded } from '../../fixtures/compose/corpus.ts';

describe('a compose file is understood as docker compose understands it', () => {
  it.each(recorded.filter(({ config }) => config))('$name', ({ name, config }) => {
    expect(asCompose(corpusProject(name))).toEqual(clean(config));
  });
});

describe('a compose file that docker compose refuses is refused', () => {
  it.each(recorded.filter(({ refusal }) => refusal !== undefined))('$name', ({ name }) => {
    expect(() => corpusProject(name)).toThrow(ComposeRefusal);
  });
});
