import type { PriorityClass, StorageClass } from '../../../kubernetes/api.ts';
import { labelsText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';

/** Describes a StorageClass. */
export function* describeStorageClass(storage: StorageClass, about: About): Steps<string> {
  const { metadata, provisioner, parameters, mountOptions = [], allowedTopologies } = storage;
  const { annotations = {} } = metadata;
  const isDefault = ['storageclass.kubernetes.io', 'storageclass.beta.kubernetes.io'].some(
    (group) => annotations[`${group}/is-default-class`] === 'true',
  );
  const description = new Description();
  description.field('Name', metadata.name).field('IsDefaultClass', isDefault ? 'Yes' : 'No');
  description.field('Annotations', labelsText(annotations) || '<none>');
  description.field('Provisioner', provisioner).field('Parameters', labelsText(parameters) || '<none>');
  const { allowVolumeExpansion: expands } = storage;
  description.field('AllowVolumeExpansion', expands === undefined ? '<unset>' : expands ? 'True' : 'False');
  if (mountOptions.length === 0) description.field('MountOptions', '<none>');
  else description.title('MountOptions');
  for (const option of mountOptions) description.row(1, option);
  description.optional('ReclaimPolicy', storage.reclaimPolicy);
  description.optional('VolumeBindingMode', storage.volumeBindingMode);
  if (allowedTopologies) {
    description.field('AllowedTopologies', allowedTopologies.length === 0 ? '<none>' : '');
    allowedTopologies.forEach(({ matchLabelExpressions = [] }, place) => {
      const terms = matchLabelExpressions.map(({ key, values }) =>
        values.length > 0 ? `${key} in [${values.join(', ')}]` : `${key} in`,
      );
      description.lines(`Term ${place}`, terms, '  ');
    });
  }
  yield* describeEvents(description, storage, about);
  return description.toString();
}

/** Describes a PriorityClass. */
export function* describePriorityClass(priority: PriorityClass, about: About): Steps<string> {
  const { metadata, value = 0, globalDefault = false, preemptionPolicy, description: text } = priority;
  const description = new Description();
  description.field('Name', metadata.name).field('Value', value).field('GlobalDefault', globalDefault);
  description.field('PreemptionPolicy', preemptionPolicy).field('Description', text);
  description.field('Annotations', labelsText(metadata.annotations) || '<none>');
  yield* describeEvents(description, priority, about);
  return description.toString();
}
