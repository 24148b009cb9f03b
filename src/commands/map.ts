import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { TutorError } from '../errors.ts';
import { optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { isLine } from './map/line-of-words.ts';
import type { MapOptions } from './map/map-options.ts';
import { openSession } from './session.ts';

export function define(command: Command, io: Io): void {
  command
    .argument(
      '[words...]',
      'words to look up, a whole docker or kubectl line, files, or - for standard input',
    )
    .option('--json', 'print JSON: one object, or one a line with -')
    .option(
      '-o, --output <form>',
      'yaml: only the manifest; commands: only the commands; dir=<folder>: one file an object',
    )
    .addOption(
      new Option('--as <kind>', 'what runs the container').choices([
        'deployment',
        'pod',
        'job',
        'statefulset',
      ]),
    )
    .addOption(
      new Option('--kubernetes <version>', 'the version to write for')
        .choices(['1.32', '1.33', '1.34', '1.35', '1.36'])
        .default('1.36'),
    )
    .option('--all', 'list every command, not only the daily ones')
    .option('--category <name>', 'list the commands of one category')
    .addOption(
      new Option('--grade <grade>', 'list the commands of one grade').choices([
        'exact',
        'approximate',
        'none',
        'false-friend',
      ]),
    )
    .option('--markdown', 'print the list as Markdown, a cheat sheet')
    .option(
      '--history',
      "read your shell's history, or the files you name, and show what you really use; nothing leaves this machine",
    )
    .option('--force', 'with -o dir=, overwrite files')
    .action((words: string[]) => map(io, words, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor map                          search all commands as you type',
    'k8s-docker-tutor map logs                     look one up',
    'k8s-docker-tutor map copy a file              look up what you want to do',
    'k8s-docker-tutor map docker run -d nginx      translate a line, flag by flag',
    'k8s-docker-tutor map -o yaml docker run -d nginx | kubectl apply -f -',
    'k8s-docker-tutor map kubectl get pods         the way back',
    'k8s-docker-tutor map compose.yaml             a compose file, with all it names',
    'k8s-docker-tutor map Dockerfile               what Kubernetes takes from it',
    'k8s-docker-tutor map - < script.sh            every line of a script',
    'k8s-docker-tutor map --history                your own table',
  ]);
}

async function map(io: Io, words: string[], options: MapOptions): Promise<void> {
  const session = openSession(io, options);
  const [first = ''] = words;
  if (options.history) {
    const { mapHistory } = await import('./map/map-history.ts');
    return mapHistory(session, words, options);
  }
  if (first === '-' && words.length === 1) {
    const { mapInput } = await import('./map/map-input.ts');
    return mapInput(session, options);
  }
  if (isLine(words)) {
    const { mapLine } = await import('./map/map-line.ts');
    return mapLine(session, words, options);
  }
  if (words.length > 0 && words.every(isFile)) {
    const { mapFiles } = await import('./map/map-files.ts');
    return mapFiles(session, words, options);
  }
  if (options.output !== undefined || options.as !== undefined) {
    throw new TutorError(
      '-o and --as need a docker line or a file',
      'Put the line after them: map -o yaml docker run -d nginx',
    );
  }
  const { mapWords } = await import('./map/map-words.ts');
  return mapWords(session, words.join(' '), options);
}

/** A file by what it is called; a plain word is a file only where one of that name is there. */
function isFile(word: string): boolean {
  const name = basename(word);
  return (
    /\.ya?ml$/i.test(name) ||
    /^(Dockerfile|Containerfile)\b/i.test(name) ||
    (/[./\\]/.test(word) && existsSync(word))
  );
}
