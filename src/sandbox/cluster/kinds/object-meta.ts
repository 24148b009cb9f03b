import type { ObjectMeta } from '../../../kubernetes/api.ts';
import { sameValue } from '../object.ts';
import { type Complaint, forbidden, invalid, required, tooLong } from './complaint.ts';
import type { KindRules } from './kind.ts';
import {
  labelKeyComplaints,
  labelNameComplaints,
  labelValueComplaints,
  pathNameComplaints,
  subdomainComplaints,
} from './label-rules.ts';

type NameRule = NonNullable<KindRules<never>['nameRule']>;

const nameRules: Readonly<Record<NameRule, (name: string) => readonly string[]>> = {
  subdomain: subdomainComplaints,
  label: labelNameComplaints,
  path: pathNameComplaints,
};

const mostAnnotationBytes = 256 * 1024;

/**
 * What is wrong with the metadata of a new object (k8s.io/apimachinery/pkg/api/validation, ValidateObjectMeta).
 *
 * @param rule how its name has to look
 * @param path of the metadata, for those of a template
 */
export function metadataComplaints(
  metadata: ObjectMeta,
  namespaced: boolean,
  rule: NameRule,
  path = 'metadata',
): readonly Complaint[] {
  const { name = '', generateName = '', namespace = '' } = metadata;
  const nameComplaints = nameRules[rule];
  return [
    // What is generated goes on after a hyphen at the end.
    ...(generateName === ''
      ? []
      : nameComplaints(generateName.replace(/-$/, rule === 'path' ? '-' : 'a')).map((each) =>
          invalid(`${path}.generateName`, generateName, each),
        )),
    ...(name === '' && generateName === ''
      ? [required(`${path}.name`, 'name or generateName is required')]
      : []),
    ...(name === '' ? [] : nameComplaints(name).map((each) => invalid(`${path}.name`, name, each))),
    ...(namespaced
      ? labelNameComplaints(namespace).map((each) => invalid(`${path}.namespace`, namespace, each))
      : namespace === ''
        ? []
        : [forbidden(`${path}.namespace`, 'not allowed on this type')]),
    ...commonComplaints(metadata, path),
    ...finalizerComplaints(metadata, path),
  ];
}

/** What is wrong with a change of metadata (ValidateObjectMetaUpdate). */
export function metadataUpdateComplaints(metadata: ObjectMeta, old: ObjectMeta): readonly Complaint[] {
  const immutable = (
    [
      'name',
      'namespace',
      'uid',
      'creationTimestamp',
      'deletionTimestamp',
      'deletionGracePeriodSeconds',
    ] as const
  )
    .filter((field) => metadata[field] !== old[field])
    .map((field) => invalid(`metadata.${field}`, metadata[field] ?? null, 'field is immutable'));
  return [
    ...newFinalizerComplaints(metadata, old),
    ...(metadata.resourceVersion
      ? []
      : [invalid('metadata.resourceVersion', '', 'must be specified for an update')]),
    ...immutable,
    ...commonComplaints(metadata, 'metadata'),
  ];
}

/** What is wrong with labels (ValidateLabels). */
export function labelsComplaints(labels: ObjectMeta['labels'], path: string): readonly Complaint[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...labelKeyComplaints(key).map((each) => invalid(path, key, each)),
    ...labelValueComplaints(value).map((each) => invalid(path, value, each)),
  ]);
}

/** What is wrong with annotations (ValidateAnnotations). */
export function annotationsComplaints(
  annotations: ObjectMeta['annotations'],
  path: string,
): readonly Complaint[] {
  const noted = Object.entries(annotations ?? {});
  const size = noted.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return [
    ...noted.flatMap(([key]) =>
      labelKeyComplaints(key.toLowerCase()).map((each) => invalid(path, key, each)),
    ),
    ...(size > mostAnnotationBytes ? [tooLong(path, mostAnnotationBytes)] : []),
  ];
}

/** Whether an object is only about to be kept: it has no version yet. */
export function isNew({ resourceVersion }: ObjectMeta): boolean {
  return !resourceVersion;
}

/** A field that may not change. */
export function immutableComplaints(value: unknown, old: unknown, path: string): readonly Complaint[] {
  return sameValue(value, old) ? [] : [invalid(path, value ?? null, 'field is immutable')];
}

function commonComplaints(
  { labels, annotations, ownerReferences = [] }: ObjectMeta,
  path: string,
): Complaint[] {
  return [
    ...labelsComplaints(labels, `${path}.labels`),
    ...annotationsComplaints(annotations, `${path}.annotations`),
    ...controllerComplaints(ownerReferences, `${path}.ownerReferences`),
    ...ownerReferences.flatMap((owner) => {
      const field = `${path}.ownerReferences`;
      return [
        ...(owner.apiVersion ? [] : [invalid(`${field}.apiVersion`, '', 'version must not be empty')]),
        ...(owner.kind ? [] : [invalid(`${field}.kind`, '', 'must not be empty')]),
        ...(owner.name ? [] : [invalid(`${field}.name`, '', 'must not be empty')]),
        ...(owner.uid ? [] : [invalid(`${field}.uid`, '', 'must not be empty')]),
        ...(owner.apiVersion === 'v1' && owner.kind === 'Event'
          ? [invalid(field, owner, '/v1, Kind=Event is disallowed from being an owner')]
          : []),
      ];
    }),
  ];
}

function controllerComplaints(owners: NonNullable<ObjectMeta['ownerReferences']>, path: string): Complaint[] {
  const [first, second] = owners.filter((owner) => owner.controller);
  if (!first || !second) return [];
  const found = `${first.kind}/${first.name} and ${second.kind}/${second.name}`;
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${found}`;
  return [invalid(path, owners, why)];
}

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

function finalizerComplaints({ finalizers = [] }: ObjectMeta, path: string): Complaint[] {
  const field = `${path}.finalizers`;
  const both = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion');
  return [
    ...finalizers.flatMap((name) => labelKeyComplaints(name).map((each) => invalid(field, name, each))),
    ...finalizers.flatMap((name, index) =>
      name.includes('/') || standardFinalizers.includes(name)
        ? []
        : [
            invalid(
              `${field}[${index}]`,
              name,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ],
    ),
    ...(both
      ? [invalid(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set')]
      : []),
  ];
}

function newFinalizerComplaints({ finalizers = [] }: ObjectMeta, old: ObjectMeta): Complaint[] {
  if (old.deletionTimestamp === undefined) return [];
  const extra = finalizers.filter((each) => !old.finalizers?.includes(each));
  if (extra.length === 0) return [];
  const list = extra.sort().map((each) => JSON.stringify(each));
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list.join(', ')}}`;
  return [forbidden('metadata.finalizers', why)];
}
