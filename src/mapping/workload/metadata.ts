import { isName } from '../../kubernetes/names.ts';
import type { WorkloadDraft } from './draft.ts';

/**
 * Puts a label where the API accepts it: among the labels, or, when a label's value may not look like this,
 * among the annotations (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set).
 *
 * @returns where it went; undefined when the key is refused in either place
 */
export function addLabel(
  draft: WorkloadDraft,
  key: string,
  value: string,
): 'label' | 'annotation' | undefined {
  if (!isMetadataKey(key)) return undefined;
  if (!isName(value, 'labelValue')) {
    draft.annotations[key] = value;
    return 'annotation';
  }
  draft.labels[key] = value;
  return 'label';
}

/** Puts an annotation on the object and its Pods. @returns whether the API accepts the key */
export function addAnnotation(draft: WorkloadDraft, key: string, value: string): boolean {
  if (!isMetadataKey(key)) return false;
  draft.annotations[key] = value;
  return true;
}

/** Whether a text can be the key of a label or annotation: a name of up to 63 characters, with or without a domain in front. */
export function isMetadataKey(key: string): boolean {
  const slash = key.indexOf('/');
  const [domain, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (domain !== undefined && !isName(domain, 'subdomain')) return false;
  return name !== '' && isName(name, 'labelValue');
}
