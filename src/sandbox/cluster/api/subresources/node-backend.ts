import type { Pod } from '../../../../kubernetes/api.ts';
import type { ExecSpec } from '../../../runtime/container-runtime.ts';
import type { Stored } from '../../object.ts';
import type { ForwardStream, LogStream, ProcessStream } from '../request.ts';

/** What is wanted of a container's log (k8s.io/api/core/v1, PodLogOptions). */
export interface LogOptions {
  /** Always one of the Pod's containers, init and ephemeral ones too: the API server has seen to that. */
  readonly container: string;
  readonly follow: boolean;
  /** Of the container that ran before the present one. */
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly sinceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly sinceTime?: number;
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

export interface AttachOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** What something used, measured over a window of time. */
export interface Measured {
  /** When the window ended, in milliseconds since 1970. */
  readonly at: number;
  readonly windowMs: number;
  readonly cpuNano: number;
  readonly memoryBytes: number;
}

export interface NodeUsage extends Measured {
  readonly name: string;
}

export interface PodUsage {
  readonly namespace: string;
  readonly name: string;
  readonly at: number;
  readonly windowMs: number;
  readonly containers: readonly {
    readonly name: string;
    readonly cpuNano: number;
    readonly memoryBytes: number;
  }[];
}

/**
 * What the API server asks the kubelets and the metrics server for. Everything that a node refuses is
 * thrown as an ApiError with the words that reach the client, such as BadRequest `container "web" in pod
 * "web" is waiting to start: ContainerCreating`.
 */
export interface NodeBackend {
  /** @returns a stream when `follow` is asked for */
  logs(pod: Stored<Pod>, options: LogOptions): string | LogStream;
  /** @param container one of the Pod's: the API server has seen to that, and that the Pod is on a node */
  exec(pod: Stored<Pod>, container: string, spec: ExecSpec): ProcessStream;
  attach(pod: Stored<Pod>, container: string, options: AttachOptions): ProcessStream;
  forward(pod: Stored<Pod>): ForwardStream;
  nodeMetrics(): readonly NodeUsage[];
  /** @param namespace all of them when it is left out */
  podMetrics(namespace?: string): readonly PodUsage[];
}
