import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnreadableWorld, WorldFile } from '../../src/learner/world-file.ts';
import { Store } from '../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../src/sandbox/world.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

function world(phase: string): World {
  const store = new Store(emptyWorld(1000, 1));
  store.write('pods', 'default/web', { phase });
  return store.snapshot();
}

describe('a world on disk', () => {
  it('is none at first, and then what was saved, byte for byte', () => {
    const path = join(temporaryDirectory(), 'below', 'sandbox.json');
    expect(new WorldFile(path).load()).toBeUndefined();
    const file = new WorldFile(path);
    expect(file.save(world('Running'), [], 'unused')).toBe(false);
    const loaded = new WorldFile(path).load();
    expect(JSON.stringify(loaded?.world)).toBe(JSON.stringify(world('Running')));
    expect(readdirSync(join(path, '..'))).toEqual(['sandbox.json']);
  });

  it('can be saved again and again by the run that has it', () => {
    const file = new WorldFile(join(temporaryDirectory(), 'sandbox.json'));
    for (const phase of ['Pending', 'Running', 'Succeeded'])
      expect(file.save(world(phase), [], 'unused')).toBe(false);
    expect(file.load()).toMatchObject({ serial: 3, world: world('Succeeded') });
  });

  it('that another run has saved in the meantime is left to it, and ours goes aside', () => {
    const folder = temporaryDirectory();
    const path = join(folder, 'sandbox.json');
    const aside = join(folder, 'aside.json');
    const [ours, theirs] = [new WorldFile(path), new WorldFile(path)];
    ours.save(world('Pending'), [], aside);
    theirs.load();
    theirs.save(world('theirs'), [], aside);
    expect(ours.save(world('ours'), [], aside)).toBe(true);
    expect(ours.path).toBe(aside);
    expect(ours.save(world('ours, later'), [], join(folder, 'unused.json'))).toBe(false);
    expect(new WorldFile(path).load()?.world).toEqual(world('theirs'));
    expect(new WorldFile(aside).load()?.world).toEqual(world('ours, later'));
  });

  it.each([
    ['is cut off', '{"version":1,"serial":1,"world":{"ver', 'it is no JSON', false],
    ['is something else', '[]', 'it holds no world', false],
    [
      'has no tables',
      '{"version":1,"serial":1,"undo":[],"world":{"version":1,"now":1,"random":1,"revision":1}}',
      'it holds no world',
      false,
    ],
    ['is of a newer program', '{"version":2}', 'a newer k8s-docker-tutor wrote it', true],
    ['is empty', '', 'it is no JSON', false],
  ])('that %s is not taken up, and not touched', (_, text, message, isNewer) => {
    const path = join(temporaryDirectory(), 'sandbox.json');
    writeFileSync(path, text);
    const load = (): unknown => new WorldFile(path).load();
    expect(load).toThrow(UnreadableWorld);
    expect(load).toThrow(expect.objectContaining({ message, isNewer }));
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is never written over by a run that could not read it', () => {
    const folder = temporaryDirectory();
    const path = join(folder, 'sandbox.json');
    writeFileSync(path, 'mine');
    expect(new WorldFile(path).save(world('x'), [], join(folder, 'aside.json'))).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('that is damaged can be put out of the way', () => {
    const path = join(temporaryDirectory(), 'sandbox.json');
    writeFileSync(path, 'mine');
    const aside = new WorldFile(path).setAside('2026');
    expect([existsSync(path), readFileSync(aside, 'utf8')]).toEqual([false, 'mine']);
  });
});
