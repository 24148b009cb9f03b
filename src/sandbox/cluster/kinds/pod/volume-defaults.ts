import type {
  DownwardAPIVolumeFile,
  PersistentVolumeClaimSpec,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../../../kubernetes/api.ts';
import { eachOf, filled, inField } from '../filled.ts';
import { defaultedRequirements } from '../resource-lists.ts';
import { defaultedFieldRef, pullPolicyFor } from './container-defaults.ts';

/** 0644: who may do what with files that come from the API. */
const fileMode = 0o644;

/** A volume with what was left out (k8s.io/kubernetes/pkg/apis/core/v1, SetDefaults_Volume and below). */
export function defaultedVolume(volume: Volume): Volume {
  let next = Object.keys(volume).some((field) => field !== 'name') ? volume : { ...volume, emptyDir: {} };
  next = inField(next, 'configMap', (source) => filled(source, { defaultMode: fileMode }));
  next = inField(next, 'secret', (source) => filled(source, { defaultMode: fileMode }));
  next = inField(next, 'hostPath', (source) => filled(source, { type: '' }));
  next = inField(next, 'downwardAPI', (source) =>
    inField(filled(source, { defaultMode: fileMode }), 'items', defaultedFiles),
  );
  next = inField(next, 'projected', defaultedProjected);
  next = inField(next, 'ephemeral', (source) =>
    inField(source, 'volumeClaimTemplate', (template) => inField(template, 'spec', defaultedClaimSpec)),
  );
  next = inField(next, 'image', (source) => filled(source, { pullPolicy: pullPolicyFor(source.reference) }));
  next = inField(next, 'iscsi', (source) => filled(source, { iscsiInterface: 'default' }));
  return next;
}

/** What is asked of a claim's volume, with what was left out (SetDefaults_PersistentVolumeClaimSpec). */
export function defaultedClaimSpec(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  return inField(filled(spec, { volumeMode: 'Filesystem' }), 'resources', defaultedRequirements);
}

function defaultedProjected(source: ProjectedVolumeSource): ProjectedVolumeSource {
  return inField(filled(source, { defaultMode: fileMode }), 'sources', (sources) =>
    eachOf(sources, defaultedProjection),
  );
}

function defaultedProjection(projection: VolumeProjection): VolumeProjection {
  const hour = 3600;
  const next = inField(projection, 'serviceAccountToken', (token) =>
    filled(token, { expirationSeconds: hour }),
  );
  return inField(next, 'downwardAPI', (source) => inField(source, 'items', defaultedFiles));
}

function defaultedFiles(
  files: readonly DownwardAPIVolumeFile[],
): readonly DownwardAPIVolumeFile[] | undefined {
  return eachOf(files, (file) => inField(file, 'fieldRef', defaultedFieldRef));
}
