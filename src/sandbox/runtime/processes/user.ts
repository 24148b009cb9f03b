import type { ContainerSpec } from '../container-runtime.ts';

/** Who was asked for last: a process asks at every file, and thousands have the same owner. */
let last: {
  readonly owner: string;
  readonly groups: ContainerSpec['groups'];
  readonly capabilities: readonly string[] | undefined;
  readonly pid: number | undefined;
  readonly user: User;
} = { owner: '0:0', groups: undefined, capabilities: undefined, pid: undefined, user: { uid: 0, gids: [0] } };

/**
 * Who an owner of a process is, with the groups that the container adds.
 *
 * @param pid of the process, where it has one
 */
export function userOf(owner: string, { spec }: { readonly spec: ContainerSpec }, pid?: number): User {
  const { groups } = spec;
  const capabilities = spec.confinement?.capabilities;
  const isSame = last.owner === owner && last.groups === groups && last.pid === pid;
  if (isSame && last.capabilities === capabilities) return last.user;
  const [uid = 0, gid = 0] = owner.split(':').map(Number);
  const user: User = {
    uid,
    gids: [gid, ...(groups ?? [])],
    ...(capabilities && { capabilities }),
    ...(pid !== undefined && { pid }),
  };
  last = { owner, groups, capabilities, pid, user };
  return user;
}

/** Who asks for a file. */
export interface User {
  readonly uid: number;
  readonly gids: readonly number[];
  /** What root may do, where that is not the usual. */
  readonly capabilities?: readonly string[];
  /** The process that asks, where one does. */
  readonly pid?: number;
}
