// Finds what the tests of a file would not notice: changes one operator or value of it at a time, in a copy of
// the project, and runs the tests. What survives is printed with its line.
//
//   node .scripts/mutate.mjs src/quiz/grade.ts tests/quiz/grade.test.ts [more tests …]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [file, ...tests] = process.argv.slice(2);
if (!file || tests.length === 0) throw new Error('usage: mutate.mjs FILE TEST…');

/** What is changed into what. */
const changes = [
  [/===/g, '!=='],
  [/!==/g, '==='],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/\b0\b/g, '1'],
  [/\b1\b/g, '2'],
  [/!(?=[a-z(])/g, ''],
  [/\.every\(/g, '.some('],
  [/\.some\(/g, '.every('],
  [/\.slice\(1\)/g, ''],
  [/\bcontinue;/g, ''],
];

const copy = mkdtempSync(join(tmpdir(), 'tutor-mutants-'));
for (const part of ['src', 'tests', 'lessons', '.config', '.scripts', 'package.json', 'tsconfig.json']) {
  cpSync(part, join(copy, part), { recursive: true });
}
symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
const target = join(copy, file);
const text = readFileSync(file, 'utf8');
let killed = 0;
const survivors = [];
try {
  if (!passes()) throw new Error('the tests fail as it is');
  for (const { place, before, after } of mutants()) {
    writeFileSync(target, text.slice(0, place) + after + text.slice(place + before.length));
    if (passes()) {
      const line = text.slice(0, place).split('\n').length;
      survivors.push(
        `${file}:${line}  ${before.trim()} → ${after.trim() || 'nothing'}    ${text.split('\n')[line - 1].trim()}`,
      );
      console.log(survivors.at(-1));
    } else killed += 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${file}: ${killed} of ${killed + survivors.length} mutants were noticed`);

/** Every change of the code, and none of comments, texts and imports. */
function* mutants() {
  const code = text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, blank)
    .replace(/^import[\s\S]*?;$/gm, blank)
    .replace(/^(export )?(interface|type) [\s\S]*?^\}?/gm, blank)
    .replace(/'(?:[^'\\\n]|\\.)*'/g, blank);
  for (const [pattern, after] of changes) {
    for (const { index, 0: before } of code.matchAll(pattern)) yield { place: index, before, after };
  }
}

function blank(found) {
  return found.replace(/[^\n]/g, ' ');
}

function passes() {
  const args = [
    'vitest',
    'run',
    '--config',
    '.config/vitest.config.ts',
    '--project',
    'unit',
    '--bail',
    '1',
    ...tests,
  ];
  return spawnSync('npx', args, { cwd: copy, stdio: 'ignore', timeout: 120_000 }).status === 0;
}
