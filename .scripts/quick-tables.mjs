import { readFileSync } from 'node:fs';

const measured = 'let content = utils.truncate(this.content, 10, this.truncate);';

/**
 * An esbuild plugin: cli-table3 shortens the whole content of a cell for a debugging message, again for
 * each line that it draws, and throws the message away. In a table of long cells that takes most of the time.
 */
export const quickTables = {
  name: 'quick-tables',
  setup(build) {
    build.onLoad({ filter: /cli-table3[\\/]src[\\/]cell\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(measured))
        throw new Error('cli-table3 has changed: see whether quick-tables.mjs is still needed');
      return { contents: source.replace(measured, "let content = '';"), loader: 'js' };
    });
  },
};
