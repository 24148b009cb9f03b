/**
 * Puts values in the place of `$(NAME)`; `$$` stands for one dollar, and a name that nobody knows stays as it
 * is written (k8s.io/kubernetes/third_party/forked/golang/expansion).
 *
 * @param known gives the value of a name, or undefined
 */
export function expand(text: string, known: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (all, name: string | undefined) => {
    if (name === undefined) return '$';
    return known(name) ?? all;
  });
}
