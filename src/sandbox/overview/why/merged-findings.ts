import { type Finding, listed } from './account.ts';

/** Pods of one kind have the same trouble: it is told once for all of them. */
export function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, { readonly first: Finding; readonly names: string[] }>();
  for (const finding of findings) {
    const name = podIn(finding.about);
    const key = name === undefined ? finding.about + finding.because[0] : withoutName(finding, name);
    const group = groups.get(key) ?? { first: finding, names: [] };
    groups.set(key, group);
    if (name !== undefined) group.names.push(name);
  }
  return [...groups.values()].map(({ first, names }) => {
    if (names.length < 2) return first;
    const because = first.because.map((text) =>
      text.replace(/^The kubelet on \S+ is starting it\.$/, 'The kubelets on their nodes are starting them.'),
    );
    return { ...first, because, about: `${names.length} Pods (${listed(names)})` };
  });
}

function podIn(about: string): string | undefined {
  return /^Pod ([^,\s]+)/.exec(about)?.[1];
}

/** How often a container was started again differs, and is no other trouble; what it wrote may have times in it. */
function withoutName({ about, because }: Finding, name: string): string {
  const container = about.slice(`Pod ${name}`.length);
  const reasons = because.filter(
    (text) => !text.startsWith('It wrote last') && !text.startsWith('It was started again'),
  );
  return `Pods ${container} ${reasons.join(' ').replace(/on \S+ is starting/, 'is starting')}`;
}
