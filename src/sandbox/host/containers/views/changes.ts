import type { FileChange } from '../../../runtime/file-tree.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { ContainerParts } from '../container-parts.ts';
import type { ContainerRecord } from '../container-record.ts';

const kinds: Readonly<Record<FileChange['kind'], number>> = { changed: 0, added: 1, deleted: 2 };

/**
 * What a container changed of its image's files, with the folders above, which have changed too.
 *
 * @returns null where it changed nothing, as the API says it
 */
export function containerChanges(
  { runtime }: ContainerParts,
  { id }: ContainerRecord,
): readonly { readonly Path: string; readonly Kind: number }[] | null {
  const files = runtime.files(laptopHost, id);
  const found = new Map<string, number>();
  for (const { path, kind } of runtime.changes(laptopHost, id)) {
    if (path.startsWith('/dev/shm')) continue;
    const parts = path.split('/');
    for (let depth = 2; depth < parts.length; depth++) {
      const above = parts.slice(0, depth).join('/');
      if (!found.has(above)) found.set(above, files.imageNode(above) ? kinds.changed : kinds.added);
    }
    found.set(path, kinds[kind]);
  }
  if (found.size === 0) return null;
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([Path, Kind]) => ({ Path, Kind }));
}
