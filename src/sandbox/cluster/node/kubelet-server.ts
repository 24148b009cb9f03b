import type { Pod } from '../../../kubernetes/api.ts';
import { type ExecSpec, RuntimeError } from '../../runtime/container-runtime.ts';
import type { ForwardStream, LogStream, ProcessStream } from '../api/request.ts';
import type { AttachOptions, LogOptions, NodeBackend } from '../api/subresources/node-backend.ts';
import { ApiError } from '../api-error.ts';
import { keyOf, type Stored } from '../object.ts';
import { startFailure } from './containers/exec-failure.ts';
import { foreseen } from './foreseen-error.ts';
import {
  attachedProcess,
  followedLog,
  forwardedPod,
  startedProcess,
  unstartedProcess,
} from './kubelet-streams.ts';
import { addressOfNode, type NodeContext } from './node-context.ts';
import { isNodeUp } from './node-power.ts';
import { containerForLog, linesOf, logText } from './pods/pod-logs.ts';
import { podRecord } from './pods/pod-record.ts';
import { nodeUsages, podUsages } from './usage.ts';

/** What the kubelets of all nodes answer the API server, and the metrics server with them. */
export function kubeletServer(context: NodeContext): NodeBackend {
  const { cluster, runtime } = context;
  return {
    logs(pod: Stored<Pod>, options: LogOptions): string | LogStream {
      const node = demandNode(
        pod,
        `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${options.container}`,
      );
      const id = containerForLog(pod, options.container, options.previous);
      const container = runtime.container(node, id);
      if (!container) {
        return `unable to retrieve container logs for containerd://${id}`;
      }
      if (options.follow) return followedLog(context, node, id, options);
      const isOver = container.state !== 'running' && container.state !== 'paused';
      return logText(linesOf(runtime.logsAfter(node, id, 0).pieces, isOver).lines, options, cluster.now);
    },

    exec(pod: Stored<Pod>, container: string, spec: ExecSpec): ProcessStream {
      const [node, id] = demandRunning(pod, container, 'exec');
      try {
        return startedProcess(context, node, runtime.exec(node, id, spec));
      } catch (problem) {
        const told = startFailure(cluster.store, foreseen(problem, RuntimeError));
        const why = `error executing command in container: ${told}`;
        // The kubelet says so once, and containerd's streaming server before it.
        return unstartedProcess(`Internal error occurred: Internal error occurred: ${why}`);
      }
    },

    attach(pod: Stored<Pod>, container: string, options: AttachOptions): ProcessStream {
      const [node, id] = demandRunning(pod, container, 'attach');
      return attachedProcess(context, node, id, options);
    },

    forward(pod: Stored<Pod>): ForwardStream {
      demandNode(pod, `portForward/${pod.metadata.namespace}/${pod.metadata.name}`);
      return forwardedPod(context, podRecord(cluster.store, keyOf(pod))?.sandbox?.network ?? '');
    },

    nodeMetrics() {
      demandMetricsServer('nodes');
      return nodeUsages(context);
    },

    podMetrics(namespace) {
      demandMetricsServer('pods');
      return podUsages(context, namespace);
    },
  };

  /** @returns its name @throws ApiError when it does not answer */
  function demandNode(pod: Stored<Pod>, path: string): string {
    const name = pod.spec?.nodeName ?? '';
    if (isNodeUp(cluster.store, name)) return name;
    const address = `${addressOfNode(cluster.get('nodes', undefined, name))}:10250`;
    const why = `dial tcp ${address}: connect: no route to host`;
    throw new ApiError('InternalError', `Get "https://${address}/${path}": ${why}`);
  }

  /** @throws ApiError when the container does not run */
  function demandRunning(
    pod: Stored<Pod>,
    container: string,
    what: string,
  ): readonly [node: string, id: string] {
    const { namespace, name } = pod.metadata;
    const node = demandNode(pod, `${what}/${namespace}/${name}/${container}`);
    const id = podRecord(cluster.store, keyOf(pod))?.containers[container]?.ids[0];
    const state = id === undefined ? undefined : runtime.container(node, id)?.state;
    if (id !== undefined && state === 'running') return [node, id];
    throw new ApiError('InternalError', `unable to upgrade connection: container not found ("${container}")`);
  }

  /** @throws ApiError when no metrics server runs */
  function demandMetricsServer(resource: string): void {
    const isThere = cluster
      .list('pods', 'kube-system')
      .some(
        ({ metadata, status }) =>
          metadata.labels?.['k8s-app'] === 'metrics-server' &&
          status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
      );
    if (isThere) return;
    const what = `(get ${resource}.metrics.k8s.io)`;
    throw new ApiError('ServiceUnavailable', `the server is currently unable to handle the request ${what}`);
  }
}
