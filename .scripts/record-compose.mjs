// What docker compose makes of the compose files in tests/fixtures/compose/corpus/: runs the real
// `docker compose config` on each and keeps what it prints.
//
//   node .scripts/record-compose.mjs
//
// writes tests/fixtures/compose/recorded.ndjson, a line for each folder. The first line of its compose.yaml may
// give options: `# docker compose -f a.yaml -f b.yaml --profile x --env KEY=value KEY2=`. Projects of a few lines
// stand in tests/fixtures/compose/small-files.ndjson: a line each, `files` by their names, of which compose.yaml
// and over.yaml are given to compose; what it printed is put beside them.

import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const corpus = fileURLToPath(new URL('../tests/fixtures/compose/corpus/', import.meta.url));
const target = fileURLToPath(new URL('../tests/fixtures/compose/recorded.ndjson', import.meta.url));
const small = fileURLToPath(new URL('../tests/fixtures/compose/small-files.ndjson', import.meta.url));

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

/** What compose makes of a folder of the corpus. */
async function record(name) {
  const { options, env } = optionsOf(readFileSync(join(corpus, name, 'compose.yaml'), 'utf8'));
  return {
    name,
    ...(await config(name, options, env, (folder) =>
      cpSync(join(corpus, name), folder, { recursive: true }),
    )),
  };
}

/** What compose makes of a few files. */
async function recordSmall({ files }) {
  const options = files['over.yaml'] === undefined ? [] : ['-f', 'compose.yaml', '-f', 'over.yaml'];
  return {
    files,
    ...(await config('small', options, {}, (folder) => {
      mkdirSync(folder);
      for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    })),
  };
}

async function config(name, options, env, fill) {
  const root = mkdtempSync(join(tmpdir(), 'compose-recorder-'));
  // The project is named after its folder.
  const folder = join(root, name);
  fill(folder);
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
      config: JSON.parse(stdout.replaceAll(folder, `/project/${name}`).replaceAll(root, '/project')),
    };
  } catch (error) {
    return {
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
const smallLines = [];
for (const line of readFileSync(small, 'utf8').trim().split('\n'))
  smallLines.push(JSON.stringify(await recordSmall(JSON.parse(line))));
writeFileSync(small, `${smallLines.join('\n')}\n`);
console.log(`${lines.length - 1} projects, compose ${version}`);
