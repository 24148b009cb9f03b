import type { ComposeProject } from '../../docker/compose/project.ts';
import { isName } from '../../kubernetes/names.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { isMetadataKey } from '../workload/metadata.ts';
import {
  assumedStorage,
  type MountPoint,
  mount,
  mountClaim,
  mountHostPath,
  mountMemory,
  sizeOption,
} from '../workload/storage.ts';
import type { ServiceContext, VerdictParts } from './key-rule.ts';
import { isStatefulImage } from './well-known-images.ts';

type Volume = ComposeProject['volumes'][number]['config'];

const page = 'docker-compose-file-volumes';

/** Mounts a volume of the project: one claim, whoever mounts it. */
export function mountNamedVolume(
  draft: WorkloadDraft,
  key: string,
  at: MountPoint,
  context: ServiceContext,
  isEmpty: boolean,
): VerdictParts {
  const { project, survey } = context;
  const config = project.volumes.find((each) => each.key === key)?.config;
  const special = config && byOptions(draft, key, config, at, context);
  if (special) return special;
  const users = survey.mountedBy.get(`volume:${key}`) ?? [];
  const name = survey.claims.get(key) ?? key;
  if (config?.external) return external(draft, key, name, at);
  const isShared = users.length > 1;
  const labels = labelsOf(config);
  const claim = mountClaim(draft, name, at, labels ? { labels } : {});
  if (isShared) shareCaveat(draft, claim, users);
  else if (context.choice.kind === 'DaemonSet' || draft.replicas > 1)
    spreadCaveat(draft, claim, context.choice.kind);
  sizeCaveat(draft, claim, context);
  databaseCaveat(draft, at, context);
  const filled = isEmpty
    ? ' It starts empty, as with `nocopy`.'
    : ' It starts empty: docker fills a new volume from the image, Kubernetes does not.';
  const own =
    context.choice.kind === 'StatefulSet'
      ? `The StatefulSet makes a claim for each of its Pods: \`${name}-${draft.name}-0\` is the first.`
      : `The volume \`${key}\` is the claim \`${claim}\`, of ${assumedStorage} since some size has to be given.`;
  const shared = isShared ? ` ${users.map((each) => `\`${each}\``).join(' and ')} mount this one claim.` : '';
  return {
    kubernetes:
      context.choice.kind === 'StatefulSet'
        ? 'StatefulSet spec.volumeClaimTemplates'
        : 'PersistentVolumeClaim',
    why: `${own}${shared}${at.readOnly ? ' It is read-only here.' : ''}${filled}`,
    sources: [page, 'k8s-persistent-volumes'],
  };
}

function external(draft: WorkloadDraft, key: string, name: string, at: MountPoint): VerdictParts {
  mount(draft, name, { persistentVolumeClaim: { claimName: name } }, at);
  addCaveat(
    draft,
    `The volume \`${key}\` is external, so no claim is made: \`${name}\` has to exist before, with the data in it. \`kubectl get pvc ${name}\` shows it.`,
  );
  return {
    kubernetes: 'PersistentVolumeClaim that exists',
    why: `\`${key}\` exists already, so only the reference to a claim \`${name}\` is made. A docker volume is on one machine: make the claim, and copy the data over.`,
    sources: [page, 'k8s-persistent-volumes'],
  };
}

/** Says what it takes that several services mount one claim. */
export function shareCaveat(draft: WorkloadDraft, claim: string, users: readonly string[]): void {
  addCaveat(
    draft,
    `${users.map((each) => `\`${each}\``).join(', ')} share the claim \`${claim}\`. ReadWriteOnce lets one node at a time mount it, so all their Pods have to run on that node; on more than one, the claim needs ReadWriteMany, and a StorageClass that has it (NFS, CephFS, the file services of clouds).`,
  );
}

function spreadCaveat(draft: WorkloadDraft, claim: string, kind: string): void {
  if (kind === 'StatefulSet') return;
  addCaveat(
    draft,
    `Several Pods mount the claim \`${claim}\`. With ReadWriteOnce they all have to run on one node; across nodes it takes ReadWriteMany, or a StatefulSet with a claim for each Pod.`,
  );
}

