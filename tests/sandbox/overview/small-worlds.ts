/** Lines of small worlds, as the tables of tests write them. */

/** A line that applies a manifest, given as flow YAML. */
export function applied(manifest: string): string {
  return `kubectl apply -f - <<'EOF'\n${manifest}\nEOF`;
}

/** A line that applies a Pod of a name and a spec. */
export function aPod(name: string, spec: object, labels: object = {}): string {
  return applied(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec }));
}

/** A line that applies a claim. */
export function aClaim(name: string, spec: object): string {
  const asked = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec };
  return applied(
    JSON.stringify({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: asked }),
  );
}

/** A line that applies what makes Pods after a template. */
export function aWorkload(apiVersion: string, kind: string, name: string, spec: object, pod: object): string {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: pod };
  const chosen = kind === 'Job' ? {} : { selector: { matchLabels: labels } };
  return applied(
    JSON.stringify({ apiVersion, kind, metadata: { name }, spec: { ...chosen, template, ...spec } }),
  );
}

/** A container of nginx, with what is said of it. */
export function nginx(more: object = {}): object {
  return { name: 'web', image: 'nginx:1.28', ...more };
}

/** A container that runs a line of a shell. */
export function shell(line: string, more: object = {}): object {
  return { name: 'web', image: 'busybox:1.36', command: ['sh', '-c', line], ...more };
}
