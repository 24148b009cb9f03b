import { describe, expect, it } from 'vitest';
import { allObjects } from '../../../src/mapping/compose/compose-translation.ts';
import { translateCompose } from '../../../src/mapping/translate-compose.ts';
import { corpusProject, projects } from '../../fixtures/compose/corpus.ts';
import { externalOf } from '../../fixtures/compose/external.ts';
import { checkRules } from '../../fixtures/kubernetes/rules.ts';
import { checkObject } from '../../fixtures/kubernetes/schema.ts';

describe('every object of a translated project', () => {
  it.each(projects)('is one that the API takes: %s', (name) => {
    const project = corpusProject(name);
    for (const kubernetes of ['1.32', '1.36'] as const) {
      const translation = translateCompose(project, { kubernetes });
      const objects = allObjects(translation);
      expect(objects.flatMap((object) => checkObject(object, kubernetes))).toEqual([]);
      expect(checkRules(objects, { external: externalOf(project, translation) })).toEqual([]);
    }
  });
});
