import type { Archive, ArchiveEntry } from '../../host/engine/request.ts';
import { CommandFailure } from '../failures.ts';

/** Where something is copied from or to (github.com/moby/go-archive). */
export interface CopyInfo {
  /** With a slash or `/.` at its end where it was written so. */
  readonly path: string;
  readonly exists: boolean;
  readonly isFolder: boolean;
}

/** A side of a copy: a path of the learner's, or one in a container. */
export interface CopySide {
  readonly container: string;
  readonly path: string;
}

/** `web:/etc/hosts` names a container, `./a:b` and `/a:b` do not. */
export function copySide(text: string): CopySide {
  const colon = text.indexOf(':');
  if (/^[./]/.test(text) || colon < 0) return { container: '', path: text };
  return { container: text.slice(0, colon), path: text.slice(colon + 1) };
}

/** A path without `.` and `..` in it, which still says at its end that it is a folder, where it did. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  const [, end = ''] = /(?:^|\/)(\.\/*)$/.exec(path) ?? /(\/)$/.exec(path) ?? [];
  return clean === '/' ? clean + end.replace(/^\//, '') : clean + end.replace(/^\./, '/.');
}

/** A path without the slash or `/.` at its end. */
export function barePath(path: string): string {
  return path.replace(/\/(\.\/*)?$/, '') || '/';
}

/** The folder and the name of a path; the name is `.` where the path ends in `/.`. */
export function splitPath(path: string): readonly [folder: string, name: string] {
  const trimmed = path.replace(/\/+$/, '') || '/';
  if (trimmed === '/') return ['/', '/'];
  const slash = trimmed.lastIndexOf('/');
  return [slash < 0 ? '.' : trimmed.slice(0, slash) || '/', trimmed.slice(slash + 1)];
}

/**
 * What an archive has to be so that its files come to lie where a copy means them to: in a folder that is
 * there, or under the name of the destination.
 *
 * @returns the folder that it is put into, and the archive
 * @throws CommandFailure for a folder over a file, and a file into a folder that is not there
 */
export function prepareCopy(
  archive: Archive,
  source: CopyInfo,
  destination: CopyInfo,
): readonly [folder: string, archive: Archive] {
  if (destination.exists && destination.isFolder) return [destination.path, archive];
  if (destination.exists && source.isFolder) throw new CommandFailure('cannot copy directory');
  if (!destination.exists && !source.isFolder && /(\/|\/\.)$/.test(destination.path)) {
    throw new CommandFailure('no such directory');
  }
  const [folder, name] = splitPath(destination.path);
  return [folder, renamed(archive, splitPath(source.path)[1], name)];
}

/** An archive whose first entry has another name. */
export function renamed({ entries }: Archive, from: string, to: string): Archive {
  const base = from === '/' ? '' : from;
  return {
    entries: entries.map((entry): ArchiveEntry => ({ ...entry, path: rebased(entry.path, base, to) })),
  };
}

function rebased(path: string, from: string, to: string): string {
  if (from === '' || from === '.') return path === '.' || path === '' ? to : `${to}/${path}`;
  return path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
}

const block = 512;

/** How many bytes the tar file of an archive has: a header for each entry, contents in whole blocks, and two empty blocks. */
export function tarSize({ entries }: Archive): number {
  const bytes = entries.map(({ node }) => block + Math.ceil(contentSize(node) / block) * block);
  return bytes.reduce((sum, each) => sum + each, 2 * block);
}

/** Bytes of a file; a folder and a link have none. */
export function contentSize(node: ArchiveEntry['node']): number {
  if (node.kind !== 'file') return 0;
  return new TextEncoder().encode(node.content).length + (node.zeros ?? 0);
}
