// Runs the end-to-end tests with each Node that the program supports, and sees that older ones are refused
// kindly. Every Node comes as the npm package `node`, into a folder that is thrown away.
//
//   npm run test:nodes [major …]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const supported = ['20', '22', '24', '26'];
const refused = ['18', '20.18.3'];

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tutor-nodes-'));
const failed = [];
try {
  for (const version of wanted.length > 0 ? wanted : supported) {
    const node = install(version);
    console.log(`\nNode ${said(node, ['--version'])}`);
    const { status } = spawnSync(
      'npx',
      ['vitest', 'run', '--config', '.config/vitest.config.ts', '--project', 'e2e'],
      {
        stdio: 'inherit',
        env: { ...process.env, TUTOR_NODE: node },
        shell: process.platform === 'win32',
      },
    );
    if (status !== 0) failed.push(version);
  }
  for (const version of wanted.length > 0 ? [] : refused) {
    const node = install(version);
    const { status, stderr } = spawnSync(node, ['bin/k8s-docker-tutor.js', 'map', 'ps'], {
      encoding: 'utf8',
    });
    const isKind =
      status === 2 && stderr.includes('needs Node 20.19 or newer') && !stderr.includes('    at ');
    console.log(`Node ${version} is ${isKind ? 'refused kindly' : `not refused kindly:\n${stderr}`}`);
    if (!isKind) failed.push(version);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failed.length > 0) {
  console.error(`failed with Node ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** @returns the path of a Node of that version */
function install(version) {
  const home = join(folder, version);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{}\n');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`];
  const { status } = spawnSync('npm', args, {
    cwd: home,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`Node ${version} cannot be had as the npm package node`);
  return join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function said(program, args) {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout.trim();
}
