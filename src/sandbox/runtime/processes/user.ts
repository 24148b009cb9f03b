import type { ContainerSpec } from '../container-runtime.ts';
import type { User } from '../files/process-files.ts';

/** Who an owner of a process is, with the groups that the container adds. */
export function userOf(owner: string, { spec }: { readonly spec: ContainerSpec }): User {
  const [uid = 0, gid = 0] = owner.split(':').map(Number);
  return { uid, gids: [gid, ...(spec.groups ?? [])] };
}
