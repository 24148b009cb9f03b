import { parseLabel } from '../../docker/pairs.ts';
import { addAnnotation, addLabel } from '../workload/metadata.ts';
import type { FlagRule } from './flag-rule.ts';

const lesson = 'pods';

/** What others may read about the container. */
export const metadataFlags: readonly FlagRule[] = [
  {
    flag: '--label',
    grade: 'exact',
    kubernetes: 'metadata.labels',
    why: '',
    alsoCites: ['k8s-annotations'],
    sources: ['docker-container-run', 'k8s-labels'],
    lesson,
    apply(draft, { value }) {
      const { name, value: text } = parseLabel(value);
      const key = name.trim();
      const place = addLabel(draft, key, text);
      if (place === 'label')
        return { why: `\`${key}\` is a label of the object and of its Pods, to select them by.` };
      if (place === 'annotation') {
        return {
          grade: 'approximate',
          kubernetes: 'metadata.annotations',
          why: `A label's value has at most 63 letters, digits, \`-\`, \`_\` and \`.\`, so \`${key}\` is an annotation. Nothing can be selected by it.`,
          sources: ['docker-container-run', 'k8s-labels', 'k8s-annotations'],
        };
      }
      return {
        grade: 'none',
        kubernetes: 'none',
        why: `\`${key}\` can be no key of a label or annotation: at most 63 letters, digits, \`-\`, \`_\` and \`.\`, with a domain and a slash in front if you like.`,
      };
    },
  },
  {
    flag: '--label-file',
    grade: 'none',
    kubernetes: 'none',
    why: '`{value}` is not read here, and no object takes labels from a file. Give each line with `--label`, or write them into the manifest.',
    sources: ['docker-container-run', 'k8s-labels'],
    lesson,
  },
  {
    flag: '--annotation',
    grade: 'approximate',
    kubernetes: 'metadata.annotations',
    why: '',
    sources: ['docker-container-run', 'k8s-annotations', 'containerd-cri-config'],
    lesson,
    apply(draft, { value }) {
      const equals = value.indexOf('=');
      const [key, text] = equals < 0 ? [value, ''] : [value.slice(0, equals), value.slice(equals + 1)];
      if (!addAnnotation(draft, key, text)) {
        return { grade: 'none', kubernetes: 'none', why: `\`${key}\` can be no key of an annotation.` };
      }
      return {
        why: `\`${key}\` is an annotation of the Pod. Docker's go to the OCI runtime; those of a Pod get there only as far as the runtime of the node is told to pass them on.`,
      };
    },
  },
];
