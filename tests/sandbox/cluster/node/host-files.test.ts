import { describe, expect, it } from 'vitest';
import { checkHostPath, hostVolume } from '../../../../src/sandbox/cluster/node/host-files.ts';
import type { Volume } from '../../../../src/sandbox/runtime/volume.ts';
import { volumeTable } from '../../../../src/sandbox/runtime/volume.ts';
import { begin, node, OneNode } from './one-node.ts';

// The complaints are those of the lab's kubelet of Kubernetes 1.36.3, of its /etc and /etc/hostname.

/** What becomes of paths that are mounted one after the other: `made` things of the node, or a complaint. */
function check(...paths: readonly (readonly [path: string, type: string | undefined])[]): readonly string[] {
  const { store } = OneNode.fresh().cluster;
  return paths.map(([path, type]) => {
    try {
      checkHostPath(store, node, { path, ...(type === undefined ? {} : { type }) }, begin);
    } catch (problem) {
      return (problem as Error).message;
    }
    const { files } = (store.read(volumeTable, `${node}/${hostVolume}`) ?? { files: {} }) as Volume;
    return files[path]?.kind ?? 'nothing';
  });
}

const no = 'hostPath type check failed:';

describe('A path of a node', () => {
  it('is a folder of every node, of its own, or made', () => {
    const all = check(
      ['/etc', undefined],
      ['/etc', 'Directory'],
      ['/srv/new', ''],
      ['/srv/other', 'DirectoryOrCreate'],
    );
    expect(all).toEqual(['folder', 'folder', 'folder', 'folder']);
    expect(check(['/srv/none', 'Directory'])).toEqual([`${no} /srv/none is not a directory`]);
  });

  it('is a file that is there, or made', () => {
    expect(
      check(
        ['/srv/file', 'FileOrCreate'],
        ['/srv/file', 'FileOrCreate'],
        ['/srv/file', 'File'],
        ['/srv/file', ''],
      ),
    ).toEqual(['file', 'file', 'file', 'file']);
    expect(check(['/srv/none', 'File'])).toEqual([`${no} /srv/none is not a file`]);
  });

  it('is not both', () => {
    expect(
      check(
        ['/srv/file', 'FileOrCreate'],
        ['/srv/file', 'Directory'],
        ['/srv/file', 'DirectoryOrCreate'],
        ['/etc', 'File'],
        ['/etc', 'FileOrCreate'],
      ),
    ).toEqual([
      'file',
      `${no} /srv/file is not a directory`,
      `${no} /srv/file is not a directory`,
      `${no} /etc is not a file`,
      `${no} /etc is not a file`,
    ]);
  });

  it('is a folder when something is in it', () => {
    expect(check(['/data/a/b', 'FileOrCreate'], ['/data/a', 'Directory'], ['/data/a', 'File'])).toEqual([
      'file',
      'folder',
      `${no} /data/a is not a file`,
    ]);
  });

  it('is neither a socket nor a device', () => {
    expect(check(['/etc', 'Socket'], ['/etc', 'CharDevice'], ['/etc', 'BlockDevice'])).toEqual([
      `${no} /etc is not a socket file`,
      `${no} /etc is not a character device`,
      `${no} /etc is not a block device`,
    ]);
  });
});
