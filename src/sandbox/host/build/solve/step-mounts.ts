import type { Mount } from '../../../runtime/container-runtime.ts';
import type { FileNode, FileTree } from '../../../runtime/file-tree.ts';
import { keyOn } from '../../../runtime/records.ts';
import { type Volume, volumeTable } from '../../../runtime/volume.ts';
import type { Store } from '../../../store.ts';
import { filesBelow } from '../../children.ts';
import { followed } from '../files/work-tree.ts';
import type { PlannedMount } from '../plan/plan.ts';
import { buildHost, CommandError } from './run-command.ts';

/** What a command has mounted, and how it is taken away again. */
export interface StepMounts {
  readonly mounts: readonly Mount[];
  /** Variables that secrets are in. */
  readonly env: readonly string[];
  /** Volumes that are there for this command alone. */
  readonly release: () => void;
}

/**
 * Makes volumes of what `RUN --mount` asks for. A cache stays for the next build.
 *
 * @param treeOf the files that a step of the build gives
 * @throws CommandError for what is not there
 */
export function mountStep(
  store: Store,
  planned: readonly PlannedMount[],
  secrets: Readonly<Record<string, string>>,
  treeOf: (mount: PlannedMount) => FileTree,
): StepMounts {
  const own: string[] = [];
  const env: string[] = [];
  const mounts = planned.flatMap((mount, place): readonly Mount[] => {
    const { type, target, readOnly, id } = mount;
    if (type === 'cache') {
      const volume = `cache:${id}`;
      const key = keyOn(buildHost, volume);
      if (store.read(volumeTable, key) === undefined) store.write(volumeTable, key, { files: {} });
      return [{ target, volume, readOnly }];
    }
    const volume = `step:${place}`;
    const secret = type === 'secret' ? secrets[id] : undefined;
    if (type === 'secret' && secret === undefined) {
      if (!mount.required) return [];
      throw new CommandError(`secret ${id}: not found`);
    }
    if (secret !== undefined && mount.env !== '') env.push(`${mount.env}=${secret}`);
    if (mount.isBare) return [];
    own.push(keyOn(buildHost, volume));
    const { files, isFile } =
      secret === undefined ? copied(mount, treeOf) : { files: oneFile(secret), isFile: true };
    const content: Volume = { files, ...(type === 'tmpfs' && { memory: true }) };
    store.write(volumeTable, keyOn(buildHost, volume), content);
    return [{ target, volume, readOnly: readOnly && type !== 'tmpfs', ...(isFile && { subPath: '/file' }) }];
  });
  const release = () => {
    for (const key of own) store.delete(volumeTable, key);
  };
  return { mounts, env, release };
}

type Files = Readonly<Record<string, FileNode>>;

function oneFile(content: string): Files {
  return { '/file': { kind: 'file', content, mode: 0o400, owner: '0:0', at: 0 } };
}

function copied(
  mount: PlannedMount,
  treeOf: (mount: PlannedMount) => FileTree,
): { readonly files: Files; readonly isFile: boolean } {
  if (mount.type !== 'bind') return { files: {}, isFile: false };
  const tree = treeOf(mount);
  const start = followed(tree, mount.source);
  const node = tree.get(start);
  if (node?.kind === 'file') return { files: { '/file': node }, isFile: true };
  return { files: filesBelow(tree, start), isFile: false };
}
