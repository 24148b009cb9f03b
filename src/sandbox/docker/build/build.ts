import {
  complain,
  lookAt,
  now,
  pause,
  print,
  readFile,
  readInput,
  type Steps,
  terminal,
  writeFile,
} from '../../effects.ts';
import type { BuildMessage } from '../../host/build/progress.ts';
import type { Archive, MessageStream } from '../../host/engine/request.ts';
import type { DockerContext } from '../context.ts';
import { oneIf, openMessages } from '../engine-client.ts';
import { CommandFailure, SilentExit } from '../failures.ts';
import { canRedraw } from '../streams/can-redraw.ts';
import { buildArguments, failure, labelsOf, refuseUnsimulated, secretOf, tagsOf } from './build-options.ts';
import { BuildTrace } from './build-trace.ts';
import { collectContext, collectDefinition } from './collect-context.ts';
import { sourceListing } from './error-source.ts';
import { lintReport } from './lint-report.ts';
import { PlainProgress } from './plain-progress.ts';
import { registryConfig } from './registry-config.ts';
import { TerminalProgress } from './terminal-progress.ts';

/** `docker build`. */
export function* runBuild(context: DockerContext): Steps<number> {
  const { flags } = context;
  refuseUnsimulated(context);
  const tags = tagsOf(context);
  const progress = yield* progressOf(context);
  const { files, definition, dockerfile, name, shown } = yield* sources(context);
  const isCheck = flags.on('--check') || flags.text('--call') === 'check' || flags.text('--call') === 'lint';
  const call = flags.text('--call');
  if (!isCheck && call !== '' && call !== 'build')
    throw failure(`docker build --call=${call} is not simulated here`);
  const stream = yield* openMessages('POST', '/build', {
    query: {
      version: '2',
      t: tags,
      dockerfile,
      target: flags.text('--target'),
      buildargs: JSON.stringify(buildArguments(context)),
      labels: JSON.stringify(labelsOf(context)),
      secrets: JSON.stringify(yield* readSecrets(context)),
      nocache: oneIf(flags.on('--no-cache')),
      nocachefilter: flags.texts('--no-cache-filter').join(','),
      pull: oneIf(flags.on('--pull')),
      networkmode: flags.text('--network'),
      contextname: name,
      lint: oneIf(isCheck),
    },
    headers: { 'x-registry-config': yield* registryConfig(context) },
    body: { context: files, definition },
  });
  const outcome = yield* watched(stream, progress);
  if (isCheck) return yield* lintReport(outcome.lint, shown);
  if (outcome.digest === undefined) {
    for (const source of outcome.sources) yield* complain(sourceListing(source));
    yield* complain(`ERROR: failed to build: failed to solve: ${outcome.error}\n`);
    throw new SilentExit(1);
  }
  const iidfile = flags.text('--iidfile');
  if (iidfile !== '') yield* writeFile(context.resolve(iidfile), outcome.digest);
  if (progress === 'quiet') yield* print(`${outcome.digest}\n`);
  return 0;
}

type Mode = 'plain' | 'tty' | 'quiet' | 'none';

/** How the progress is shown. @throws CommandFailure */
function* progressOf({ flags, surroundings }: DockerContext): Steps<Mode> {
  const wanted = flags.text('--progress') || surroundings.env.BUILDKIT_PROGRESS || 'auto';
  const { isTerminal } = yield* terminal();
  if (flags.on('--quiet')) {
    if (!['auto', '', 'quiet', 'none'].includes(wanted))
      throw new CommandFailure(`ERROR: progress=${wanted} and quiet cannot be used together`);
    return 'quiet';
  }
  if (wanted === 'auto' || wanted === '') return (yield* canRedraw()) ? 'tty' : 'plain';
  if (wanted === 'plain' || wanted === 'quiet' || wanted === 'none') return wanted;
  if (wanted === 'rawjson') throw failure('docker build --progress=rawjson is not simulated here');
  if (wanted !== 'tty') throw new CommandFailure(`ERROR: invalid progress mode ${wanted}`);
  if (!isTerminal) throw new CommandFailure('ERROR: failed to get console: provided file is not a console');
  return 'tty';
}

/** The files that are built from. */
interface Sources {
  readonly files: Archive;
  readonly definition: Archive;
  readonly dockerfile: string;
  readonly name: string;
  /** The Dockerfile as somebody in the current directory calls it. */
  readonly shown: string;
}

