// Runs the command lines of tests/fixtures/sandbox/command-lines/ in containers of a real Docker Engine, each in a folder
// with the files that setup.sh makes, and keeps what they printed and their codes beside them. `⏎` in a line is the end of
// one; a line that only one of the shells is given has its name before it: `ash: `.
//
//   node .scripts/record-command-lines.mjs [subject …]      all subjects without one
//
// Needs docker and the images that the shells below stand in.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../tests/fixtures/sandbox/command-lines/', import.meta.url));

const shells = {
  ash: ['busybox:1.36', 'sh'],
  bash: ['nginx:1.28', 'bash'],
  dash: ['nginx:1.28', 'sh'],
  // The learner's own shell is a bash on Debian too.
  laptop: ['nginx:1.28', 'bash'],
};

/** What a container does with the lines in /lines: each gets a new folder /t, and ten seconds. */
const driver = `umask 022; mkdir /out
for line in /lines/*; do
  rm -rf /t; mkdir /t; cd /t; sh /setup.sh
  number=\${line##*/}
  env -i PATH="$PATH" HOME=/root HOSTNAME=web timeout 10 "$1" -c "$(cat "$line")" </dev/null >/out/$number.out 2>/out/$number.err
  echo $? > /out/$number.code
done`;

function record(subject) {
  const [head, ...rows] = readFileSync(join(folder, `${subject}.txt`), 'utf8').split('\n');
  for (const shell of head.replace(/^shells: /, '').split(' ')) {
    const lines = rows
      .filter((row) => row !== '' && !row.startsWith('# '))
      .filter((row) => (/^(ash|bash|dash): /.exec(row)?.[1] ?? shell) === shell)
      .map((row) => row.replace(/^(ash|bash|dash): /, ''));
    const [image, command] = shells[shell];
    const temporary = mkdtempSync(join(tmpdir(), 'command-lines-'));
    const name = `command-lines-${shell}-${process.pid}`;
    mkdirSync(join(temporary, 'lines'));
    lines.forEach((line, index) => {
      writeFileSync(join(temporary, 'lines', `${index}`.padStart(5, '0')), line.replaceAll('⏎', '\n'));
    });
    const docker = (...args) => execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    docker('run', '-d', '--name', name, '--hostname', 'web', '--entrypoint', 'sleep', image, '100000');
    try {
      docker('cp', join(folder, 'setup.sh'), `${name}:/setup.sh`);
      docker('cp', join(temporary, 'lines'), `${name}:/lines`);
      docker('exec', name, 'sh', '-c', driver, 'driver', command);
      docker('cp', `${name}:/out`, join(temporary, 'out'));
    } finally {
      docker('rm', '-f', name);
    }
    const answers = lines.map((line, index) => {
      const [out, err, code] = ['out', 'err', 'code'].map((part) =>
        readFileSync(join(temporary, 'out', `${`${index}`.padStart(5, '0')}.${part}`), 'utf8')
          // When this busybox was compiled is nothing that all of its version share.
          .replaceAll(/^(BusyBox v\S+) \([^)]*\)/gm, '$1'),
      );
      return JSON.stringify([line, out, err, Number(code)]);
    });
    rmSync(temporary, { recursive: true });
    writeFileSync(join(folder, 'recorded', `${subject}.${shell}.json`), `[\n${answers.join(',\n')}\n]\n`);
    console.log(`${subject} in ${shell}: ${lines.length} lines`);
  }
}

const all = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const asked = process.argv.slice(2);
for (const subject of asked.length > 0 ? asked : all.map((name) => name.slice(0, -4))) record(subject);
