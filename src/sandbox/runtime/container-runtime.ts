import type { Confinement } from './confinement.ts';
import type { FileChange, FileTree } from './file-tree.ts';

/**
 * What runs containers on a host: the part that containerd and runc have in life. Below the kubelet of every
 * node and below the Docker Engine stands the same one. Its state stands in the tables `runtime/…`, keyed by
 * `host/id`, so that whoever watches them hears of every change.
 */
export interface ContainerRuntime {
  // Images

  /** The images of a host, by digest. */
  images(host: string): readonly HostImage[];
  /** @param reference such as `nginx`, `docker.io/library/nginx:1.28`, a digest or an id */
  findImage(host: string, reference: string): HostImage | undefined;
  /**
   * Asks the registries what pulling would give. Nothing is changed; the caller lets `milliseconds` pass
   * and then calls `keepImage`.
   */
  resolvePull(host: string, reference: string, credentials?: Credentials): Pull;
  /** Puts an image on a host under a name. */
  keepImage(host: string, reference: string, image: Image): void;
  removeImage(host: string, reference: string): void;

  // Containers

  /** @returns the id, 64 hexadecimal digits. @throws RuntimeError, as when a command cannot be found at start */
  create(host: string, spec: ContainerSpec): string;
  /** Describes a container anew, for its next start or while it runs. @throws RuntimeError */
  revise(host: string, id: string, spec: ContainerSpec): void;
  /** Starts the first process. @throws RuntimeError with runc's own words when it cannot */
  start(host: string, id: string): void;
  /** Sends the stop signal, and SIGKILL when `graceMs` have passed. */
  stop(host: string, id: string, graceMs: number): void;
  kill(host: string, id: string, signal: string): void;
  pause(host: string, id: string): void;
  unpause(host: string, id: string): void;
  /** Removes one that does not run. */
  remove(host: string, id: string): void;
  container(host: string, id: string): Container | undefined;
  containers(host: string): readonly Container[];

  // Processes in a container

  /** Starts a process beside the first one. @returns its id. @throws RuntimeError, as for an unknown command */
  exec(host: string, id: string, spec: ExecSpec): string;
  process(host: string, processId: string): ProcessView | undefined;
  /** All processes of a container, the first one first. */
  processes(host: string, id: string): readonly ProcessView[];
  /** Types into a process. */
  write(host: string, processId: string, text: string): void;
  closeInput(host: string, processId: string): void;
  signal(host: string, processId: string, signal: string): void;
  /** Forgets a process that has ended, or ends one and forgets it. */
  forget(host: string, processId: string): void;

  // What they did

  /** The lines of a container's log: pieces that came without a line end are put together. */
  logs(host: string, id: string): readonly LogLine[];
  /**
   * What was written since a place in the log, which is 0 at first, and the place to go on from. Pieces come
   * as they were written: one may hold several lines or a part of one.
   */
  logsAfter(host: string, id: string, place: number): LogPart;
  usage(host: string, id: string): Usage;
  /** The files a container sees, mounts included. */
  files(host: string, id: string): FileTree;
  writeFile(host: string, id: string, path: string, content: string): void;
  /** What a container changed of its image's files. */
  changes(host: string, id: string): readonly FileChange[];

  // Network

  /** Whether something listens on a port of a network, for who comes by its loopback address or from elsewhere. */
  listens(network: string, port: number, loopback?: boolean): boolean;
  /** Asks a server in a network, as somebody at `from` who has reached the port. */
  ask(
    network: string,
    port: number,
    request: HttpRequest,
    from: string,
    loopback?: boolean,
  ): HttpResponse | undefined;
}

