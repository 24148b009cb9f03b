// What docker compose makes of the compose files in tests/fixtures/compose/corpus/: runs the real
// `docker compose config` on each and keeps what it prints.
//
//   node .scripts/record-compose.mjs
//
// writes tests/fixtures/compose/recorded.ndjson, a line for each folder. The first line of its compose.yaml may
// give options: `# docker compose -f a.yaml -f b.yaml --profile x --env KEY=value KEY2=`.

import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const corpus = fileURLToPath(new URL('../tests/fixtures/compose/corpus/', import.meta.url));
const target = fileURLToPath(new URL('../tests/fixtures/compose/recorded.ndjson', import.meta.url));

/** The options that stand in the first line, and the variables behind `--env`. */
export function optionsOf(text) {
  const words =
    /^# docker compose (.*)$/m
      .exec(text.split('\n', 1)[0] ?? '')?.[1]
      ?.replaceAll('"', '')
      .split(' ') ?? [];
  const at = words.indexOf('--env');
  const pairs =
    at < 0
      ? []
      : words
          .slice(at + 1)
          .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return { options: at < 0 ? words : words.slice(0, at), env: Object.fromEntries(pairs) };
}

async function record(name) {
  const root = mkdtempSync(join(tmpdir(), 'compose-recorder-'));
  // The project is named after its folder.
  const folder = join(root, name);
  cpSync(join(corpus, name), folder, { recursive: true });
  const { options, env } = optionsOf(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
  try {
    const { stdout } = await promisify(execFile)(
      'docker',
      ['compose', ...options, 'config', '--format', 'json', '--no-env-resolution'],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: '/home/me', DOCKER_CONFIG: join(homedir(), '.docker'), ...env },
        maxBuffer: 2 ** 26,
      },
    );
    return {
      name,
      config: JSON.parse(stdout.replaceAll(folder, `/project/${name}`).replaceAll(root, '/project')),
    };
  } catch (error) {
    return {
      name,
      refusal: String(error.stderr ?? error)
        .trim()
        .split('\n')
        .at(-1)
        ?.replaceAll(folder, `/project/${name}`),
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const version = execFileSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' }).trim();
const lines = [JSON.stringify({ compose: version })];
for (const name of readdirSync(corpus).sort()) {
  const found = await record(name);
  if (found.refusal) console.log(`${name}: ${found.refusal}`);
  lines.push(JSON.stringify(found));
}
writeFileSync(target, `${lines.join('\n')}\n`);
console.log(`${lines.length - 1} projects, compose ${version}`);
