import type { KeyUse, VerdictParts } from './key-rule.ts';
import { namedByOptions } from './named-volumes.ts';
import { row, type SharedRule } from './project-rule.ts';
import type { Survey } from './survey.ts';

const volumePage = 'docker-compose-file-volumes';

const fieldOf = { nfs: 'volumes.nfs', memory: 'emptyDir with `medium: Memory`', directory: 'hostPath' };

/** Keys of `volumes` at the top. */
export const volumeSection: readonly SharedRule[] = [
  row(
    'volumes.*',
    'approximate',
    'PersistentVolumeClaim',
    '',
    [volumePage, 'k8s-persistent-volumes', 'k8s-storage-classes'],
    volume,
  ),
  row(
    'volumes.*.name',
    'none',
    'none',
    "It is the volume's name in docker. The claim is called after the key of the volume.",
    [volumePage],
    ({ name }, { project }) =>
      project.volumes.find(({ key }) => key === name)?.config.external
        ? {
            grade: 'exact',
            kubernetes: 'persistentVolumeClaim.claimName',
            why: 'The volume exists already, so the claim is called as it is.',
          }
        : {},
  ),
  row(
    'volumes.*.driver',
    'none',
    'PersistentVolumeClaim spec.storageClassName',
    'A volume driver of docker, `{value}`, is none of Kubernetes. A StorageClass names the CSI driver: `kubectl get storageclass` shows what there is.',
    [volumePage, 'k8s-storage-classes'],
    ({ value }) =>
      value === 'local'
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: "`local` is docker's own driver; a claim takes the default StorageClass of the cluster.",
          }
        : {},
  ),
  row(
    'volumes.*.driver_opts',
    'approximate',
    'volumes.nfs, emptyDir, hostPath',
    'A share of NFS, memory, or a directory of the machine is mounted as what it is. Other options belong to a StorageClass or a PersistentVolume.',
    [volumePage, 'k8s-volumes'],
  ),
  row(
    'volumes.*.external',
    'approximate',
    'PersistentVolumeClaim that exists',
    'No claim is made for it: one of that name has to be there, with the data in it.',
    [volumePage, 'k8s-persistent-volumes'],
    ({ value }) =>
      /^(false|no|off)$/i.test(value)
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: 'It is a volume of this project, which is the default.',
          }
        : {},
  ),
  row(
    'volumes.*.labels',
    'exact',
    'PersistentVolumeClaim metadata.labels',
    'They are labels of the claim, as far as a label can have such a value.',
    [volumePage, 'k8s-labels'],
  ),
];

function volume({ name }: KeyUse, { project, mountedBy, claims }: Survey): VerdictParts {
  const users = mountedBy.get(`volume:${name}`) ?? [];
  const config = project.volumes.find(({ key }) => key === name)?.config;
  if (users.length === 0)
    return { grade: 'exact', kubernetes: 'nothing', why: 'No service mounts it, so no claim is made.' };
  if (config?.external)
    return {
      kubernetes: 'PersistentVolumeClaim that exists',
      why: `It exists already, so only references to a claim \`${claims.get(name) ?? name}\` are made.`,
    };
  const named = config && namedByOptions(config);
  if (named)
    return {
      kubernetes: fieldOf[named.kind],
      why: 'Its options say what it is, and the Pods mount that directly: no claim is made for it, and no size is asked for.',
      sources: [volumePage, 'k8s-volumes'],
    };
  const shared =
    users.length > 1
      ? `${users.map((each) => `\`${each}\``).join(' and ')} mount one and the same claim.`
      : `\`${users[0]}\` alone mounts it.`;
  return {
    why: `A claim asks for storage of a size and an access mode, which docker does not know: 1Gi and ReadWriteOnce are assumptions. ${shared} It stays when the Pods go, until you delete it.`,
  };
}
