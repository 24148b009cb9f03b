import { lookAt, type Steps } from '../../effects.ts';
import type { Archive, ArchiveEntry } from '../../host/engine/request.ts';
import { nodesIn } from '../folder-nodes.ts';

/** More files than a build here can have. */
const mostFiles = 5000;

/**
 * All files below a folder of the learner's.
 *
 * @param folder from the root
 */
export function* collectContext(folder: string): Steps<Archive> {
  const entries: ArchiveEntry[] = [];
  const waiting = [''];
  for (let path = waiting.shift(); path !== undefined && entries.length < mostFiles; path = waiting.shift()) {
    const whole = path === '' ? folder : `${folder.replace(/\/$/, '')}/${path}`;
    for (const { name, node } of yield* nodesIn(whole)) {
      const inner = path === '' ? name : `${path}/${name}`;
      entries.push({ path: inner, node });
      if (node.kind === 'folder') waiting.push(inner);
    }
  }
  return { entries };
}

/** The Dockerfile, and what the builder looks at beside it. @param path from the root */
export function* collectDefinition(path: string): Steps<Archive> {
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash), path.slice(slash + 1)];
  const names = [name, `${name}.dockerignore`, ...(name === 'Dockerfile' ? ['dockerfile'] : [])];
  const entries: ArchiveEntry[] = [];
  for (const each of names) {
    const node = yield* lookAt(`${folder}/${each}`);
    if (node?.kind === 'file') entries.push({ path: each, node });
  }
  return { entries };
}
