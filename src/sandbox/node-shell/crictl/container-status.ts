import { imageNames } from '../../cluster/node/images/image-names.ts';
import { logPath, mountsOnNode, podGroup } from '../cri/node-paths.ts';
import { ownerOnNode } from '../cri/owners.ts';
import type { CriContainer } from '../cri/pods-on-node.ts';
import { resourcesOf } from '../cri/resources.ts';
import { containerAnnotations, containerState, imageAsked } from './entries.ts';
import { timeText } from './output.ts';
import type { CrictlRun } from './run.ts';

/** What containerd says of a container (runtime.v1.ContainerStatus). */
export function containerStatus(run: CrictlRun, given: CriContainer): Readonly<Record<string, unknown>> {
  const { container, name, attempt, failure } = given;
  const { runtime, node } = run.parts;
  const state = containerState(given);
  const names = imageNames(runtime, node, container.spec.image, container.imageId);
  const { uid, gid } = ownerOnNode(run.parts, container);
  return {
    annotations: containerAnnotations(given),
    createdAt: timeText(container.createdAt),
    exitCode: failure !== undefined ? startErrorCode : (container.exitCode ?? 0),
    finishedAt: timeText(state === 'EXITED' ? container.finishedAt : undefined),
    id: container.id,
    image: {
      annotations: {},
      image: names.image,
      imageRef: '',
      runtimeHandler: '',
      userSpecifiedImage: '',
    },
    imageId: container.imageId,
    imageRef: names.imageID,
    labels: container.spec.labels,
    logPath: logPath(given),
    message: failure ?? '',
    metadata: { attempt, name },
    mounts: mountsOf(run, given).map((mount) => ({
      containerPath: mount.containerPath,
      gidMappings: [],
      hostPath: mount.hostPath,
      imageSubPath: '',
      propagation: 'PROPAGATION_PRIVATE',
      readonly: mount.readonly,
      recursiveReadOnly: false,
      selinuxRelabel: false,
      uidMappings: [],
    })),
    reason: reasonOf(given),
    resources: { linux: linuxResources(run, given) },
    startedAt: timeText(state === 'CREATED' ? undefined : container.startedAt),
    state: `CONTAINER_${state}`,
    stopSignal: container.spec.stopSignal,
    user: { linux: { gid: `${gid}`, supplementalGroups: [`${gid}`], uid: `${uid}` } },
  };
}

/** The code of one that could not be started (containerd, `internal/cri/server`). */
const startErrorCode = 128;

function reasonOf(given: CriContainer): string {
  const { container, failure } = given;
  if (failure !== undefined) return 'StartError';
  if (containerState(given) !== 'EXITED') return '';
  if (container.oomKilled) return 'OOMKilled';
  return container.exitCode === 0 ? 'Completed' : 'Error';
}

function mountsOf(run: CrictlRun, given: CriContainer) {
  const { cluster } = run.parts;
  return mountsOnNode(given, (claim) => {
    const found = cluster.get('persistentvolumeclaims', given.sandbox.namespace, claim);
    const volume = cluster.get('persistentvolumes', undefined, found?.spec?.volumeName ?? '');
    return volume?.spec?.hostPath?.path ?? volume?.spec?.local?.path;
  });
}

function linuxResources(run: CrictlRun, given: CriContainer): object {
  const { cpuShares, cpuQuota, memoryLimit, oomScoreAdj } = resourcesOf(run.parts, given);
  return {
    cpuPeriod: '100000',
    cpuQuota: `${cpuQuota}`,
    cpuShares: `${cpuShares}`,
    cpusetCpus: '',
    cpusetMems: '',
    hugepageLimits: [],
    memoryLimitInBytes: `${memoryLimit}`,
    memorySwapLimitInBytes: `${memoryLimit}`,
    oomScoreAdj: `${oomScoreAdj}`,
    unified: {},
  };
}

/** What containerd tells of a container besides, with what runc was given (OCI runtime-spec), in its main parts. */
export function containerInfo(run: CrictlRun, given: CriContainer): Readonly<Record<string, unknown>> {
  const { container, name, attempt, sandbox } = given;
  const { cpuShares, cpuQuota, memoryLimit, oomScoreAdj } = resourcesOf(run.parts, given);
  const { uid, gid } = ownerOnNode(run.parts, container);
  const { spec } = container;
  return {
    config: {
      annotations: containerAnnotations(given),
      envs: envPairs(spec.env),
      image: { image: container.imageId, user_specified_image: imageAsked(given) },
      labels: spec.labels,
      log_path: `${name}/${attempt}.log`,
      metadata: { ...(attempt === 0 ? {} : { attempt }), name },
      mounts: mountsOf(run, given).map(({ containerPath, hostPath, readonly }) => ({
        container_path: containerPath,
        host_path: hostPath,
        ...(readonly ? { readonly } : {}),
      })),
    },
    pid: container.state === 'running' || container.state === 'paused' ? container.pid : 0,
    removing: false,
    runtimeOptions: null,
    runtimeSpec: {
      annotations: {
        'io.kubernetes.cri.container-name': name,
        'io.kubernetes.cri.container-type': 'container',
        'io.kubernetes.cri.image-name': imageAsked(given),
        'io.kubernetes.cri.sandbox-id': sandbox.id,
        'io.kubernetes.cri.sandbox-name': sandbox.name,
        'io.kubernetes.cri.sandbox-namespace': sandbox.namespace,
        'io.kubernetes.cri.sandbox-uid': sandbox.uid,
      },
      linux: {
        cgroupsPath: `${podGroup(sandbox)}/${container.id}`,
        // The Pod's own, held by its pause process: what a container shares with its neighbours.
        namespaces: [
          spec.sharePids ? { path: `/proc/${sandbox.pausePid}/ns/pid`, type: 'pid' } : { type: 'pid' },
          { path: `/proc/${sandbox.pausePid}/ns/ipc`, type: 'ipc' },
          { path: `/proc/${sandbox.pausePid}/ns/uts`, type: 'uts' },
          { type: 'mount' },
          { path: `/proc/${sandbox.pausePid}/ns/net`, type: 'network' },
        ],
        resources: {
          cpu: { period: 100_000, ...(cpuQuota > 0 ? { quota: cpuQuota } : {}), shares: cpuShares },
          memory: memoryLimit > 0 ? { limit: memoryLimit, swap: memoryLimit } : {},
        },
      },
      ociVersion: '1.3.0',
      process: {
        args: spec.argv,
        cwd: spec.workingDir || '/',
        env: spec.env,
        oomScoreAdj,
        user: { additionalGids: [gid], gid, uid },
      },
      root: { path: 'rootfs', ...(spec.readOnlyRoot ? { readonly: true } : {}) },
    },
    runtimeType: 'io.containerd.runc.v2',
    sandboxID: sandbox.id,
    snapshotKey: container.id,
    snapshotter: 'overlayfs',
  };
}

/** Variables that the Pod gives; those of the image containerd adds by itself. */
function envPairs(env: readonly string[]): readonly object[] {
  const start = env.findIndex((each) => each.startsWith('HOSTNAME='));
  return env.slice(start + 1).map((each) => {
    const sign = each.indexOf('=');
    return { key: each.slice(0, sign), value: each.slice(sign + 1) };
  });
}
