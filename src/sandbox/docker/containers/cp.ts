import { complain, listFolder, lookAt, print, put, readInput, type Steps, terminal } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import type { Archive, ArchiveEntry } from '../../host/engine/request.ts';
import { throwUnless } from '../../thrown.ts';
import { archiveOfText, archiveText } from '../archive-text.ts';
import type { DockerContext } from '../context.ts';
import { ask, askWhole, encoded } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';
import { nodesIn } from '../folder-nodes.ts';
import {
  barePath,
  type CopyInfo,
  type CopySide,
  cleanPath,
  contentSize,
  copySide,
  prepareCopy,
  renamed,
  splitPath,
  tarSize,
} from './cp-paths.ts';

/** What the engine says of a path in a container. */
interface PathStat {
  readonly name: string;
  readonly size: number;
  /** As Go's `os.FileMode`. */
  readonly mode: number;
  readonly linkTarget: string;
}

const folderBit = 0x8000_0000;
const linkBit = 0x0800_0000;

/** `docker container cp` (cli/command/container/cp.go of docker/cli). */
export function* runCopy(context: DockerContext): Steps<number> {
  const [from, to] = [copySide(context.argument(0)), copySide(context.argument(1))];
  const { isTerminal } = yield* terminal();
  const isQuiet = context.flags.has('--quiet') ? context.flags.on('--quiet') : !isTerminal;
  if (from.container !== '') yield* copyFrom(context, from, to.path, isQuiet);
  else yield* copyTo(context, from.path, to, isQuiet);
  return 0;
}

function* copyFrom(context: DockerContext, from: CopySide, to: string, isQuiet: boolean): Steps<void> {
  const target = to === '-' ? to : cleanPath(absolute(context, to));
  if (to !== '-') yield* demandFolderOf(target);
  let { path } = from;
  let followed = '';
  if (context.flags.on('--follow-link')) {
    const stat = yield* statIn(from.container, path);
    if (stat && isBitSet(stat.mode, linkBit)) {
      followed = splitPath(path)[1];
      path = joined(splitPath(path)[0], stat.linkTarget);
    }
  }
  const { headers, body } = yield* askWhole<PathHeaders>(
    'GET',
    `/containers/${encoded(from.container)}/archive`,
    {
      query: { path },
    },
  );
  const archive = body as Archive;
  if (to === '-') {
    yield* print(archiveText(archive));
    return;
  }
  const stat = statOf(headers);
  const isFolder = isBitSet(stat.mode, folderBit);
  // What a link led to gets the name of the link.
  if (followed !== '')
    yield* unpack(
      renamed(archive, splitPath(path)[1], followed),
      { path: followed, exists: true, isFolder },
      target,
    );
  else yield* unpack(archive, { path, exists: true, isFolder }, target);
  const copied = tarSize(archive);
  if (!isQuiet) yield* complain(summary(isFolder ? copied : stat.size, copied, target));
}

function* copyTo(context: DockerContext, from: string, to: CopySide, isQuiet: boolean): Steps<void> {
  const { container } = to;
  let path = to.path;
  let stat = yield* statIn(container, path);
  if (stat && isBitSet(stat.mode, linkBit)) {
    path = joined(splitPath(path)[0], stat.linkTarget);
    stat = yield* statIn(container, path);
  }
  const destination = {
    path,
    exists: stat !== undefined,
    isFolder: stat !== undefined && isBitSet(stat.mode, folderBit),
  };
  if (from === '-' && !destination.isFolder) {
    throw new CommandFailure(`destination "${container}:${to.path}" must be a directory`);
  }
  const [folder, archive] =
    from === '-'
      ? [path, readByEngine(yield* readInput())]
      : yield* packed(cleanPath(absolute(context, from)), destination);
  yield* ask('PUT', `/containers/${encoded(container)}/archive`, {
    query: {
      path: folder,
      noOverwriteDirNonDir: 'true',
      copyUIDGID: context.flags.on('--archive') ? 'true' : undefined,
    },
    body: archive,
  });
  if (isQuiet) return;
  const sizes = archive.entries.map(({ node }) => contentSize(node));
  const content = sizes.reduce((sum, size) => sum + size, 0);
  // The client does not count what comes in.
  const [shown, copied] = from === '-' ? [0, 0] : [content, tarSize(archive)];
  yield* complain(summary(shown, copied, `${container}:${path}`));
}

