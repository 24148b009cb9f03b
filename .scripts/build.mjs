// Builds dist/: the program as a bundle split by command, the index of lessons/, the licences of what is
// bundled. Runs by itself on `npm ci` and `npm install` in a checkout.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { directBuiltins } from './builtins.mjs';
import { importTypeScript } from './bundle.mjs';
import { quickTables } from './quick-tables.mjs';

rmSync('dist', { recursive: true, force: true });
const metafile = await bundleProgram();
await makeCommonJs();
await indexLessons();
await recordFreshWorld();
collectLicences(metafile);
execFileSync(process.execPath, ['.scripts/warm-up.cjs'], { stdio: 'inherit' });

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
      'cli-spinners': './.scripts/two-spinners.mjs',
      'string-width': './.scripts/string-width.cjs',
      '#supports-color': './.scripts/supports-color.mjs',
    },
    plugins: [directBuiltins, quickTables],
    inject: ['.scripts/hot-path.mjs'],
    define: { builtVersion: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  });
  return result.metafile;
}

/**
 * esbuild splits a bundle of ES modules only; what it made is turned into CommonJS file by file. Node loads
 * that quicker, and bin/load.js can hand V8 what it compiled before.
 */
async function makeCommonJs() {
  writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
  for (const name of readdirSync('dist').filter((each) => each.endsWith('.js'))) {
    const file = join('dist', name);
    const { code } = await transform(readFileSync(file, 'utf8'), {
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      minify: true,
      supported: { 'dynamic-import': false },
    });
    writeFileSync(file, code);
  }
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

/** A cluster takes as long to come up as Node itself: the sandbox begins with one that has. */
async function recordFreshWorld() {
  const { Sandbox } = await importTypeScript('src/sandbox/sandbox.ts');
  const world = Sandbox.fresh({ now: Date.UTC(2026, 0, 1), seed: 1 }).snapshot();
  writeFileSync('dist/content/world.json', JSON.stringify(world));
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
  // What is not code of a package: recorded words of other projects.
  const notices = readdirSync('.scripts/notices').map((name) =>
    readFileSync(join('.scripts/notices', name), 'utf8'),
  );
  const rule = `\n${'-'.repeat(78)}\n\n`;
  writeFileSync(
    'dist/THIRD-PARTY-LICENCES.txt',
    `k8s-docker-tutor contains code of these packages, each under its own licence.\n${rule}${[...texts, ...notices].join(rule)}`,
  );
}
