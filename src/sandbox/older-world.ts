import { patchBetween, patched, type WorldPatch } from './history.ts';
import type { FileNode } from './runtime/file-tree.ts';
import { type Volume, volumeTable } from './runtime/volume.ts';
import { laptopFilesKey, learners } from './shell/laptop/laptop.ts';
import type { Table, World } from './world.ts';

/** Where the learner's files were before they became a volume that containers can mount. */
const oldTable = 'laptop/files';

/**
 * Brings a world that was kept by an earlier version up to what this one reads, with its steps back.
 *
 * @param undo the last step first, each from the world after it
 * @returns the same where there is nothing to do
 */
export function broughtForward(
  world: World,
  undo: readonly WorldPatch[],
): { readonly world: World; readonly undo: readonly WorldPatch[] } {
  if (!(oldTable in world.tables)) return { world, undo };
  const steps: WorldPatch[] = [];
  let old = world;
  let present = withFilesInVolume(world);
  for (const patch of undo) {
    old = patched(old, patch);
    const before = withFilesInVolume(old);
    steps.push(patchBetween(present, before));
    present = before;
  }
  return { world: withFilesInVolume(world), undo: steps };
}

function withFilesInVolume(world: World): World {
  const { [oldTable]: files = {}, ...tables } = world.tables;
  const volume: Volume = { files: nodesOf(files, world.now) };
  return {
    ...world,
    tables: { ...tables, [volumeTable]: { ...tables[volumeTable], [laptopFilesKey]: volume } },
  };
}

function nodesOf(files: Table, at: number): Volume['files'] {
  const { owner } = learners;
  const nodes = Object.entries(files).map(([path, value]): [string, FileNode] => {
    const { kind, text } = value as { readonly kind: 'file' | 'folder'; readonly text?: string };
    return [
      path,
      kind === 'folder'
        ? { kind, mode: 0o755, owner, at }
        : { kind, content: text ?? '', mode: 0o644, owner, at },
    ];
  });
  return Object.fromEntries(nodes);
}
