import { readdirSync, readFileSync } from 'node:fs';
import type { World } from '../../../src/sandbox/world.ts';
import { begin, host, Lab } from './lone-container.ts';

const folder = new URL('../../fixtures/sandbox/command-lines/', import.meta.url);

/** A command line, what it printed, what it complained of, and its code. */
export type Recorded = readonly [line: string, out: string, err: string, code: number];

/** The shells that lines are given to: the image each is in, and its name. */
export const shells = {
  ash: ['busybox:1.36', 'sh'],
  bash: ['nginx:1.28', 'bash'],
  dash: ['nginx:1.28', 'sh'],
} as const;

export type Shell = keyof typeof shells;

/** What was recorded: subject and shell. */
export function recordings(): readonly (readonly [subject: string, shell: Shell])[] {
  return (
    readdirSync(new URL('recorded', folder))
      .sort()
      .map((name) => name.split('.') as [string, Shell])
      // What the learner's own shell is given is not for containers.
      .filter(([, shell]) => Object.hasOwn(shells, shell))
  );
}

/** What the real shell said to the lines of a subject. */
export function recorded(subject: string, shell: Shell): readonly Recorded[] {
  return JSON.parse(readFileSync(new URL(`recorded/${subject}.${shell}.json`, folder), 'utf8'));
}

/** Lines to which the sandbox is known to say something else, by subject and shell. */
export function differences(): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(new URL('differences.json', folder), 'utf8'));
}

/** The script that makes the files of each line. */
export const setup = new URL('setup.sh', folder);

const worlds: Partial<Record<Shell, { readonly world: World; readonly id: string }>> = {};

/** What a simulated container says to a line, in a new folder with the files of `setup.sh`. */
export function said(line: string, shell: Shell): Recorded {
  const [image, command] = shells[shell];
  worlds[shell] ??= prepared(image);
  const { world, id } = worlds[shell];
  const { runtime, simulation } = new Lab(world);
  const argv = [command, '-c', line.replaceAll('⏎', '\n')];
  const process = runtime.exec(host, id, { argv, tty: false, stdin: false, workingDir: '/t' });
  const ended = () => runtime.process(host, process)?.state === 'exited';
  if (!simulation.advance(10_000, ended)) return [line, '', 'does not end', -1];
  const { output = [], exitCode = -1 } = runtime.process(host, process) ?? {};
  const textOf = (stream: string) =>
    output
      .filter((each) => each.stream === stream)
      .map(({ text }) => text)
      .join('');
  return [line, textOf('stdout'), textOf('stderr'), exitCode];
}

function prepared(image: string): { readonly world: World; readonly id: string } {
  const lab = new Lab();
  const id = lab.start(image, ['sleep', '100000']);
  const script = readFileSync(setup, 'utf8');
  const made = lab.exec(id, ['sh', '-c', `mkdir /t; cd /t; ${script}`]);
  if (made !== '') throw new Error(made);
  lab.advance(begin % 1000);
  return { world: lab.simulation.store.snapshot(), id };
}
