import process from 'node:process';
import type { Command } from 'commander';
import { examine } from '../doctor/examine.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { whileSpinning } from '../terminal/spinner.ts';
import { styleFor } from '../terminal/style.ts';
import { drawReport } from '../terminal/views/doctor-view.ts';
import { programVersion } from '../version.ts';
import { openSession, type Session } from './session.ts';

interface DoctorOptions extends CommonOptions {
  readonly json?: boolean;
  readonly nodes?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .description(
      'What is installed here and where files live. Runs docker, kubectl and other tools, only to ask for versions and contexts. Nothing is changed, and nothing leaves this machine unless you add --nodes.',
    )
    .option('--nodes', "also ask the current context's cluster which runtimes its nodes use")
    .option('--json', 'print JSON')
    .action(() => doctor(io, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor doctor            what is installed here',
    'k8s-docker-tutor doctor --plain    the same, to paste into an issue',
    'k8s-docker-tutor doctor --nodes    and the runtimes of your cluster',
  ]);
}

async function doctor(io: Io, options: DoctorOptions): Promise<void> {
  const session = openSession(io, options);
  const known = {
    version: programVersion(),
    nodeVersion: process.version,
    architecture: process.arch,
    terminal: describeTerminal(session),
    progressPath: session.progress.path === undefined ? undefined : hideHome(session.progress.path, io),
    progress: describeProgress(session),
  };
  const report = await whileSpinning(io, session.screen, 'Asking docker, kubectl and others', () =>
    examine(io, known, options.nodes === true),
  );
  if (options.json) session.printJson({ version: 1, ...report });
  else session.print(drawReport(report, styleFor(session.screen)));
}

function describeTerminal({ screen, io }: Session): string {
  const colours = ['no colour', '16 colours', '256 colours', 'true colour'][screen.colour];
  const kind = screen.interactive ? (io.env.TERM ?? 'a terminal') : 'not interactive';
  return `${kind}, ${screen.columns} columns, ${screen.unicode ? 'Unicode' : 'ASCII'}, ${colours}`;
}

function describeProgress({ progress }: Session): string {
  const { answers, lessons } = progress.read();
  const done = Object.values(lessons).filter((lesson) => lesson.done).length;
  return answers.length === 0 && Object.keys(lessons).length === 0
    ? 'none yet'
    : `${done} lessons done, ${answers.length} answers`;
}

/** What is pasted into an issue need not name the learner. */
function hideHome(path: string, io: Io): string {
  try {
    const home = io.home();
    return home.length > 1 && path.startsWith(home) ? `~${path.slice(home.length)}` : path;
  } catch {
    return path;
  }
}
