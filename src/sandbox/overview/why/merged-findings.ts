import { type Finding, listed } from './account.ts';

/** Pods of one kind have the same trouble: it is told once for all of them. */
export function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const name = podIn(finding.about);
    const key =
      name === undefined ? finding.about + finding.because[0] : `Pods ${withoutName(finding, name)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Finding, ...Finding[]];
    if (group.length === 1) return first;
    const names = group.map(({ about }) => podIn(about) ?? about);
    const because = first.because.map((text) =>
      text.replace(/^The kubelet on \S+ is starting it\.$/, 'The kubelets on their nodes are starting them.'),
    );
    return { ...first, because, about: `${group.length} Pods (${listed(names)})` };
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
  return `${container} ${reasons.join(' ').replace(/on \S+ is starting/, 'is starting')}`;
}
