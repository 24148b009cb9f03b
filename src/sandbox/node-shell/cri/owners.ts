import type { Container } from '../../runtime/container-runtime.ts';
import { type ContainerRecord, keyOn, tables } from '../../runtime/records.ts';
import type { NodeParts } from './node-parts.ts';

/** As whom the first process of a container runs, in the numbers of the node. */
export function ownerOnNode(
  { cluster }: Pick<NodeParts, 'cluster'>,
  { host, id }: Container,
): { readonly uid: number; readonly gid: number } {
  const record = cluster.store.read(tables.containers, keyOn(host, id)) as ContainerRecord | undefined;
  const [uid = 0, gid = 0] = (record?.owner ?? '0:0').split(':').map(Number);
  return { uid, gid };
}
