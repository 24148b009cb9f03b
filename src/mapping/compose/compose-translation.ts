import type { KubernetesObject } from '../../kubernetes/objects.ts';
import type { Likeness } from '../../lesson/lesson.ts';
import type { SuggestedCommand } from '../translation.ts';
import type { KubernetesVersion } from '../workload/draft.ts';

/** What became of one key of a compose file. */
export interface KeyVerdict {
  /** From the service or section on: `ports[0]`, `environment.LOG_LEVEL`, `networks.front.internal`. */
  readonly key: string;
  /** As given, on one line. */
  readonly value: string;
  readonly grade: Likeness;
  /** The field, object or command it became; `none` where there is none. */
  readonly kubernetes: string;
  /** Why; one to four sentences. With grade `none`, what to do instead. */
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
  readonly line: number;
  /** The file, where it is not the first one. */
  readonly file?: string;
}

/** What became of one service. */
export interface ServiceTranslation {
  readonly name: string;
  /** The kind of its workload; `none` where nothing runs it here. */
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'none';
  /** What it became and why, in one or two sentences. */
  readonly summary: string;
  readonly objects: readonly KubernetesObject[];
  /** One for every key given, in the order of the files. */
  readonly verdicts: readonly KeyVerdict[];
  readonly caveats: readonly string[];
}

/** A compose project in the terms of Kubernetes. */
export interface ComposeTranslation {
  readonly grade: Likeness;
  readonly services: readonly ServiceTranslation[];
  /** What belongs to no service alone: claims, data, policies, and the keys beside `services`. */
  readonly shared: {
    readonly objects: readonly KubernetesObject[];
    readonly verdicts: readonly KeyVerdict[];
  };
  /** What to type, in order. */
  readonly commands: readonly SuggestedCommand[];
  /** The answer in one or two sentences. */
  readonly summary: string;
  readonly caveats: readonly string[];
  /** Id of the lesson that teaches it. */
  readonly lesson: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
}

export interface ComposeOptions {
  readonly kubernetes: KubernetesVersion;
  /** Where the objects go; the namespace of the context without. */
  readonly namespace?: string;
  /** The name under which the manifest is to be saved; `manifests.yaml` without. */
  readonly file?: string;
}

/** All objects in an order in which they can be applied. */
export function allObjects({ shared, services }: ComposeTranslation): KubernetesObject[] {
  return [...shared.objects, ...services.flatMap(({ objects }) => objects)];
}
