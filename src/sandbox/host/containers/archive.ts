import type { FileNode } from '../../runtime/file-tree.ts';
import type { ContainerFiles } from '../../runtime/files/container-files.ts';
import { FileError } from '../../runtime/files/file-error.ts';
import { baseOf, join, normalPath } from '../../runtime/files/paths.ts';
import { ProcessFiles } from '../../runtime/files/process-files.ts';
import { sizeOf } from '../../runtime/volume.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Archive, ArchiveEntry, EngineResponse } from '../engine/request.ts';
import { tell } from './container-events.ts';
import type { ContainerParts } from './container-parts.ts';
import { findContainer } from './find-container.ts';
import { goTime } from './views/shown-time.ts';

/** Bits of a mode as Go counts them (io/fs). */
const goFolder = 2 ** 31;
const goLink = 2 ** 27;
const goSticky = 2 ** 20;

/** The header that says what a path is: base64 of JSON. */
const statHeader = 'x-docker-container-path-stat';

/**
 * A file or a folder of a container as a tar archive: `GET /containers/{id}/archive` (daemon/archive_unix.go of
 * github.com/moby/moby). Entries begin with the last part of the path.
 *
 * @throws EngineError when there is nothing
 */
export function readArchive(parts: ContainerParts, name: string, path: string): EngineResponse {
  const { files, real, node } = locate(parts, name, path);
  const entries: ArchiveEntry[] = [];
  const base = path.endsWith('/.') ? '.' : baseOf(real);
  collect(files, real, node, base, entries);
  tell(parts, findContainer(parts, name), 'archive-path');
  return { status: 200, headers: statOf(files, real, node), body: { entries } satisfies Archive };
}

/** What is at a path: `HEAD /containers/{id}/archive`. @throws EngineError when there is nothing */
export function statArchive(parts: ContainerParts, name: string, path: string): EngineResponse {
  const { files, real, node } = locate(parts, name, path);
  return { status: 200, headers: statOf(files, real, node) };
}

/**
 * Puts the files of an archive into a folder of a container: `PUT /containers/{id}/archive`.
 *
 * @param keepsFolders whether a folder may not become a file
 * @throws EngineError
 */
export function writeArchive(
  parts: ContainerParts,
  name: string,
  path: string,
  archive: Archive,
  keepsFolders: boolean,
): void {
  const container = findContainer(parts, name);
  const files = parts.runtime.files(laptopHost, container.id);
  const folder = files.resolve(normalPath(path), true);
  const node = folder.startsWith('/') ? files.nodeAt(folder) : undefined;
  if (!node) throw missing(path, name);
  if (node.kind !== 'folder') throw new EngineError(400, 'extraction point is not a directory');
  const place = files.placeOf(folder);
  if (place.kind === 'volume' && place.mount.readOnly)
    throw new EngineError(400, 'mounted volume is marked read-only');
  if (place.kind === 'own' && container.hostConfig.ReadonlyRootfs)
    throw new EngineError(400, 'container rootfs is marked read-only');
  const root = new ProcessFiles(files, { uid: 0, gids: [0] }, '/');
  for (const entry of archive.entries) {
    const extract = () => {
      const place = normalPath(`${folder}/${entry.path}`);
      const there = root.look(place, false);
      if (keepsFolders) demandSameKind(there, entry, folder);
      put(root, place, there, entry.node);
    };
    unlessThrown(FileError, extract, ({ message }) => {
      throw new EngineError(500, `openat ${entry.path}: ${message.toLowerCase()}`);
    });
  }
  tell(parts, container, 'extract-to-dir');
}

