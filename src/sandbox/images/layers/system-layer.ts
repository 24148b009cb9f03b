import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { program } from './file-nodes.ts';

/** The program of a part of the cluster: nearly the only file that such images have. */
export function systemLayer(path: string, bytes: number): LayerFiles {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { [path]: program(name, bytes) };
}
