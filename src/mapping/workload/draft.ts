import { freeName } from '../../kubernetes/names.ts';
import type { Container, PodSpec, Protocol } from '../../kubernetes/pod-spec.ts';
import type { SuggestedCommand } from '../translation.ts';

export type WorkloadKind = 'deployment' | 'pod' | 'job' | 'statefulset';

/** The versions that the tutor knows, oldest first. */
export type KubernetesVersion = '1.32' | '1.33' | '1.34' | '1.35' | '1.36';

type Growing<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * A workload while it is being put together, by flags of `docker run` or by keys of a compose service: one
 * container in one Pod, and what belongs to it. Functions beside this file fill it; `buildObjects` makes
 * objects of it. Fields of the container and of the Pod have the API's own names.
 */
export interface WorkloadDraft {
  /** An RFC 1123 label: the name of the workload, its Service, and the value of its label. */
  readonly name: string;
  readonly kubernetes: KubernetesVersion;
  /** `name` only where it is not the kind's usual one. */
  readonly container: Growing<Omit<Container, 'name' | 'image'>> & { image: string; name?: string };
  readonly pod: Growing<Omit<PodSpec, 'containers'>>;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly claims: Claim[];
  /** Names of volumes by their source in JSON, so that equal storage is one volume. */
  readonly volumeNames: Map<string, string>;
  /** Data by the name of the ConfigMap. */
  readonly configMaps: Map<string, Record<string, string>>;
  /** Data in plain text, by the name of the Secret. */
  readonly secrets: Map<string, Record<string, string>>;
  readonly service: {
    readonly ports: PublishedPort[];
    /** More names for the same Pods: a Service each. */
    readonly aliases: string[];
    /** Made even without ports, with no address of its own. */
    headless: boolean;
  };
  /** Cut off from all other Pods, by a NetworkPolicy. */
  isolated: boolean;
  /** What to forward to the learner's own machine. */
  readonly forwards: Forward[];
  /** How often a Job tries again; left out for the default of 6. */
  backoffLimit?: number;
  /** When a finished Job is removed. */
  ttlSecondsAfterFinished?: number;
  replicas: number;
  /** A Job that waits to be let go. */
  suspended: boolean;
  /** Names that were given to what had none the API accepts, by what they stand for. */
  readonly givenNames: Map<string, string>;
  /** Commands that have to be run before the objects are applied. */
  readonly preparations: SuggestedCommand[];
  readonly caveats: string[];
}

/** Storage that outlives the Pods. */
export interface Claim {
  readonly name: string;
  readonly storage: string;
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadOnlyMany';
  readonly labels?: Readonly<Record<string, string>>;
}

export interface PublishedPort {
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: Protocol;
}

export interface Forward {
  /** Port of the learner's machine; 0 for any that is free. */
  readonly local: number;
  readonly remote: number;
}

/** An empty draft: an image and a name, nothing else. */
export function newDraft(name: string, image: string, kubernetes: KubernetesVersion): WorkloadDraft {
  return {
    name,
    kubernetes,
    container: { image },
    pod: {},
    labels: {},
    annotations: {},
    claims: [],
    volumeNames: new Map(),
    configMaps: new Map(),
    secrets: new Map(),
    service: { ports: [], aliases: [], headless: false },
    isolated: false,
    forwards: [],
    replicas: 1,
    suspended: false,
    givenNames: new Map(),
    preparations: [],
    caveats: [],
  };
}

/** Whether the cluster is of this version or a newer one. */
export function isAtLeast(draft: WorkloadDraft, version: KubernetesVersion): boolean {
  return Number(draft.kubernetes.slice(2)) >= Number(version.slice(2));
}

/** Keeps a remark once. */
export function addCaveat(draft: WorkloadDraft, caveat: string): void {
  if (!draft.caveats.includes(caveat)) draft.caveats.push(caveat);
}

/** Keeps a command that has to come first, once. */
export function prepare(draft: WorkloadDraft, argv: readonly string[], why: string): void {
  const line = argv.join('\0');
  if (!draft.preparations.some((each) => each.argv.join('\0') === line))
    draft.preparations.push({ argv, why });
}

/**
 * A name that the API accepts for something of the learner's, the same each time: two files of one name in
 * two folders are not one ConfigMap, and `my_data` and `my-data` are not one claim.
 *
 * @param base what to call it
 * @param standsFor what tells it apart, such as a path
 */
export function nameFor(draft: WorkloadDraft, base: string, standsFor: string): string {
  const known = draft.givenNames.get(standsFor);
  if (known !== undefined) return known;
  const name = freeName(base, 'label', new Set(draft.givenNames.values()));
  draft.givenNames.set(standsFor, name);
  return name;
}