/** The whole of a container's own files, without what is mounted: `GET /containers/{id}/export`. @throws EngineError */
export function exportContainer(parts: ContainerParts, name: string): EngineResponse {
  const container = findContainer(parts, name);
  const files = parts.runtime.files(laptopHost, container.id);
  const entries: ArchiveEntry[] = [];
  const walk = (folder: string): void => {
    for (const child of files.namesIn(folder) ?? []) {
      const path = join(folder, child);
      const place = files.placeOf(path);
      const node = files.nodeAt(path);
      if (!node || (place.kind === 'virtual' && folder !== '/')) continue;
      const isMounted = place.kind === 'volume';
      const own: FileNode = isMounted
        ? { kind: 'folder', mode: 0o755, owner: '0:0', at: node.kind === 'link' ? 0 : node.at }
        : node;
      entries.push({ path: path.slice(1), node: own });
      if (own.kind === 'folder' && !isMounted && place.kind !== 'virtual') walk(path);
    }
  };
  walk('/');
  tell(parts, container, 'export');
  return { status: 200, body: { entries } satisfies Archive };
}

function locate(
  parts: ContainerParts,
  name: string,
  path: string,
): { readonly files: ContainerFiles; readonly real: string; readonly node: FileNode } {
  if (path === '') throw new EngineError(400, 'bad parameter: path cannot be empty');
  const { id } = findContainer(parts, name);
  const files = parts.runtime.files(laptopHost, id);
  const whole = normalPath(path.startsWith('/') ? path : `/${path}`);
  // With a slash at its end it is what a link leads to that is meant.
  const real = files.resolve(whole, /\/\.?$/.test(path));
  const node = real.startsWith('/') ? files.nodeAt(real) : undefined;
  if (!node) throw missing(path, name);
  if (node.kind !== 'folder' && /\/\.?$/.test(path))
    throw new EngineError(500, `lstat ${path}: not a directory`);
  return { files, real, node };
}

function missing(path: string, name: string): EngineError {
  return new EngineError(404, `Could not find the file ${path} in container ${name}`);
}

function collect(
  files: ContainerFiles,
  real: string,
  node: FileNode,
  path: string,
  entries: ArchiveEntry[],
): void {
  entries.push({ path, node });
  if (node.kind !== 'folder') return;
  for (const child of files.namesIn(real) ?? []) {
    const inner = files.nodeAt(join(real, child));
    if (inner)
      collect(
        files,
        join(real, child),
        inner,
        path === '' || path === '.' ? child : `${path}/${child}`,
        entries,
      );
  }
}

function statOf(files: ContainerFiles, real: string, node: FileNode): Readonly<Record<string, string>> {
  const target = node.kind === 'link' ? files.resolve(real, true) : '';
  const mode =
    node.kind === 'link'
      ? goLink + 0o777
      : (node.kind === 'folder' ? goFolder : 0) + (node.mode & 0o1000 ? goSticky : 0) + (node.mode & 0o777);
  const stat = {
    name: real === '/' ? '/' : baseOf(real),
    size: sizeOf(node),
    mode,
    mtime: goTime(node.at),
    linkTarget: target.startsWith('/') ? target : '',
  };
  return { [statHeader]: btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(stat)))) };
}

/** Refuses that a folder becomes something else, or something else a folder (go-archive's `Unpack`). */
function demandSameKind(there: FileNode | undefined, { path, node }: ArchiveEntry, folder: string): void {
  if (there?.kind === 'folder' && node.kind !== 'folder')
    throw new EngineError(500, `cannot overwrite directory "${path}" with non-directory "${folder}"`);
  if (there && there.kind !== 'folder' && node.kind === 'folder')
    throw new EngineError(500, `cannot overwrite non-directory "${path}" with directory "${folder}"`);
}

function put(files: ProcessFiles, path: string, there: FileNode | undefined, node: FileNode): void {
  // A folder stays when it is one again, and a file is written anew; all else makes room.
  if (there && (there.kind !== node.kind || node.kind === 'link')) removeAll(files, path);
  if (node.kind === 'link') return files.link(node.target, path);
  if (node.kind === 'file') files.write(path, node.content, { zeros: node.zeros ?? 0 });
  else if (there?.kind !== 'folder') files.makeFolder(path);
  files.change(path, { mode: node.mode, owner: node.owner });
  files.touch(path, node.at);
}

function removeAll(files: ProcessFiles, path: string): void {
  if (files.look(path, false)?.kind === 'folder')
    for (const name of files.list(path)) removeAll(files, `${path}/${name}`);
  files.remove(path);
}
