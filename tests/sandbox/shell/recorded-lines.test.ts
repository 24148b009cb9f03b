import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ShellExit } from '../../../src/sandbox/shell/line/control-flow.ts';
import type { Recorded } from '../runtime/recorded-lines.ts';
import { type Outcome, ShellVisitor } from './shell-visitor.ts';

const folder = new URL('../../fixtures/sandbox/command-lines/', import.meta.url);
const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL('recorded/laptop.laptop.json', folder), 'utf8'),
);

/** A shell in a folder with the files of `setup.sh`, in a world of its own. */
const prepared = (() => {
  const visitor = new ShellVisitor();
  const { shell } = visitor;
  shell.laptop.makeFolder('/t');
  shell.laptop.enter('/t');
  const lines = readFileSync(new URL('setup.sh', folder), 'utf8');
  expect(visitor.type(lines)).toEqual({ out: '', err: '', status: 0 });
  visitor.type('HOME=/root');
  return shell.sandbox.snapshot();
})();

function said(line: string): Outcome {
  const visitor = new ShellVisitor({}, prepared);
  try {
    return visitor.type(line);
  } catch (error) {
    if (!(error instanceof ShellExit)) throw error;
    return { ...visitor.said, status: error.code };
  }
}

/** What is complained of, without where: bash counts lines, and the sandbox says besides what can be done. */
function complaints(text: string): string {
  return text
    .replaceAll(/^(?:bash|sh): (?:-c: )?(?:line \d+: )?/gm, 'sh: ')
    .replaceAll(/^(?:sh: `|→).*\n/gm, '');
}

it.each(recorded)('%s is answered as by bash on Debian', (line, out, err, code) => {
  const { out: ourOut, err: ourErr, status } = said(line.replaceAll('⏎', '\n'));
  expect([ourOut, complaints(ourErr), status]).toEqual([out, complaints(err), code]);
});
