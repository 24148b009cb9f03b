import { parsePlatform } from '../../../docker/images.ts';
import { listFolder, print, readFile, readInput, type Steps, terminal } from '../../effects.ts';
import type { Archive } from '../../host/engine/request.ts';
import { archiveOfText, archiveText, writeArchive } from '../archive-text.ts';
import { splitPath } from '../containers/cp-paths.ts';
import type { DockerContext } from '../context.ts';
import { ask, openMessages } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { displayMessages } from '../streams/json-messages.ts';
import { platformJson } from './transfer.ts';

/** `docker image save` (cli/command/image/save.go of docker/cli). */
export function* runSave(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const path = flags.text('--output');
  if (path === '') {
    if ((yield* terminal()).isTerminal) {
      throw new CommandFailure('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
  } else yield* demandPlace(context, path);
  const archive = yield* ask<Archive>('GET', '/images/get', {
    query: { names: args, platform: platforms(context) },
  });
  if (path === '') {
    yield* print(archiveText(archive));
    return 0;
  }
  const refused = yield* writeArchive(path, archive);
  if (refused !== undefined) throw new CommandFailure(`write ${path}: ${refused.toLowerCase()}`);
  return 0;
}

/** @throws CommandFailure where no file can be written */
function* demandPlace(context: DockerContext, path: string): Steps<void> {
  const [folder] = splitPath(path);
  if ((yield* listFolder(context.resolve(folder))) === undefined) {
    throw new CommandFailure(
      `failed to save image: invalid output path: stat ${folder}: no such file or directory`,
    );
  }
  if ((yield* listFolder(context.resolve(path))) !== undefined) {
    throw new CommandFailure('failed to save image: cannot write to a directory');
  }
}

/** `docker image load` (cli/command/image/load.go of docker/cli). */
export function* runLoad(context: DockerContext): Steps<number> {
  const { flags } = context;
  const path = flags.text('--input');
  const { isTerminal, isInputTerminal = isTerminal } = yield* terminal();
  if (path === '' && isInputTerminal) {
    throw new CommandFailure('requested load from stdin, but stdin is empty');
  }
  const quiet = flags.on('--quiet') || !isTerminal ? '1' : '0';
  const sending = `error during connect: Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.55/images/load?quiet=${quiet}": `;
  const text = path === '' ? yield* readInput() : yield* openedFile(path, sending);
  const stream = yield* openMessages('POST', '/images/load', {
    query: { quiet, platform: platforms(context) },
    headers: { 'content-type': 'application/x-tar' },
    body: archiveOfText(text),
  });
  yield* displayMessages(stream);
  return 0;
}

/** `docker image import` (cli/command/image/import.go of docker/cli). */
export function* runImport({ flags, args }: DockerContext): Steps<number> {
  const [source = '', repo = ''] = args;
  if (/^https?:\/\//.test(source)) {
    throw new CommandFailure('docker import of a URL is not simulated here: give it a file');
  }
  const text = source === '-' ? yield* readInput() : yield* openedFile(source);
  const platform = flags.text('--platform');
  const changes = flags.texts('--change');
  const stream = yield* openMessages('POST', '/images/create', {
    query: {
      fromSrc: '-',
      repo,
      message: flags.text('--message'),
      platform: platform === '' ? undefined : parsePlatform(platform),
      changes: changes.length > 0 ? changes : undefined,
    },
    body: archiveOfText(text),
  });
  yield* displayMessages(stream);
  return 0;
}

/** @param sending said before what is wrong with a file that is being sent */
function* openedFile(path: string, sending = ''): Steps<string> {
  const text = yield* readFile(path);
  if (text !== undefined) return text;
  const isFolder = (yield* listFolder(path)) !== undefined;
  throw new CommandFailure(
    isFolder ? `${sending}read ${path}: is a directory` : `open ${path}: no such file or directory`,
  );
}

function platforms({ flags }: DockerContext): readonly string[] | undefined {
  const given = flags.texts('--platform').flatMap((text) => text.split(','));
  return given.length > 0 ? given.map((text) => platformJson(text, 'invalid platform: ')) : undefined;
}
