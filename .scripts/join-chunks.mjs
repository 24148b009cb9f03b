import { readFileSync } from 'node:fs';

/**
 * An esbuild plugin: what the commands of `map` share lands in one chunk. esbuild makes a chunk for each
 * set of entries that share something, and each chunk is a file that Node has to find, read and link: of
 * the time that a translation takes, a tenth. Where all of the entries ask for the same, there is one set.
 */
export const joinChunks = {
  name: 'join-chunks',
  setup(build) {
    build.onLoad(
      { filter: /commands[\\/]map-(files|kubectl|input|history|dockerfile)\.ts$/ },
      ({ path }) => ({
        contents: `${readFileSync(path, 'utf8')}\nimport './map-line.ts';\n`,
        loader: 'ts',
      }),
    );
  },
};
