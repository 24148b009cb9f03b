import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Runs a TypeScript module of src/ on any Node the project supports: Node 20 does not read TypeScript.
 *
 * @param {string} entry path from the root of the project, such as "src/content/lint-content.ts"
 * @returns the module's exports
 */
export async function importTypeScript(entry) {
  // Inside node_modules, so that packages left out of the bundle are found from there.
  const folder = mkdtempSync(join('node_modules', '.tutor-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      target: 'node20',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
