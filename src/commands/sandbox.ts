import { type Command, InvalidArgumentError } from 'commander';
import { TutorError } from '../errors.ts';
import { optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import type { SandboxOptions } from './sandbox/sandbox-options.ts';
import { openSession } from './session.ts';

export function define(command: Command, io: Io): void {
  command
    .argument('[script]', '- for a script on standard input')
    .option('-c, --command <lines>', 'run these lines, print what they print, and end with their exit code')
    .option('--fresh', 'begin with a new world')
    .option('--world <file>', 'use the world of this file instead of your own')
    .option('--lesson <name>', 'use the world that the task of a lesson is done in')
    .option('--nodes <n>', 'how many nodes a new world has (1 to 100, default 3)', wholeNumber(1, 100))
    .option(
      '--serve',
      "put the cluster's API on a port of 127.0.0.1, for a kubectl of your own, until Ctrl-C",
    )
    .option('--port <n>', 'with --serve: the port (default: one that is free)', wholeNumber(0, 65_535))
    .option('--kubeconfig <file>', 'with --serve: where to write the kubeconfig (never over another one)')
    .action((script: string | undefined) => sandbox(io, script, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor sandbox                         a shell in that world',
    "k8s-docker-tutor sandbox -c 'kubectl get pods'   one line; the world is kept",
    'k8s-docker-tutor sandbox --fresh < script.sh     a script in a new world',
    'k8s-docker-tutor sandbox --lesson pods           in the world of a lesson',
    'k8s-docker-tutor sandbox --serve                 for your own kubectl',
  ]);
}

async function sandbox(io: Io, script: string | undefined, options: SandboxOptions): Promise<void> {
  if (script !== undefined && script !== '-') {
    throw new TutorError(
      `'${script}' is no option of sandbox`,
      "Give a line with -c '…', or a script with < file.",
    );
  }
  if (!options.serve && (options.port !== undefined || options.kubeconfig !== undefined)) {
    throw new TutorError('--port and --kubeconfig belong to --serve', 'Add --serve.');
  }
  if (options.lesson !== undefined && (options.world !== undefined || options.nodes !== undefined)) {
    throw new TutorError('the world of a lesson is given', 'Leave out --world and --nodes, or --lesson.');
  }
  const session = openSession(io, options);
  if (options.serve) {
    const { serve } = await import('./sandbox/sandbox-serve.ts');
    return serve(session, options);
  }
  if (options.command === undefined && script === undefined && session.screen.interactive) {
    if (options.lesson !== undefined) {
      const { enterLesson, lessonWithTask } = await lessonRooms();
      return enterLesson(session, lessonWithTask(session, options.lesson), {
        isFresh: options.fresh === true,
      });
    }
    const { openShell } = await import('./sandbox/sandbox-shell.ts');
    return openShell(session, options);
  }
  const { runScriptOf } = await import('./sandbox/sandbox-script.ts');
  await runScriptOf(session, options);
}

async function lessonRooms() {
  return { ...(await import('./learn/lesson-visit.ts')), ...(await import('./learn/lesson-world.ts')) };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    }
    return number;
  };
}
