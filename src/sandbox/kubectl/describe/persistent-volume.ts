import type {
  NodeSelectorTerm,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  VolumeNodeAffinity,
} from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { nameOf, namespaceOf } from '../server/served-object.ts';
import { type About, describeEvents, listOf } from './about.ts';
import { describeClaimSpec } from './claim-template.ts';
import { Description } from './description.ts';
import { accessModesText, storageClassOf } from './storage-terms.ts';
import { longTime, timeSince } from './times.ts';
import { persistentSources } from './volume-sources.ts';
import { describeSource } from './volumes.ts';

/** Describes a PersistentVolume. */
export function* describePersistentVolume(volume: PersistentVolume, about: About): Steps<string> {
  const { metadata, spec, status } = volume;
  const description = new Description();
  description.field('Name', metadata.name);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  description.field('StorageClass', storageClassOf(volume));
  description.field('Status', phaseText(volume, status?.phase, about));
  const claim = spec?.claimRef;
  description.field('Claim', claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '');
  description.field('Reclaim Policy', spec?.persistentVolumeReclaimPolicy);
  description.field('Access Modes', accessModesText(spec?.accessModes));
  description.optional('VolumeMode', spec?.volumeMode);
  description.field('Capacity', spec?.capacity?.storage ?? '0');
  describeNodeAffinity(description, spec?.nodeAffinity);
  description.field('Message', status?.message).title('Source');
  if (!describeSource(description, spec ?? {}, persistentSources)) description.row(1, '<unknown>');
  yield* describeEvents(description, volume, about);
  return description.toString();
}

function phaseText(
  { metadata }: PersistentVolume | PersistentVolumeClaim,
  phase: string | undefined,
  { now }: About,
): string {
  const { deletionTimestamp } = metadata;
  return deletionTimestamp ? `Terminating (lasts ${timeSince(deletionTimestamp, now)})` : (phase ?? '');
}

function describeNodeAffinity(description: Description, affinity: VolumeNodeAffinity | undefined): void {
  const required = affinity?.required;
  description.field('Node Affinity', required ? '' : '<none>');
  if (!required) return;
  const { nodeSelectorTerms: terms } = required;
  description.field('Required Terms', terms.length === 0 ? '<none>' : '', 1);
  terms.forEach((term, place) => {
    description.lines(`Term ${place}`, requirementsOf(term), '    ');
  });
}

function requirementsOf({ matchExpressions = [] }: NodeSelectorTerm): string[] {
  return matchExpressions.map(({ key, operator, values = [] }) => {
    const list = values.length > 0 ? ` [${values.join(', ')}]` : '';
    return `${key} ${operator.toLowerCase()}${list}`;
  });
}

/** Describes a PersistentVolumeClaim. @throws ServerFailure when the Pods cannot be had */
export function* describePersistentVolumeClaim(claim: PersistentVolumeClaim, about: About): Steps<string> {
  const { metadata, spec, status } = claim;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('StorageClass', storageClassOf(claim));
  description.field('Status', phaseText(claim, status?.phase, about));
  description.field('Volume', spec?.volumeName);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  describeClaimSpec(description, spec, status, 0);
  description.lines('Used By', yield* podsWith(claim));
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    description.title('Conditions');
    description.row(1, 'Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message');
    // The line below LastProbeTime is longer than the word.
    description.row(1, '----', '------', '-'.repeat(17), '------------------', '------', '-------');
  }
  for (const { type, status: state, lastProbeTime, lastTransitionTime, reason, message } of conditions) {
    const times = [`${longTime(lastProbeTime)} `, `${longTime(lastTransitionTime)} `];
    description.row(1, `${type} `, `${state} `, ...times, `${reason ?? ''} `, message);
  }
  yield* describeEvents(description, claim, about);
  return description.toString();
}

/** The names of the Pods that use a claim, and of those that it was made for. */
function* podsWith({ metadata }: PersistentVolumeClaim): Steps<readonly string[]> {
  const pods = yield* listOf<Pod>(`/api/v1/namespaces/${namespaceOf(metadata)}/pods`);
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid);
  return pods
    .filter(
      (pod) =>
        owners.includes(pod.metadata.uid ?? '') ||
        pod.spec?.volumes?.some((each) => each.persistentVolumeClaim?.claimName === metadata.name),
    )
    .map((pod) => nameOf(pod.metadata))
    .sort();
}