/** It is the engine that reads what comes in, and refuses it. @throws DaemonFailure where it is no archive */
function readByEngine(text: string): Archive {
  try {
    return archiveOfText(text);
  } catch (error) {
    throwUnless(error, CommandFailure);
    throw new DaemonFailure(500, error.message);
  }
}

function summary(content: number, copied: number, target: string): string {
  const transferred = content === copied ? '' : ` (transferred ${humanSize(copied, 3)})`;
  return `Successfully copied ${humanSize(content, 3)}${transferred} to ${target}\n`;
}

function absolute(context: DockerContext, path: string): string {
  return path.startsWith('/') ? path : `${context.resolve('.')}/${path}`;
}

function joined(folder: string, target: string): string {
  return target.startsWith('/') ? target : cleanPath(`${folder}/${target}`);
}

/** JavaScript shifts numbers of 32 bits with a sign. */
function isBitSet(mode: number, bit: number): boolean {
  return (mode & bit) !== 0;
}

/** What is at a path in a container; undefined where there is nothing, or no such container. */
function* statIn(container: string, path: string): Steps<PathStat | undefined> {
  try {
    const { headers } = yield* askWhole<PathHeaders>('HEAD', `/containers/${encoded(container)}/archive`, {
      query: { path },
    });
    return statOf(headers);
  } catch (failure) {
    throwUnless(failure, DaemonFailure);
    return undefined;
  }
}

/** Headers of an answer about a path. */
interface PathHeaders {
  readonly 'x-docker-container-path-stat': string;
}

function statOf({ 'x-docker-container-path-stat': header }: PathHeaders): PathStat {
  const bytes = Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as PathStat;
}

/** The files of the learner's that are copied, as an archive, and the folder in the container that it goes into. */
function* packed(path: string, destination: CopyInfo): Steps<readonly [string, Archive]> {
  const bare = barePath(path);
  const node = yield* lookAt(bare);
  if (!node) throw new CommandFailure(`lstat ${bare}: no such file or directory`);
  if (node.kind !== 'folder' && bare !== path) {
    throw new CommandFailure('not a directory');
  }
  const [, name] = splitPath(path);
  const entries: ArchiveEntry[] = [{ path: name, node }];
  if (node.kind === 'folder') yield* addBelow(bare, name, entries);
  const source = { path, exists: true, isFolder: node.kind === 'folder' };
  return prepareCopy({ entries }, source, destination);
}

function* addBelow(folder: string, name: string, entries: ArchiveEntry[]): Steps<void> {
  for (const { path, name: each, node } of yield* nodesIn(folder)) {
    const inside = name === '.' || name === '/' ? each : `${name}/${each}`;
    entries.push({ path: inside, node });
    if (node.kind === 'folder') yield* addBelow(path, inside, entries);
  }
}

function* demandFolderOf(target: string): Steps<void> {
  const bare = barePath(target);
  const node = yield* lookAt(bare);
  if (node && node.kind !== 'folder' && bare !== target)
    throw new CommandFailure(`stat ${target}: not a directory`);
  const [folder] = splitPath(bare);
  if ((yield* listFolder(folder)) !== undefined) return;
  throw new CommandFailure(`invalid output path: directory ${JSON.stringify(folder)} does not exist`);
}

function* unpack(archive: Archive, source: CopyInfo, target: string): Steps<void> {
  const node = yield* lookAt(barePath(target));
  const destination = { path: target, exists: node !== undefined, isFolder: node?.kind === 'folder' };
  const [folder, { entries }] = prepareCopy(archive, source, destination);
  for (const entry of entries) {
    const path = barePath(cleanPath(`${folder}/${entry.path}`));
    const there = yield* lookAt(path);
    if (there?.kind === 'folder' && entry.node.kind === 'folder') continue;
    if (there && (there.kind === 'folder') !== (entry.node.kind === 'folder')) {
      const [kind, other] =
        entry.node.kind === 'folder' ? ['directory', 'non-directory'] : ['non-directory', 'directory'];
      throw new CommandFailure(`cannot overwrite ${other} "${entry.path}" with ${kind} "${folder}"`);
    }
    const refused = yield* put(path, entry.node);
    if (refused !== undefined) throw new CommandFailure(`open ${path}: ${refused.toLowerCase()}`);
  }
}
