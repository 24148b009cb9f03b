// Prints how long commands take against `node -e 0`, in paired runs: machines are noisy, ratios less so.
// `npm run bench`; `npm run bench -- --check` fails where a target is missed. BENCH_PAIRS sets how many pairs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLargeBank } from './large-bank.mjs';
import { untilSeen } from './until-seen.mjs';

const root = join(import.meta.dirname, '..');
const program = join(root, 'bin', 'k8s-docker-tutor.js');
const pairs = Number(process.env.BENCH_PAIRS ?? 25);
const home = mkdtempSync(join(tmpdir(), 'tutor-bench-'));
const largeProgram = await withLargeBank(root, join(home, 'large'), 10_000);

/** What is timed, and how many times as long as `node -e 0` it may take. */
const cases = [
  { args: ['--version'], target: 1.6 },
  { args: ['--help'], target: 1.6 },
  { args: ['learn', '--list'], target: 1.4 },
  { args: ['glossary', 'pod'], target: 1.4 },
  { args: ['learn', 'pods', '--plain'], target: 1.6 },
  { args: ['map', 'ps'], target: 1.3 },
  {
    args: 'map docker run -d --name web -p 8080:80 -v data:/data --restart=always nginx'.split(' '),
    target: 1.6,
  },
  // Nobody answers: it ends at the first question.
  { args: ['quiz', '--plain'], target: 2 },
  { args: ['quiz', '--plain'], of: largeProgram, named: 'of 10,000 questions', target: 2 },
];

function milliseconds(args) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[values.length >> 1];
}

let isMissed = false;
console.log(`ratio to node -e 0 (median of ${pairs} pairs), Node ${process.versions.node}`);
for (const { args, target, of = program, named = '' } of cases) {
  milliseconds([of, ...args]);
  const ratios = Array.from({ length: pairs }, () => {
    const bare = milliseconds(['-e', '0']);
    return milliseconds([of, ...args]) / bare;
  });
  const ratio = median(ratios);
  report([...args.slice(0, 4), named].join(' '), ratio, target);
}

/** It leaves. */
const ctrlC = '\u0003';

/** First screens: until a terminal shows what can be pressed. */
for (const [words, sign, target] of [
  ['', 'Enter opens', 1.6],
  ['learn', 'Enter opens', 1.6],
  ['learn pods', 'begins', 1.6],
  ['quiz --seed bench', /shows the keys|Enter answers/, 1.6],
]) {
  const args = [program, ...words.split(' ').filter(Boolean)];
  await untilSeen(args, home, sign, ctrlC);
  const ratios = [];
  for (let pair = 0; pair < pairs; pair++) {
    const bare = await untilSeen(['-e', '0'], home);
    ratios.push((await untilSeen(args, home, sign, ctrlC)) / bare);
  }
  report(`first screen: ${words || 'the menu'}`, median(ratios), target);
}

/** Others that look something up, where they are installed. */
for (const [other, theirs, ours] of [
  ['composerize', 'docker run -d -p 8080:80 nginx', 'map docker run -d -p 8080:80 nginx'],
  ['tldr', 'docker-ps', 'map ps'],
]) {
  const take = () => {
    const start = process.hrtime.bigint();
    // In the home of whoever measures: what they look things up in is kept there.
    const { status } = spawnSync(other, theirs.split(' '), { stdio: 'ignore' });
    return status === 0 ? Number(process.hrtime.bigint() - start) / 1e6 : undefined;
  };
  if (take() === undefined) {
    console.log(
      `${`${ours.split(' ').slice(0, 3).join(' ')}, to ${other}`.padEnd(34)} ${other} is not installed`,
    );
    continue;
  }
  const ratios = Array.from(
    { length: pairs },
    () => milliseconds([program, ...ours.split(' ')]) / (take() ?? NaN),
  );
  report(`${ours.split(' ').slice(0, 3).join(' ')}, to ${other}`, median(ratios));
}

function report(what, ratio, target) {
  isMissed ||= target !== undefined && ratio > target;
  const goal = target === undefined ? '' : `  (target ${target}${ratio > target ? ', MISSED' : ''})`;
  console.log(`${what.padEnd(34)} ${ratio.toFixed(2)}${goal}`);
}

rmSync(home, { recursive: true, force: true });
if (isMissed && process.argv.includes('--check')) process.exitCode = 1;
await import('./bench-sandbox.mjs');
