// Runs the lines of tests/fixtures/sandbox/crictl/lines.txt as root on a node of a real cluster, with the Pods of pods.yaml
// beside it, and keeps what they printed and their codes.
//
//   node .scripts/record-crictl-output.mjs COMMAND…    such as: ssh root@worker-1
//
// COMMAND runs `bash -c LINE` on the node worker-1. Make the namespace tide and apply pods.yaml in it first; it is used up.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../tests/fixtures/sandbox/crictl/', import.meta.url));
const [program, ...args] = process.argv.slice(2);

const lines = readFileSync(`${folder}lines.txt`, 'utf8').split('\n').filter(Boolean);
const answers = lines.map((line) => {
  const { stdout, stderr, status } = spawnSync(program, [...args, 'bash', '-c', line], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return JSON.stringify([line, stdout, stderr, status]);
});
writeFileSync(`${folder}recorded.json`, `[\n${answers.join(',\n')}\n]\n`);
console.log(`${lines.length} lines`);
