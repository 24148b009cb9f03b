/** How many Pods a specification asks for, or a status counts: what is not said is none. */
export function replicasOf({ replicas = 0 }: { readonly replicas?: number } = {}): number {
  return replicas;
}
