import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory with those above it; one that is there is fine. Node's own `recursive` never ends where
 * a file system says that nothing is there, even below a directory that is: in /proc, for one.
 *
 * @throws what the file system throws
 */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code === 'ENOENT' && above !== path) {
      makeDirectory(above);
      mkdirSync(path);
      // A file of that name is found by whoever writes into it.
    } else if (code !== 'EEXIST') throw error;
  }
}