/** Finds the context and the Dockerfile. @throws CommandFailure */
function* sources(context: DockerContext): Steps<Sources> {
  const [path = ''] = context.args;
  const file = context.flags.text('--file');
  if (path === '-') return { ...(yield* typedDefinition()), files: { entries: [] }, name: '-' };
  if (/^(https?|git|ssh):\/\//.test(path) || path.startsWith('github.com/'))
    throw failure(`${context.path} of ${path} is not simulated here: there is no internet`);
  const folder = context.resolve(path);
  if ((yield* lookAt(folder))?.kind !== 'folder')
    throw failure(`unable to prepare context: path ${JSON.stringify(path)} not found`);
  const files = yield* collectContext(folder);
  if (file === '-') return { ...(yield* typedDefinition()), files, name: folder };
  const whole = file === '' ? `${folder.replace(/\/$/, '')}/Dockerfile` : context.resolve(file);
  const above = whole.slice(0, whole.lastIndexOf('/')) || '/';
  if ((yield* lookAt(above))?.kind !== 'folder') {
    const missing = file.slice(0, file.lastIndexOf('/'));
    throw failure(`resolve : lstat ${missing}: no such file or directory`);
  }
  const definition = yield* collectDefinition(whole);
  return {
    files,
    definition,
    dockerfile: whole.slice(whole.lastIndexOf('/') + 1),
    name: folder,
    shown: relativePath(context.resolve('.'), whole),
  };
}

/** A path as somebody in a folder writes it. Both are from the root. */
function relativePath(folder: string, path: string): string {
  const [here, there] = [folder.split('/').filter(Boolean), path.split('/').filter(Boolean)];
  const common = here.findIndex((part, place) => part !== there[place]);
  const same = common < 0 ? here.length : common;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
}

/** A Dockerfile that comes in on standard input. */
function* typedDefinition(): Steps<Pick<Sources, 'definition' | 'dockerfile' | 'shown'>> {
  const content = yield* readInput();
  const at = yield* now();
  const node = { kind: 'file', content, mode: 0o600, owner: '0:0', at } as const;
  return {
    definition: { entries: [{ path: 'Dockerfile', node }] },
    dockerfile: 'Dockerfile',
    shown: 'stdin',
  };
}

function* readSecrets(context: DockerContext): Steps<Readonly<Record<string, string>>> {
  const secrets: Record<string, string> = {};
  for (const text of context.flags.texts('--secret')) {
    const { env } = context.surroundings;
    const { id, file, variable } = secretOf(text, env);
    const content = file === '' ? undefined : yield* readFile(context.resolve(file));
    if (content === undefined && file !== '')
      throw failure(`failed to stat ${file}: stat ${file}: no such file or directory`);
    const value = variable === '' ? content : env[variable];
    if (value !== undefined) secrets[id] = value;
  }
  return secrets;
}

/** What came of a build. */
interface Outcome {
  readonly digest: string | undefined;
  readonly error: string;
  readonly sources: readonly Parameters<typeof sourceListing>[0][];
  readonly lint: Parameters<typeof lintReport>[0];
}

/** Shows the progress until the build is over. Whoever interrupts it ends the build. */
function* watched(stream: MessageStream, mode: Mode): Steps<Outcome> {
  const trace = new BuildTrace();
  const shown = displayOf(mode, trace);
  let outcome: Outcome = { digest: undefined, error: 'context canceled', sources: [], lint: undefined };
  try {
    for (;;) {
      const isOver = stream.ended;
      for (const message of stream.next() as readonly BuildMessage[]) {
        if ('error' in message)
          outcome = { ...outcome, error: message.error, sources: message.errorDetail.sources };
        else if (message.id === 'moby.image.id') outcome = { ...outcome, digest: message.aux.ID };
        else if (message.id === 'moby.buildkit.lint') outcome = { ...outcome, lint: message.aux };
        else trace.update(message.aux);
      }
      const news = shown?.print(yield* now());
      if (news) yield* complain(news);
      if (isOver) break;
      yield* pause(mode === 'tty' ? frame : longest);
    }
  } finally {
    stream.close();
  }
  const end = yield* now();
  if (shown) yield* complain(shown.finish(end) + warningsFound(trace));
  return outcome;
}

function displayOf(mode: Mode, trace: BuildTrace): PlainProgress | TerminalProgress | undefined {
  if (mode === 'quiet' || mode === 'none') return undefined;
  if (mode === 'tty') return new TerminalProgress(trace);
  return new PlainProgress(trace, 'building with "default" instance using docker driver');
}

/** How often a picture is drawn anew, so that its seconds go on. */
const frame = 500;
/** Longer than any step waits. */
const longest = 3_600_000;

/** What stands below everything else when the build warned of something; yellow, on a terminal or not. */
function warningsFound({ warnings }: BuildTrace): string {
  if (warnings.length === 0) return '';
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found`;
  const lines = warnings.map(({ short }) => ` - ${short}\n`);
  return `\n \u001b[33m${count} (use docker --debug to expand):\n\u001b[0m${lines.join('')}`;
}
