import type { EngineParts } from '../engine/engine-parts.ts';

/** What the engine knows of its containers, by their id. */
export const containerTable = 'docker/containers';

/** The configuration of a container as `docker inspect` shows it, image and request merged. */
export interface ContainerConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[] | null;
  readonly Cmd: readonly string[] | null;
  readonly Healthcheck?: HealthConfig;
  readonly Image: string;
  readonly Volumes: Readonly<Record<string, object>> | null;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Shell?: readonly string[];
}

/** Durations are in nanoseconds. */
export interface HealthConfig {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** The part of the configuration that speaks of the host: what is looked at of it; the rest is only shown. */
export interface HostConfig extends Readonly<Record<string, unknown>> {
  readonly Binds: readonly string[] | null;
  readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<
    Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
  >;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly AutoRemove: boolean;
  readonly VolumeDriver: string;
  readonly VolumesFrom: readonly string[] | null;
  readonly Annotations?: Readonly<Record<string, string>>;
  readonly Dns: readonly string[] | null;
  readonly DnsOptions: readonly string[] | null;
  readonly DnsSearch: readonly string[] | null;
  readonly ExtraHosts: readonly string[] | null;
  readonly GroupAdd: readonly string[] | null;
  readonly CapAdd?: readonly string[] | null;
  readonly CapDrop?: readonly string[] | null;
  readonly IpcMode: string;
  readonly Links: readonly string[] | null;
  readonly PidMode: string;
  readonly Privileged: boolean;
  readonly PublishAllPorts: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly UTSMode: string;
  readonly ShmSize: number;
  readonly Ulimits?:
    | readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[]
    | null;
  readonly Memory: number;
  readonly NanoCpus: number;
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  readonly PidsLimit: number | null;
  readonly Mounts?: readonly ApiMount[];
  readonly Init?: boolean;
}

/** What `--mount` asks for. */
export interface ApiMount {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: { readonly Propagation?: string; readonly CreateMountpoint?: boolean };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Subpath?: string;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
  };
  readonly ImageOptions?: { readonly Subpath?: string };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

/** How a container stands, in the words of the daemon (daemon/container/state.go of github.com/moby/moby). */
export interface ContainerState {
  readonly running: boolean;
  readonly paused: boolean;
  readonly restarting: boolean;
  readonly oomKilled: boolean;
  readonly pid: number;
  readonly exitCode: number;
  /** Why it could not be started the last time. */
  readonly error: string;
  /** Milliseconds since 1970; undefined as long as it never happened. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

/** One run of a health check. */
export interface HealthResult {
  readonly start: number;
  readonly end: number;
  readonly exitCode: number;
  readonly output: string;
}

/** What the health checks of a container found. */
export interface HealthRecord {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  readonly failingStreak: number;
  /** The last five, the oldest first. */
  readonly log: readonly HealthResult[];
  /** When the next check begins; undefined while none is to. */
  readonly nextAt?: number;
  /** The check that runs. */
  readonly probe?: { readonly exec: string; readonly startedAt: number };
}

/** What stands in the table `docker/containers`. */
export interface ContainerRecord {
  readonly id: string;
  /** With a slash before it, as the daemon keeps it. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Makes an order of those that were made in the same millisecond. */
  readonly number: number;
  readonly path: string;
  readonly args: readonly string[];
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  /** Id of its image, as the engine shows it: the digest of its manifest. */
  readonly image: string;
  readonly mounts: readonly MountPoint[];
  readonly state: ContainerState;
  readonly health?: HealthRecord;
  /** How often its policy has started it again since somebody did. */
  readonly restartCount: number;
  /** Milliseconds that the restart manager waited the last time; 0 when it never has. */
  readonly backOff: number;
  /** When it is started again. */
  readonly restartAt?: number;
  /** Whether somebody stopped it, so that its policy does not start it again. */
  readonly isCancelled: boolean;
  readonly isManuallyStopped: boolean;
  /** Whether it only stops to start again. */
  readonly isRestarted: boolean;
  /** How often it has ended, for those who wait for the next time. */
  readonly exits: number;
}

/** A container by its id. */
export function containerRecord(
  { store }: Pick<EngineParts, 'store'>,
  id: string,
): ContainerRecord | undefined {
  return store.read(containerTable, id) as ContainerRecord | undefined;
}

/** Every container of the engine, the newest first. */
export function allContainers({ store }: Pick<EngineParts, 'store'>): readonly ContainerRecord[] {
  const all = Object.values(store.table(containerTable)) as ContainerRecord[];
  return all.sort((one, other) => other.number - one.number);
}

/** Replaces what is known of a container. @returns what is known now */
export function changeContainer(
  parts: Pick<EngineParts, 'store'>,
  container: ContainerRecord,
  changes: Partial<ContainerRecord>,
): ContainerRecord {
  const next = { ...container, ...changes };
  parts.store.write(containerTable, container.id, next);
  return next;
}

/** The one word that `State.Status` says. */
export function statusOf({ state }: ContainerRecord): string {
  if (state.running) return state.paused ? 'paused' : state.restarting ? 'restarting' : 'running';
  return state.startedAt === undefined ? 'created' : 'exited';
}

/** Something that is mounted into a container. */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image';
  /** Of the volume; of an image its reference. */
  readonly name?: string;
  /** A path of the laptop. */
  readonly source?: string;
  readonly destination: string;
  /** As it was written behind the second colon. */
  readonly mode: string;
  readonly writable: boolean;
  readonly propagation: string;
  /** A folder in the volume. */
  readonly subPath?: string;
  /** Whether a new volume gets what the image has at this place. */
  readonly copiesImage: boolean;
  /** Whether a source that is not there becomes a folder. */
  readonly makesSource: boolean;
  /** Whether nobody named the volume. */
  readonly isAnonymous: boolean;
  readonly tmpfs?: { readonly size?: number; readonly mode?: number };
}
