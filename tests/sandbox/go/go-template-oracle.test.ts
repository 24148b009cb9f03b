import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemplateRunError, templateOf } from '../../../src/sandbox/go/go-template.ts';
import { builtinFunctions } from '../../../src/sandbox/go/go-template-functions.ts';
import { GoTemplateError } from '../../../src/sandbox/go/go-template-pipe.ts';

// What text/template of Go made of these templates with this data: what was written, and what it stopped at.
const file = join(import.meta.dirname, '../../fixtures/go-templates.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as [
  template: string,
  text: string,
  failure: string,
][];

const data = {
  name: 'web',
  ports: [80, 443],
  size: 1.5,
  big: 1234567,
  small: 0.00001,
  none: null,
  yes: true,
  no: false,
  empty: [],
  labels: { b: '2', a: '1' },
  text: 'a<b>&"c\'',
  nested: { list: [{ k: 'x' }, { k: 'y' }] },
  zero: 0,
};

describe('a template beside Go', () => {
  it.each(recorded)('%j', (template, text, failure) => {
    expect(filled(template)).toEqual([text, failure]);
  });
});

function filled(template: string): readonly [text: string, failure: string] {
  try {
    const fill = templateOf(template, { name: 'output', isLenient: true, functions: builtinFunctions });
    return [fill(data), ''];
  } catch (error) {
    if (error instanceof TemplateRunError) return [error.written, error.message];
    if (error instanceof GoTemplateError) return ['', error.message];
    throw error;
  }
}
