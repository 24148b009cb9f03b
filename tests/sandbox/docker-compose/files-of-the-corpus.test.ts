import { describe, expect, it } from 'vitest';
import { loadCompose } from '../../../src/docker/compose/load.ts';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import { projectJson } from '../../../src/sandbox/docker/compose/model/project-model.ts';
import { projectOf } from '../../../src/sandbox/docker/compose/project/project-of.ts';
import { refusalWords } from '../../../src/sandbox/docker/compose/project/refusal-words.ts';
import { withoutUnused } from '../../../src/sandbox/docker/compose/project/select-services.ts';
import { escapeHtml } from '../../../src/sandbox/go/go-json.ts';
import { corpusInput, corpusProject, recorded } from '../../fixtures/compose/corpus.ts';

// What the real compose printed of these files, to the letter: the hash of a service is made of this text.

describe('compose config --format json prints a project as the real one does', () => {
  it.each(recorded.filter(({ config }) => config))('$name', ({ name, config }) => {
    const project = projectOf(corpusProject(name), { paths: [], envFiles: [], variables: {} });
    const text = projectJson(withoutUnused(project)).replaceAll('$', () => '$$');
    expect(text).toBe(escapeHtml(JSON.stringify(config, null, 2)));
  });
});

describe('a compose file that compose refuses is refused in its words', () => {
  /** Of these the place of the mistake is told otherwise: their mappings stand in braces. */
  const otherPlace = ['refused-number-key'];
  const refused = recorded.filter(({ name, refusal }) => refusal !== undefined && !otherPlace.includes(name));

  // The recording has the last line alone.
  it.each(refused)('$name', ({ name, refusal = '' }) => {
    const said = refusedWith(name).trimEnd().split('\n').at(-1) ?? '';
    expect(said.trim()).toBe(refusal.trim());
  });
});

function refusedWith(name: string): string {
  const input = corpusInput(name);
  try {
    loadCompose({ ...input, anyImage: true });
  } catch (error) {
    if (!(error instanceof ComposeRefusal)) throw error;
    const text = input.files.find(({ path }) => path === error.file)?.text;
    return refusalWords(error, text ?? input.readFile?.(error.file) ?? '');
  }
  throw new Error(`${name} is not refused`);
}
