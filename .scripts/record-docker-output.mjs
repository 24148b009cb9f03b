// What a real Docker engine prints for the scenarios of tests/sandbox/docker/scenarios/.
//
//   sudo node .scripts/record-docker-output.mjs [scenario …]      all of them without any
//
// Starts an engine for each scenario, in namespaces of its own, so that nothing on this machine is touched; it pulls from
// registries that this script serves, whose images are made from a static busybox ($BUSYBOX, or /bin/busybox). It needs
// dockerd, docker, ip, iptables, unshare, openssl and root. Writes tests/sandbox/docker/recorded/*.txt.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { publishImages, staticBusybox } from './docker-recording/busybox-image.mjs';
import {
  goApart,
  home,
  isApart,
  layOut,
  outside,
  startEngine,
  versions,
} from './docker-recording/engine.mjs';
import { Store, serve } from './docker-recording/registry.mjs';

const tests = fileURLToPath(new URL('../tests/sandbox/docker/', import.meta.url));

/** How long a line may take, in milliseconds. */
const patience = 60_000;

async function main(names) {
  const { scenarios, normalised, transcript } = await loaded();
  const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name));
  const { trusted, ...tls } = layOut();
  const busybox = staticBusybox();
  for (const scenario of chosen) {
    const store = new Store();
    publishImages(store, busybox);
    const server = await serve(store, tls, outside);
    const stop = await startEngine(trusted);
    try {
      const head = `# recorded with ${versions()}\n`;
      // A build asks for its own tokens, in the client.
      const tokens = { SSL_CERT_FILE: trusted };
      const you = { HOME: home, PWD: home, USER: 'you' };
      const env = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C', ...you, ...tokens };
      for (const line of scenario.setup) {
        const { stderr, code } = await run(line, env);
        if (code !== 0) throw new Error(`${scenario.name}: ${line}\nended with ${code}: ${stderr}`);
      }
      const outcomes = [];
      for (const line of scenario.lines) outcomes.push(await run(line, env));
      const parts = normalised(outcomes).map((outcome, place) => transcript(scenario.lines[place], outcome));
      const file = `${scenario.name.replaceAll(' ', '-')}.txt`;
      writeFileSync(join(tests, 'recorded', file), `${head}\n${parts.join('\n')}`);
      console.log(`${scenario.name}: ${outcomes.length} lines`);
    } finally {
      await stop();
      server.closeAllConnections();
      server.close();
    }
  }
}

function run(line, env) {
  return new Promise((resolve) => {
    const options = { env, cwd: home, timeout: patience, maxBuffer: 1 << 26 };
    const child = execFile('sh', ['-c', line], options, (_error, stdout, stderr) =>
      resolve({ stdout, stderr, code: child.exitCode ?? 124 }),
    );
    child.stdin.end();
  });
}

/** The scenarios and what they are compared by, which are TypeScript. */
async function loaded() {
  const folder = mkdtempSync(join(tmpdir(), 'docker-recording-'));
  const outfile = join(folder, 'scenarios.mjs');
  const contents = "export * from './scenarios.ts'; export * from './normalise.ts';";
  const stdin = { contents, resolveDir: tests, loader: 'ts' };
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const loaded = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return loaded;
}

if (isApart()) {
  await main(process.argv.slice(2));
  process.exit(0);
}
process.exitCode = await goApart();
