import { readdirSync, readFileSync } from 'node:fs';
import { host, Lab } from './lone-container.ts';

const folder = new URL('../../fixtures/sandbox/sessions/recorded/', import.meta.url);

/** A line, what it printed, what it complained of, and its code. */
type Said = readonly [line: string, out: string, err: string, code: number];

interface Session {
  readonly title: string;
  readonly lines: readonly Said[];
}

/** What `.scripts/record-sessions.mjs` keeps of a subject. */
interface Recording {
  readonly settings: Readonly<Partial<Record<'image' | 'env' | 'command' | 'before', string>>>;
  readonly sessions: readonly Session[];
}

/** The subjects that there are recordings of. */
export function subjects(): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => name.replace('.json', ''));
}

/** What real containers said. */
export function recording(subject: string): Recording {
  return JSON.parse(readFileSync(new URL(`${subject}.json`, folder), 'utf8'));
}

/** What a simulated container says to the lines of a session. */
export function played({ settings }: Recording, { lines }: Session): readonly Said[] {
  const { image = '', env = '', command = '', before = 'true' } = settings;
  const words = (text: string) => text.split(' ').filter(Boolean);
  const lab = new Lab();
  lab.pull(image);
  const own = lab.runtime.findImage(host, image)?.image.config;
  const argv = command === '' ? undefined : [...(own?.entrypoint ?? []), ...words(command)];
  const id = lab.start(image, argv, { env: [...(own?.env ?? []), ...words(env)] });
  for (let tries = 0; said(lab, id, before)[3] !== 0; tries++) {
    if (tries > 100) throw new Error(`${image} does not get ready`);
    lab.advance(100);
  }
  return lines.map(([line]) => said(lab, id, line));
}

function said(lab: Lab, id: string, line: string): Said {
  const { runtime, simulation } = lab;
  const argv = ['sh', '-c', line.replaceAll('⏎', '\n')];
  const process = runtime.exec(host, id, { argv, tty: false, stdin: false });
  const ended = () => runtime.process(host, process)?.state === 'exited';
  if (!simulation.advance(60_000, ended)) return [line, '', 'does not end', -1];
  const { output = [], exitCode = -1 } = runtime.process(host, process) ?? {};
  const textOf = (stream: string) =>
    output
      .filter((each) => each.stream === stream)
      .map(({ text }) => text)
      .join('');
  return [line, textOf('stdout'), textOf('stderr'), exitCode];
}
