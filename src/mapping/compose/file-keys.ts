import { baseName } from '../../docker/base-name.ts';
import type { FileMountConfig } from '../../docker/compose/service-shape.ts';
import { toName } from '../../kubernetes/names.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { isMounted, mountFiles } from '../workload/storage.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';
import { dataKey } from './project-data.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;

/** Configs and secrets in the container. */
export const fileKeys: readonly KeyRule[] = [
  {
    key: 'configs',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'ConfigMap, mounted as a file',
    why: '',
    sources: ['docker-compose-file-configs', 'k8s-configmap', 'k8s-task-configmap-pod'],
    apply: (draft, { index }, context) =>
      mountEntry(draft, 'configs', context.service.config.configs?.[index], context),
  },
  {
    key: 'secrets',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'Secret, mounted as a file',
    why: '',
    sources: ['docker-compose-file-secrets', 'k8s-secret', 'k8s-task-distribute-credentials'],
    apply: (draft, { index }, context) =>
      mountEntry(draft, 'secrets', context.service.config.secrets?.[index], context),
  },
  {
    key: 'credential_spec',
    grade: 'approximate',
    kubernetes: 'GMSACredentialSpec',
    why: 'A Windows account of a group, `{value}`: make a `GMSACredentialSpec` in the cluster, and name it in `windowsOptions.gmsaCredentialSpecName` of a Pod on Windows nodes.',
    sources: [servicePage, 'k8s-gmsa'],
  },
];

function mountEntry(
  draft: WorkloadDraft,
  section: 'configs' | 'secrets',
  entry: FileMountConfig | undefined,
  context: ServiceContext,
): VerdictParts {
  const source = entry?.source ?? '';
  const resource = context.project[section].find(({ key }) => key === source);
  const name = context.survey[section].get(source);
  if (!entry || !resource || name === undefined) return none;
  const isSecret = section === 'secrets';
  const path = pathOf(entry, isSecret);
  if (path.includes(':'))
    return { ...none, why: `A path in a container cannot hold a colon: the API refuses \`${path}\`.` };
  if (isMounted(draft, path)) return { ...none, why: `Something is mounted at \`${path}\` already.` };
  const key = dataKey(resource);
  const mode = entry.mode === undefined ? undefined : entry.mode & 0o777;
  const file = toName(baseName(path), 'configKey').name;
  mountFiles(
    draft,
    isSecret ? 'secret' : 'configMap',
    name,
    { path, subPath: mode === undefined ? key : file },
    mode === undefined ? undefined : [{ key, path: file, mode }],
  );
  const owner = entry.uid !== undefined || entry.gid !== undefined;
  if (mode !== undefined && (mode & 0o044) === 0 && context.service.config.user !== undefined) {
    addCaveat(
      draft,
      `\`${path}\` has the mode ${mode.toString(8).padStart(4, '0')} and belongs to root, so a user other than root cannot read it: \`fsGroup\` on the Pod gives it to a group.`,
    );
  }
  const what = isSecret ? 'Secret' : 'ConfigMap';
  return {
    ...(owner ? { grade: 'approximate' as const } : {}),
    why: `The file \`${path}\` is the key \`${key}\` of the ${what} \`${name}\`. Mounted alone (\`subPath\`), it does not change while the Pod runs.${owner ? ' `uid` and `gid` have no field: the files belong to root, and to the group of `fsGroup` where the Pod has one.' : ''}`,
  };
}

/** Where compose mounts it: secrets below /run/secrets, configs at the root, unless it says where. */
function pathOf({ source, target }: FileMountConfig, isSecret: boolean): string {
  if (target === undefined || target === '') return isSecret ? `/run/secrets/${source}` : `/${source}`;
  if (target.startsWith('/')) return target;
  return isSecret ? `/run/secrets/${target}` : `/${target}`;
}
