import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serviceKeys } from '../../../src/docker/compose/service-shape.ts';
import { sharedRules } from '../../../src/mapping/compose/project-keys.ts';
import { serviceRules } from '../../../src/mapping/compose/service-rules.ts';
import { flagRule } from '../../../src/mapping/run/flag-rules.ts';

// Every key of compose-spec.json, the published schema (https://github.com/compose-spec/compose-spec): those of
// services, those below keys that hold further keys of their own, and those of the sections at the top.
const schemaKeys = readFileSync(new URL('../../fixtures/compose/schema-keys.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const inServices = schemaKeys
  .filter((key) => key.startsWith('services.*.'))
  .map((key) => key.slice('services.*.'.length));
const besides = schemaKeys.filter((key) => !key.startsWith('services'));

/** Keys whose rule covers what is below them. */
const covered =
  /^deploy\.(rollback_config|resources\.reservations\.(devices|generic_resources)|placement\.preferences)\./;

describe('a rule', () => {
  it('is there once for each of the 92 keys of a service', () => {
    const keys = inServices.filter((key) => !key.includes('.'));
    expect(keys).toHaveLength(92);
    expect(keys.filter((key) => serviceRules.filter((rule) => rule.key === key).length !== 1)).toEqual([]);
  });

  it('is there once for each key below those of a service', () => {
    const keys = inServices.filter((key) => key.includes('.') && !covered.test(key));
    expect(keys.length).toBeGreaterThan(70);
    expect(keys.filter((key) => serviceRules.filter((rule) => rule.key === key).length !== 1)).toEqual([]);
  });

  it('is there once for each key beside the services', () => {
    const sections = new Set(['services', 'networks', 'volumes', 'configs', 'secrets', 'models']);
    const keys = besides.filter((key) => !sections.has(key));
    expect(keys.length).toBeGreaterThan(35);
    expect(keys.filter((key) => sharedRules.filter((rule) => rule.key === key).length !== 1)).toEqual([]);
  });

  it('is there for what the model reads, and for no key that nobody can give', () => {
    const read = new Set([...Object.keys(serviceKeys), 'x-*']);
    expect([...read].filter((key) => !serviceRules.some((rule) => rule.key === key))).toEqual([]);
    expect(serviceRules.map(({ key }) => key.split('.')[0] ?? '').filter((key) => !read.has(key))).toEqual(
      [],
    );
  });

  it('names pages, and a flag that has a rule of its own', () => {
    for (const rule of serviceRules) {
      expect(rule.sources, rule.key).not.toEqual([]);
      if (rule.flag !== undefined) expect(flagRule(rule.flag), rule.key).toBeDefined();
    }
  });
});
