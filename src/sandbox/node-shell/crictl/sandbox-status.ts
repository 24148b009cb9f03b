import { isOnHostNetwork } from '../../cluster/node/pods/pod-containers.ts';
import { pauseImage } from '../cri/images-on-node.ts';
import { logFolder, podGroup } from '../cri/node-paths.ts';
import { type CriSandbox, sandboxLabels } from '../cri/pods-on-node.ts';
import { sandboxAnnotations } from './entries.ts';
import { timeText } from './output.ts';
import type { CrictlRun } from './run.ts';

/** What containerd says of a sandbox (runtime.v1.PodSandboxStatus). */
export function sandboxStatus(sandbox: CriSandbox): Readonly<Record<string, unknown>> {
  const { id, name, namespace, uid, attempt, isReady, createdAt, address, pod } = sandbox;
  const isHost = pod !== undefined && isOnHostNetwork(pod);
  return {
    annotations: sandboxAnnotations(sandbox),
    createdAt: timeText(createdAt),
    id,
    labels: sandboxLabels(sandbox),
    linux: {
      namespaces: {
        options: {
          ipc: pod?.spec?.hostIPC ? 'NODE' : 'POD',
          network: isHost ? 'NODE' : 'POD',
          pid: pod?.spec?.hostPID ? 'NODE' : pod?.spec?.shareProcessNamespace ? 'POD' : 'CONTAINER',
          targetId: '',
          usernsOptions: { gids: [], mode: 'NODE', uids: [] },
        },
      },
    },
    metadata: { attempt, name, namespace, uid },
    // Of a Pod on the node's own network containerd does not know the address.
    network: { additionalIps: [], ip: isHost ? '' : address },
    runtimeHandler: '',
    state: isReady ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
  };
}

/** What containerd tells of a sandbox besides, in its main parts. */
export function sandboxInfo(_run: CrictlRun, sandbox: CriSandbox): Readonly<Record<string, unknown>> {
  const { id, isReady, pausePid, name, namespace, uid, attempt, pod } = sandbox;
  // The node's own name is seen there.
  const isHost = pod?.spec?.hostNetwork === true;
  return {
    config: {
      annotations: sandboxAnnotations(sandbox),
      ...(isHost ? {} : { hostname: name }),
      labels: sandboxLabels(sandbox),
      linux: { cgroup_parent: podGroup(sandbox) },
      log_directory: logFolder(sandbox),
      metadata: { ...(attempt === 0 ? {} : { attempt }), name, namespace, uid },
    },
    image: pauseImage,
    netNamespaceClosed: !isReady,
    pid: isReady ? pausePid : 0,
    processStatus: isReady ? 'running' : 'deleted',
    runtimeOptions: null,
    runtimeSpec: {
      ...(isHost ? {} : { hostname: name }),
      linux: { cgroupsPath: `${podGroup(sandbox)}/${id}` },
      ociVersion: '1.3.0',
      process: { args: ['/pause'], cwd: '/', user: { gid: 65_535, uid: 65_535 } },
      root: { path: 'rootfs', readonly: true },
    },
    runtimeType: 'io.containerd.runc.v2',
    snapshotKey: id,
    snapshotter: 'overlayfs',
  };
}

/** What crictl shows of a sandbox besides where it has not asked: everything that could be told, as nothing. */
export const noSandboxInfo = {
  cniResult: null,
  config: null,
  image: '',
  netNamespaceClosed: false,
  pid: 0,
  processStatus: '',
  runtimeOptions: null,
  runtimeSpec: null,
  runtimeType: '',
  sandboxMetadata: null,
  snapshotKey: '',
  snapshotter: '',
} as const;
