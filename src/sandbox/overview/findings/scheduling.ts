import type { Pod } from '../../../kubernetes/api.ts';
import { amount, sentence } from '../why/account.ts';

/** Reasons of the scheduler, and what they say of a node. */
const reasons: readonly (readonly [
  pattern: RegExp,
  says: (count: string, found: readonly string[]) => string,
])[] = [
  [/^Insufficient (\S+)$/, (count, [what = '']) => `${count} have not enough ${resourceWord(what)} left`],
  [/^Too many pods$/, (count) => `${count} have as many Pods as they may have`],
  [/^node\(s\) had untolerated taint/, (count) => `${count} have a taint that it does not tolerate`],
  [/^node\(s\) were unschedulable$/, (count) => `${count} are cordoned`],
  [
    /^node\(s\) didn't (match Pod's node affinity\/selector|satisfy plugin\(s\) \[NodeAffinity\])$/,
    (count) => `${count} have not the labels that it asks for`,
  ],
  [
    /^node\(s\) didn't match pod affinity rules$/,
    (count) => `${count} have not the Pods that it wants beside it`,
  ],
  [
    /^node\(s\) didn't (match pod|satisfy existing pods) anti-affinity rules$/,
    (count) => `${count} have Pods that it must not stand beside`,
  ],
  [/^node\(s\) didn't match pod topology spread/, (count) => `${count} would have too many of its kind`],
  [/^node\(s\) didn't have free ports/, (count) => `${count} have another Pod on its host port`],
  [
    /^node\(s\) didn't find available persistent volumes/,
    (count) => `${count} have no volume that fits its claim`,
  ],
  [
    /^node\(s\) didn't match PersistentVolume's node affinity$/,
    (count) => `its volume is not on ${count} of them`,
  ],
  [/bound to non-existent pv/, () => 'the volume of its claim is gone'],
  [/ReadWriteOncePod/, () => 'another Pod has its claim, which only one at a time may use'],
];

function resourceWord(name: string): string {
  return { cpu: 'CPU', memory: 'memory', pods: 'room for Pods' }[name] ?? name;
}

/**
 * Why no node takes a Pod, from the scheduler's message.
 *
 * @returns sentences
 */
export function schedulingReasons(pod: Pod, message: string): readonly string[] {
  const of = /^0\/(\d+) nodes are available(?:: |\.)/.exec(message)?.[1];
  if (of === undefined) return [sentence(message)];
  const [list = ''] = message.slice(message.indexOf(':') + 2).split(/\.(?: |$)/);
  const claim = /persistentvolumeclaim "([^"]+)" not found/.exec(list)?.[1];
  if (claim !== undefined) return [`It wants the claim ${claim}, and there is none.`];
  if (list.includes('unbound immediate PersistentVolumeClaims'))
    return ['It waits for its claim to get a volume.'];
  const told = list.split(/, (?=\d+ )/).map(nodesText);
  const asked = askedFor(pod);
  return [
    `None of ${amount(Number(of), 'node')} takes it: ${told.map(grammatical).join('; ')}.`,
    ...(asked !== undefined && list.includes('Insufficient') ? [`It requests ${asked}.`] : []),
  ];
}

/** What one part of the message says of so many nodes, such as `2 Insufficient cpu`. */
function nodesText(part: string): string {
  const [count = '', ...words] = part.split(' ');
  const reason = words.join(' ');
  for (const [pattern, says] of reasons) {
    const found = pattern.exec(reason);
    if (found) return says(count, found.slice(1));
  }
  return part;
}

/** What a Pod's containers ask for, each as it was written: `cpu 2, memory 1Gi`. */
function askedFor({ spec }: Pod): string | undefined {
  const texts = (['cpu', 'memory'] as const).flatMap((name) => {
    const given = (spec?.containers ?? []).flatMap(({ resources }) => resources?.requests?.[name] ?? []);
    return given.length === 0 ? [] : [`${name} ${given.join(' + ')}`];
  });
  return texts.length === 0 ? undefined : texts.join(', ');
}

/** One has, several have. */
function grammatical(text: string): string {
  if (!/^1 /.test(text)) return text;
  return text
    .replace(/^1 have/, '1 has')
    .replace(/^1 are/, '1 is')
    .replace(/as they may have$/, 'as it may have');
}
