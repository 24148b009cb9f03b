/** ` -n shop` for what is not in the usual namespace. */
export function namespaceFlag({
  metadata,
}: {
  readonly metadata: { readonly namespace?: string | undefined };
}): string {
  const { namespace } = metadata;
  return namespace === undefined || namespace === 'default' ? '' : ` -n ${namespace}`;
}