function sizeCaveat(draft: WorkloadDraft, claim: string, { choice }: ServiceContext): void {
  const what =
    choice.kind === 'StatefulSet'
      ? `The size of the claims \`${claim}-…\``
      : `The size of the claim \`${claim}\``;
  addCaveat(
    draft,
    `${what}, ${assumedStorage}, is an assumption: docker knows no sizes. It takes the default StorageClass, and stays Pending where there is none.`,
  );
}

/** Labels of the volume that a claim can have too. */
function labelsOf(config: Volume | undefined): Record<string, string> | undefined {
  const fitting = Object.entries(config?.labels ?? {}).filter(
    ([key, value]) => isMetadataKey(key) && isName(value, 'labelValue'),
  );
  return fitting.length > 0 ? Object.fromEntries(fitting) : undefined;
}

/** Databases refuse a directory that is not empty, and a new disk holds `lost+found`. */
function databaseCaveat(draft: WorkloadDraft, at: MountPoint, { service }: ServiceContext): void {
  const image = service.config.image ?? '';
  if (!isStatefulImage(image) || !/\/(postgresql\/data|mysql)\/?$/.test(at.path)) return;
  const hint = at.path.includes('postgres')
    ? 'set `PGDATA` to a directory in it'
    : 'mount it with a `subPath`';
  addCaveat(
    draft,
    `Where storage is a disk of its own, \`${at.path}\` begins with a directory \`lost+found\`, and the database refuses to start in it: ${hint}.`,
  );
}

/** What the options of a volume say it is; undefined where a claim is made for it. */
export function namedByOptions({
  driver_opts: options = {},
  external: isExternal,
}: Volume):
  | { readonly kind: 'nfs'; readonly server: string; readonly path: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'directory'; readonly path: string }
  | undefined {
  if (isExternal) return undefined;
  const { type = '', o = '', device = '' } = options;
  const server = /(?:^|,)addr=([^,]+)/.exec(o)?.[1];
  if (/^nfs4?$/.test(type) && server !== undefined)
    return { kind: 'nfs', server, path: device.replace(/^[^/]*:/, '') || '/' };
  if (type === 'tmpfs') return { kind: 'memory' };
  if (/(^|,)r?bind(,|$)/.test(o) && device.startsWith('/'))
    return { kind: 'directory', path: device.replace(/\/+$/, '') || '/' };
  return undefined;
}

/** Volumes whose options say what they are: a share, memory, a directory of the machine. */
function byOptions(
  draft: WorkloadDraft,
  key: string,
  config: Volume,
  at: MountPoint,
  context: ServiceContext,
): VerdictParts | undefined {
  if (config.external) return undefined;
  const { driver, driver_opts: { o = '', device = '' } = {} } = config;
  const named = namedByOptions(config);
  if (named?.kind === 'nfs') {
    const { server, path } = named;
    mount(draft, context.survey.claims.get(key) ?? key, { nfs: { server, path } }, at);
    return {
      kubernetes: 'volumes.nfs',
      why: `\`${key}\` is the share \`${server}:${path}\`, and a Pod mounts it directly, on any node. A PersistentVolume with a claim hides the address from the workload, and has the mount options.`,
      sources: [page, 'k8s-volumes'],
    };
  }
  if (named?.kind === 'memory') {
    mountMemory(draft, at, sizeOption(o.split(',')));
    return {
      kubernetes: 'emptyDir with `medium: Memory`',
      why: `\`${key}\` is in memory. In Kubernetes each Pod has its own, and it goes with the Pod.`,
      sources: [page, 'k8s-volumes'],
    };
  }
  if (named?.kind === 'directory') {
    mountHostPath(draft, named.path, at, 'DirectoryOrCreate');
    addCaveat(
      draft,
      `\`${device}\` is a path of whatever node the Pod runs on, not of your machine. It differs from node to node.`,
    );
    return {
      kubernetes: 'hostPath',
      why: `\`${key}\` is the directory \`${device}\` of the machine; a hostPath is that of the node on which the Pod happens to run. Data that should move with the Pod belongs into a claim.`,
      sources: [page, 'k8s-volumes', 'k8s-pod-security-standards'],
    };
  }
  if (driver !== undefined && driver !== 'local') {
    addCaveat(
      draft,
      `The volume driver \`${driver}\` is one of docker's. In Kubernetes a StorageClass names the CSI driver: choose one for the claim of \`${key}\`.`,
    );
  }
  return undefined;
}
