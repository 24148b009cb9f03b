import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goYaml } from '../../../src/sandbox/go/go-yaml.ts';

// What go.yaml.in/yaml/v2 2.4.4 wrote of each text, as the value of a key and in a list, and of other values.
const file = join(import.meta.dirname, '../../fixtures/go-yaml.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly texts: [text: string, yaml: string][];
  readonly values: [json: string, yaml: string][];
};

describe('YAML beside Go', () => {
  it.each(recorded.texts)('%j', (text, yaml) => {
    expect(goYaml({ k: text, l: [text] })).toBe(yaml);
  });

  it.each(recorded.values)('%s', (json, yaml) => {
    expect(goYaml(JSON.parse(json))).toBe(yaml);
  });
});
