// Runs the sessions of tests/fixtures/sandbox/sessions/ in containers of a real Docker Engine, and keeps what their lines
// printed and their codes beside them. A file begins with settings, `image: redis:7` and so on; `# ` and a title begin a
// session, which has a container of its own; each line is given to `sh -c` in it. `⏎` in a line is the end of one.
//
//   node .scripts/record-sessions.mjs [subject …]      all subjects without one
//
// image     what the container is made from
// env       what is put into its environment: A=b C=d
// command   what runs in it in the place of what the image would run
// before    a line that is run first, again until it succeeds, and not kept
//
// Needs docker and the images.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../tests/fixtures/sandbox/sessions/', import.meta.url));
const mostTries = 100;

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function play({ image, env = '', command = '', before = 'true' }, lines) {
  const name = `session-${process.pid}`;
  const words = (text) => text.split(' ').filter(Boolean);
  const variables = words(env).flatMap((variable) => ['-e', variable]);
  execFileSync('docker', [
    ...['run', '-d', '--name', name, '--hostname', 'web', ...variables],
    ...[image, ...words(command)],
  ]);
  const run = (line) =>
    spawnSync('docker', ['exec', name, 'sh', '-c', line.replaceAll('⏎', '\n')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    for (let tries = 0; run(before).status !== 0; tries++) {
      if (tries > mostTries) throw new Error(`${image} does not get ready`);
      pause(100);
    }
    return lines.map((line) => {
      const { stdout, stderr, status } = run(line);
      return [line, stdout, stderr, status];
    });
  } finally {
    execFileSync('docker', ['rm', '-f', name]);
  }
}

function record(subject) {
  const [head, ...parts] = readFileSync(`${folder}${subject}.txt`, 'utf8').split(/^# /m);
  const settings = Object.fromEntries(
    [...head.matchAll(/^(\w+): (.*)$/gm)].map(([, key, value]) => [key, value]),
  );
  const sessions = parts.map((part) => {
    const [title, ...lines] = part.split('\n').filter(Boolean);
    return { title, lines: play(settings, lines) };
  });
  const written = sessions.map(({ title, lines }) => {
    const rows = lines.map((line) => `    ${JSON.stringify(line)}`).join(',\n');
    return `  { "title": ${JSON.stringify(title)}, "lines": [\n${rows}\n  ] }`;
  });
  mkdirSync(`${folder}recorded`, { recursive: true });
  const text = `{ "settings": ${JSON.stringify(settings)}, "sessions": [\n${written.join(',\n')}\n] }\n`;
  writeFileSync(`${folder}recorded/${subject}.json`, text);
  console.log(
    `${subject}: ${sessions.length} sessions, ${sessions.flatMap(({ lines }) => lines).length} lines`,
  );
}

const all = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const asked = process.argv.slice(2);
for (const subject of asked.length > 0 ? asked : all.map((name) => name.slice(0, -4))) record(subject);
