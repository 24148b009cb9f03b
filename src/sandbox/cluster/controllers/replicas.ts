/** How many Pods something wants that has a number of replicas; where it does not say it, one. */
export function wantedReplicas({
  spec: { replicas = 1 },
}: {
  readonly spec: { readonly replicas?: number };
}): number {
  return replicas;
}