/** Refused by the runtime; the message is what docker and the kubelet show of it. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  /** What it is about, so that callers need not read the message. */
  readonly reason: 'not-found' | 'conflict' | 'cannot-start' | 'no-image' | 'not-running';

  constructor(reason: RuntimeError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What an image says of the containers made from it (OCI image-spec, config). */
export interface ImageConfig {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** `NAME=value`. */
  readonly env?: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  /** Such as `80/tcp`. */
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly healthcheck?: {
    readonly test: readonly string[];
    readonly intervalMs?: number;
    readonly timeoutMs?: number;
    readonly startPeriodMs?: number;
    readonly startIntervalMs?: number;
    readonly retries?: number;
  };
  /** What reads the commands of a Dockerfile that are no lists. */
  readonly shell?: readonly string[];
  /** Instructions that a build runs which begins with this image. */
  readonly onBuild?: readonly string[];
  /** Whether the command was set by a Dockerfile: only told on. */
  readonly argsEscaped?: boolean;
}

export interface Image {
  /** Digest of the configuration: `sha256:…`. */
  readonly id: string;
  /** Digest of the manifest: `sha256:…`. */
  readonly digest: string;
  readonly config: ImageConfig;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Whom it says it is by. */
  readonly author?: string;
  /** From the lowest to the highest. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly digest: string;
  readonly size: number;
  /** The line of the Dockerfile that made it, as `docker history` shows it. */
  readonly createdBy: string;
  /** Name of the files it brings; they stand in the library of images or in the table `runtime/layers`. */
  readonly files: string;
  /** When it was made, where that is not when the image was; milliseconds since 1970. */
  readonly created?: number;
  /** What made it, such as `buildkit.dockerfile.v0`. */
  readonly comment?: string;
}

export interface HostImage {
  readonly image: Image;
  /** Full names, such as `docker.io/library/nginx:1.28`. */
  readonly tags: readonly string[];
  /** Such as `docker.io/library/nginx@sha256:…`. */
  readonly digests: readonly string[];
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export type Pull =
  | { readonly image: Image; readonly reference: string; readonly milliseconds: number }
  | {
      readonly failure: 'not-found' | 'denied' | 'no-such-host' | 'bad-reference';
      /** As containerd says it. */
      readonly message: string;
      readonly milliseconds: number;
    };

export interface Mount {
  readonly target: string;
  /** A volume in the table `runtime/volumes`, keyed `host/name`, or for a network volume `/name`. */
  readonly volume: string;
  /** A folder or a file of the volume that is mounted instead of its root. */
  readonly subPath?: string;
  readonly readOnly: boolean;
  readonly isSecret?: boolean;
}

export interface ContainerSpec {
  /** As the runtime's tools show it. */
  readonly name: string;
  readonly image: string;
  /** The whole command line of the first process: what the image says and what was set in its place. */
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  /** Numeric or a name, with an optional group. */
  readonly user: string;
  /** Groups that its processes are in besides that of their user. */
  readonly groups?: readonly number[];
  readonly hostname: string;
  /** Id of the network it is in; containers of a Pod have the same. */
  readonly network: string;
  readonly mounts: readonly Mount[];
  readonly readOnlyRoot: boolean;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stopSignal: string;
  /** Bytes. */
  readonly memoryLimit?: number;
  /** Whether all of its processes are killed when it has too little memory, not only the largest: the kubelet asks for it. */
  readonly oomKillsAll?: boolean;
  readonly cpuLimitMilli?: number;
  /** Whether processes see one another across the containers of this network. */
  readonly sharePids: boolean;
  /** What counts its processes, where neither the container alone nor its network does. */
  readonly pidNamespace?: string;
  /** Id of the one container on its host whose processes it sees beside its own. */
  readonly joinsPidsOf?: string;
  readonly confinement?: Confinement;
  /** Anything whoever made it wants to know again. */
  readonly labels: Readonly<Record<string, string>>;
  /** What `/etc/hosts` and `/etc/resolv.conf` say, and other files that the host puts in. */
  readonly hostFiles: Readonly<Record<string, string>>;
}

export interface Container {
  readonly id: string;
  readonly host: string;
  readonly spec: ContainerSpec;
  readonly imageId: string;
  readonly state: 'created' | 'running' | 'paused' | 'exited';
  /** All in milliseconds since 1970. */
  readonly createdAt: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number;
  readonly exitCode?: number;
  readonly oomKilled: boolean;
  /** Process id of the first process on the host. */
  readonly pid: number;
}

export interface ExecSpec {
  readonly argv: readonly string[];
  readonly env?: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  readonly tty: boolean;
  /** Whether it is going to be typed into; otherwise its input is at an end. */
  readonly stdin: boolean;
}

export interface ProcessView {
  readonly id: string;
  readonly pid: number;
  readonly argv: readonly string[];
  readonly user: string;
  readonly state: 'running' | 'exited';
  readonly startedAt: number;
  readonly exitCode?: number;
  /** Everything it wrote so far, in order. Only of processes that `exec` made; the first one's goes to the logs. */
  readonly output: readonly LogLine[];
}

export interface LogLine {
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  /** With its line end, where it has one. */
  readonly text: string;
}

/** A part of a log. */
export interface LogPart {
  readonly pieces: readonly LogLine[];
  /** Where the next part begins. */
  readonly place: number;
}

/** What a container uses at this moment. */
export interface Usage {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long it takes. */
  readonly milliseconds: number;
}
