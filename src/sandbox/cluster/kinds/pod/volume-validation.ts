import type {
  DownwardAPIVolumeFile,
  KeyToPath,
  ObjectMeta,
  Volume,
  VolumeProjection,
} from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { type Complaint, duplicate, forbidden, invalid, required } from '../complaint.ts';
import { labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { annotationsComplaints, labelsComplaints } from '../object-meta.ts';
import { claimSpecComplaints } from '../storage/claim-validation.ts';
import { sourcesOf } from '../storage/volume-sources.ts';
import { complaintsOf, oneOf, requiredText } from '../value-rules.ts';
import { fieldRefComplaints, resourceRefComplaints } from './reference-validation.ts';
import { hostPathComplaints, localPathComplaints, nfsComplaints } from './volume-paths.ts';

const modeWords = 'must be a number between 0 and 0777 (octal), both inclusive';
/** Which fields of its Pod a file can show. */
const shownFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Volumes that containers can mount. */
export type VolumesByName = ReadonlyMap<string, Volume>;

/**
 * What is wrong with volumes (k8s.io/kubernetes/pkg/apis/core/validation, ValidateVolumes).
 *
 * @param podName where it is known: claims are named after it
 * @returns those that are right besides
 */
export function volumeComplaints(
  volumes: readonly Volume[],
  path: string,
  podName: string | undefined,
): { readonly complaints: readonly Complaint[]; readonly valid: VolumesByName } {
  const valid = new Map<string, Volume>();
  const created = podName
    ? volumes.filter(({ ephemeral }) => ephemeral).map(({ name }) => `${podName}-${name}`)
    : [];
  const complaints = volumes.flatMap((volume, index) => {
    const place = `${path}[${index}]`;
    const { name, persistentVolumeClaim: claim } = volume;
    const wrong = [
      ...sourceComplaints(volume, place, podName),
      ...(name
        ? complaintsOf(`${place}.name`, name, labelNameComplaints(name))
        : [required(`${place}.name`)]),
      ...(valid.has(name) ? [duplicate(`${place}.name`, name)] : []),
    ];
    if (wrong.length === 0) valid.set(name, volume);
    const why = 'must not reference a PVC that gets created for an ephemeral volume';
    const isCreated = claim && created.includes(claim.claimName);
    return isCreated
      ? [...wrong, invalid(`${place}.persistentVolumeClaim.claimName`, claim.claimName, why)]
      : wrong;
  });
  return { complaints, valid };
}

function sourceComplaints(volume: Volume, path: string, podName: string | undefined): readonly Complaint[] {
  const [first, ...more] = sourcesOf(volume);
  if (first === undefined) return [required(path, 'must specify a volume type')];
  return [
    ...firstSourceComplaints(volume, first, `${path}.${first}`, podName),
    ...more.map((source) => forbidden(`${path}.${source}`, 'may not specify more than 1 volume type')),
  ];
}

function firstSourceComplaints(
  volume: Volume,
  source: keyof Volume,
  path: string,
  podName: string | undefined,
): readonly Complaint[] {
  const { emptyDir, hostPath, secret, configMap, nfs, persistentVolumeClaim: claim } = volume;
  switch (source) {
    case 'emptyDir':
      return emptyDir?.sizeLimit !== undefined && compareQuantities(emptyDir.sizeLimit, '0') === -1
        ? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [];
    case 'hostPath':
      return hostPathComplaints(hostPath, path);
    case 'secret':
      return [
        ...requiredText(`${path}.secretName`, secret?.secretName),
        ...fileComplaints(secret?.defaultMode, secret?.items, path),
      ];
    case 'configMap':
      return [
        ...requiredText(`${path}.name`, configMap?.name),
        ...fileComplaints(configMap?.defaultMode, configMap?.items, path),
      ];
    case 'nfs':
      return nfsComplaints(nfs, path);
    case 'persistentVolumeClaim':
      return requiredText(`${path}.claimName`, claim?.claimName);
    case 'downwardAPI':
      return [
        ...modeComplaints(volume.downwardAPI?.defaultMode, `${path}.defaultMode`),
        ...(volume.downwardAPI?.items ?? []).flatMap((file) => shownFileComplaints(file, path)),
      ];
    case 'csi':
      return requiredText(`${path}.driver`, volume.csi?.driver);
    case 'storageos':
      return requiredText(`${path}.volumeName`, volume.storageos?.volumeName);
    case 'image':
      return imageComplaints(volume.image, path);
    case 'projected':
      return projectedComplaints(volume, path);
    case 'ephemeral':
      return ephemeralComplaints(volume, path, podName);
    default:
      return [];
  }
}

function imageComplaints(image: Volume['image'], path: string): readonly Complaint[] {
  return [
    ...requiredText(`${path}.reference`, image?.reference),
    ...oneOf(`${path}.pullPolicy`, image?.pullPolicy, ['Always', 'IfNotPresent', 'Never']),
  ];
}

/** Only labels and annotations can be said of a claim that is made for the Pod (ValidateTemplateObjectMeta). */
function templateMetaComplaints(metadata: ObjectMeta = {}, path: string): readonly Complaint[] {
  const { labels, annotations, ...others } = metadata;
  return [
    ...labelsComplaints(labels, `${path}.labels`),
    ...annotationsComplaints(annotations, `${path}.annotations`),
    ...Object.keys(others).map((field) => forbidden(`${path}.${field}`, 'cannot be set')),
  ];
}

function ephemeralComplaints(
  { name, ephemeral }: Volume,
  path: string,
  podName: string | undefined,
): readonly Complaint[] {
  const template = ephemeral?.volumeClaimTemplate;
  const place = `${path}.volumeClaimTemplate`;
  const claimName = `${podName}-${name}`;
  return [
    ...(template
      ? [
          ...templateMetaComplaints(template.metadata, `${place}.metadata`),
          ...claimSpecComplaints(template.spec, `${place}.spec`),
        ]
      : [required(place)]),
    ...(podName && name
      ? subdomainComplaints(claimName).map((each) =>
          invalid(`${path.replace(/\.ephemeral$/, '')}.name`, name, `PVC name "${claimName}": ${each}`),
        )
      : []),
  ];
}

function projectedComplaints({ projected }: Volume, path: string): readonly Complaint[] {
  const sources = projected?.sources ?? [];
  const taken = new Set<string>();
  return [
    ...modeComplaints(projected?.defaultMode, `${path}.defaultMode`),
    ...sources.flatMap((source, index) => [
      ...projectionComplaints(source, path, `${path}.sources[${index}]`),
      ...pathsOf(source).flatMap(([file, shown]) => {
        if (taken.has(file)) return [invalid(path, shown, 'conflicting duplicate paths')];
        taken.add(file);
        return [];
      }),
    ]),
  ];
}

/** The files of a source, each with what a message shows of it. */
function pathsOf({
  secret,
  configMap,
  downwardAPI,
}: VolumeProjection): readonly (readonly [string, string])[] {
  return [
    ...(secret?.items ?? []).map(({ path }) => [path, secret?.name ?? ''] as const),
    ...(configMap?.items ?? []).map(({ path }) => [path, configMap?.name ?? ''] as const),
    ...(downwardAPI?.items ?? []).map(({ path }) => [path, path] as const),
  ].filter(([path]) => path !== '');
}

function projectionComplaints(source: VolumeProjection, volume: string, path: string): readonly Complaint[] {
  const { secret, configMap, downwardAPI, serviceAccountToken: token } = source;
  return [
    ...(secret
      ? [
          ...requiredText(`${path}.secret.name`, secret.name),
          ...fileComplaints(undefined, secret.items, `${path}.secret`),
        ]
      : []),
    ...(configMap
      ? [
          ...requiredText(`${path}.configMap.name`, configMap.name),
          ...fileComplaints(undefined, configMap.items, `${path}.configMap`),
        ]
      : []),
    ...(downwardAPI?.items ?? []).flatMap((file) => shownFileComplaints(file, `${path}.downwardAPI`)),
    ...(token ? tokenComplaints(token, volume, `${path}.serviceAccountToken`) : []),
    ...(Object.keys(source).length > 1
      ? [forbidden(path, 'may not specify more than 1 volume type per source')]
      : []),
  ];
}

/** @param volume its path: upstream looks for the token's file there */
function tokenComplaints(
  { path: file, expirationSeconds = 3600 }: NonNullable<VolumeProjection['serviceAccountToken']>,
  volume: string,
  path: string,
): readonly Complaint[] {
  const field = `${path}.expirationSeconds`;
  return [
    ...(expirationSeconds < 600
      ? [invalid(field, expirationSeconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(expirationSeconds > 2 ** 32
      ? [invalid(field, expirationSeconds, 'may not specify a duration larger than 2^32 seconds')]
      : []),
    ...(file ? localPathComplaints(file, `${volume}.path`) : [required(`${volume}.path`)]),
  ];
}

function fileComplaints(
  mode: number | undefined,
  items: readonly KeyToPath[] = [],
  path: string,
): readonly Complaint[] {
  return [
    ...modeComplaints(mode, `${path}.defaultMode`),
    ...items.flatMap((item, index) => {
      const place = `${path}.items[${index}]`;
      return [
        ...requiredText(`${place}.key`, item.key),
        ...requiredText(`${place}.path`, item.path),
        ...localPathComplaints(item.path, `${place}.path`),
        ...modeComplaints(item.mode, `${place}.mode`),
      ];
    }),
  ];
}

function shownFileComplaints(file: DownwardAPIVolumeFile, path: string): readonly Complaint[] {
  const { path: name, fieldRef, resourceFieldRef, mode } = file;
  const both = 'fieldRef and resourceFieldRef can not be specified simultaneously';
  return [
    ...(name ? localPathComplaints(name, `${path}.path`) : [required(`${path}.path`)]),
    ...(fieldRef ? fieldRefComplaints(fieldRef, shownFields, `${path}.fieldRef`) : []),
    ...(fieldRef && resourceFieldRef ? [invalid(path, 'resource', both)] : []),
    ...(!fieldRef && resourceFieldRef
      ? resourceRefComplaints(resourceFieldRef, `${path}.resourceFieldRef`, true)
      : []),
    ...(fieldRef || resourceFieldRef
      ? []
      : [required(path, 'one of fieldRef and resourceFieldRef is required')]),
    ...modeComplaints(mode, `${path}.mode`),
  ];
}

function modeComplaints(mode: number | undefined, path: string): readonly Complaint[] {
  return mode !== undefined && (mode < 0 || mode > 0o777) ? [invalid(path, mode, modeWords)] : [];
}
