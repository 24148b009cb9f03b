// Builds dist/: the program as a bundle split by command, the index of lessons/, the licences of what is
// bundled. Runs by itself on `npm ci` and `npm install` in a checkout.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { directBuiltins } from './builtins.mjs';
import { importTypeScript } from './bundle.mjs';
import { joinChunks } from './join-chunks.mjs';
import { quickTables } from './quick-tables.mjs';

rmSync('dist', { recursive: true, force: true });
const metafile = await bundleProgram();
await indexLessons();
collectLicences(metafile);

async function bundleProgram() {
  const result = await build({
    entryPoints: { main: 'src/main.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minify: true,
    legalComments: 'none',
    metafile: true,
    // Inquirer's editor prompt is not used; the text-encoding tables behind it would be half of the package.
    alias: {
      '@inquirer/editor': './.scripts/no-editor.mjs',
      '@colors/colors/safe': './.scripts/no-colors.mjs',
      'string-width': './.scripts/string-width.cjs',
      '#supports-color': './.scripts/supports-color.mjs',
    },
    plugins: [directBuiltins, quickTables, joinChunks],
    inject: ['.scripts/hot-path.mjs'],
    define: { builtVersion: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  });
  return result.metafile;
}

async function indexLessons() {
  const { lintContent } = await importTypeScript('src/content/lint-content.ts');
  const { buildIndex } = await importTypeScript('src/content/build-index.ts');
  const { describeFinding } = await importTypeScript('src/content/finding.ts');
  const { content, findings } = lintContent('lessons');
  if (findings.length > 0) {
    console.error(findings.map(describeFinding).join('\n'));
    console.error(
      `\nlessons/ has ${findings.length} thing(s) to mend, listed above; the index is built all the same.`,
    );
  }
  buildIndex(content, 'dist/content');
}

function collectLicences(metafile) {
  const packages = new Set(
    Object.values(metafile.outputs)
      .flatMap((output) => Object.keys(output.inputs))
      .flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file || !existsSync(join(folder, file))) throw new Error(`${name} comes without a licence text`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  const rule = `\n${'-'.repeat(78)}\n\n`;
  writeFileSync(
    'dist/THIRD-PARTY-LICENCES.txt',
    `k8s-docker-tutor contains code of these packages, each under its own licence.\n${rule}${texts.join(rule)}`,
  );
}
