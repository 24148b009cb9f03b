import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences, recorded, said, setup } from './recorded-lines.ts';

/** What is recorded is of 1.36.1; that of 1.35 says the same of the lines below, but for those that are named. */
const known = /^BusyBox v1\.3[56]\./;
const help = spawnSync('busybox', { encoding: 'utf8' });
const version = /^BusyBox v\S+/.exec(help.stdout ?? '')?.[0];
const isKnown = version !== undefined && known.test(version);

/** What 1.35 says otherwise, or what depends on how it was built. */
const olderOtherwise: readonly RegExp[] = [
  /Usage: /,
  /^(base64|seq|cut -d ab|cut -f 3-1|cut -s|echo a:b:c|tac|rev|sha256sum|tr a$|echo abc \| tr a$)/,
  /\| (tac|rev|tr a$)/,
  /^sort -[hV]/,
  // Regular expressions that are wrong are refused in other words; `-ov` crashes.
  /bad regex/,
  /^grep ('\[' |-ov )/,
  /a\\\|b/,
];

/** Lines that need nothing but the files of their folder. */
const subjects = ['text-tools', 'grep', 'sed'] as const;

function lines(): readonly string[] {
  const others = differences();
  return subjects.flatMap((subject) =>
    recorded(subject, 'ash')
      .filter(([line]) => !others[`${subject}.ash`]?.includes(line))
      .filter(([line, , err]) => !olderOtherwise.some((each) => each.test(line) || each.test(err)))
      .filter(([line]) => !/\/(proc|dev)\//.test(line))
      .map(([line]) => line),
  );
}

const folder = isKnown ? mkdtempSync(join(tmpdir(), 'busybox-')) : '';
const bin = join(folder, 'bin');

beforeAll(() => {
  if (!isKnown) return;
  mkdirSync(bin);
  spawnSync('busybox', ['--install', '-s', bin]);
});
afterAll(() => {
  if (isKnown) rmSync(folder, { recursive: true });
});

/** What the busybox that is installed says to a line. */
function really(line: string): readonly [out: string, err: string, code: number | null] {
  const work = mkdtempSync(join(folder, 'work-'));
  const script = `umask 022; . ${fileURLToPath(setup)}; ${line.replaceAll('⏎', '\n')}`;
  const { stdout, stderr, status } = spawnSync('busybox', ['sh', '-c', script], {
    cwd: work,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: folder, TZ: 'UTC' },
    input: '',
    timeout: 10_000,
  });
  return [stdout, stderr, status];
}

describe.skipIf(!isKnown)(
  `the busybox that is installed (${version ?? 'there is none: nothing is compared'})`,
  () => {
    it.each(lines())('says the same as the sandbox to: %s', (line) => {
      const [, ...ours] = said(line, 'ash');
      expect(ours).toEqual(really(line));
    });
  },
);
