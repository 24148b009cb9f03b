import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, TutorError } from '../../errors.ts';
import type { KubernetesObject } from '../../kubernetes/objects.ts';
import { toYaml } from '../../kubernetes/yaml.ts';
import { makeDirectory } from '../../learner/make-directory.ts';

/** What `-o` asks for. */
export type OutputForm =
  | { readonly kind: 'everything' }
  | { readonly kind: 'yaml' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'folder'; readonly folder: string };

/** @throws TutorError for a form there is not */
export function readOutputForm(text: string | undefined): OutputForm {
  if (text === undefined) return { kind: 'everything' };
  if (text === 'yaml' || text === 'commands') return { kind: text };
  if (text.startsWith('dir=') && text.length > 4) return { kind: 'folder', folder: text.slice(4) };
  throw new TutorError(`-o cannot be "${text}"`, 'It is yaml, commands, or dir= and a folder.');
}

/**
 * Writes one file an object, named by kind and name, so that `kubectl apply -f <folder>` takes them all.
 * Nothing is written when any of the files is there already, unless `force`.
 *
 * @returns the files written
 * @throws TutorError when one is there, or the folder cannot be written
 */
export function writeObjects(objects: readonly KubernetesObject[], folder: string, force: boolean): string[] {
  const files = objects.map((object, place) => ({
    // A number before it keeps the order: what others need comes first.
    path: join(
      folder,
      `${String(place + 1).padStart(2, '0')}-${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
    ),
    text: toYaml([object]),
  }));
  try {
    // A link that leads nowhere is there too: writing to it would make a file elsewhere.
    const there = files.find(({ path }) => lstatSync(path, { throwIfNoEntry: false }));
    if (there && !force) {
      throw new TutorError(
        `${there.path} is there already`,
        'Name another folder, or add --force to overwrite. Nothing was written.',
      );
    }
    makeDirectory(folder);
    for (const { path, text } of files) writeFileSync(path, text);
  } catch (error) {
    if (error instanceof TutorError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new TutorError(
      `${folder.length > 200 ? `${folder.slice(0, 200)}…` : folder} cannot be written (${code})`,
      'Name a folder you can write to.',
      exitCode.no,
    );
  }
  return files.map(({ path }) => path);
}
