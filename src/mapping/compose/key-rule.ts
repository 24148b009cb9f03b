import type { ComposeProject, ComposeService } from '../../docker/compose/project.ts';
import type { Place } from '../../docker/compose/refusal.ts';
import { scalarText } from '../../docker/compose/scalars.ts';
import type { Tree } from '../../docker/compose/tree.ts';
import type { Container, EnvVar, PodSpec } from '../../kubernetes/pod-spec.ts';
import type { Likeness } from '../../lesson/lesson.ts';
import type { RunContext } from '../run/flag-rule.ts';
import type { SuggestedCommand } from '../translation.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import type { WorkloadChoice } from './choose-workload.ts';
import type { KeyVerdict } from './compose-translation.ts';
import type { Surroundings, Survey } from './survey.ts';

/** What becomes of one key of the specification: a row of a table, with its text and sources. */
export interface KeyRule {
  /** Where it stands, `*` for any name: `ports`, `deploy.replicas`, `networks.*.aliases`. */
  readonly key: string;
  readonly grade: Likeness;
  /** The field or object it becomes; `none` where there is none. */
  readonly kubernetes: string;
  /** `{value}` stands for what is given, `{name}` for the name of an entry. */
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
  /**
   * What gets a verdict of its own: the key as a whole, each entry of it, or the keys below it alone, which have
   * rules of their own.
   */
  readonly each?: 'entry' | 'below';
  /** The flag of `docker run` that says the same; its rule is used, on the text that `flagValue` gives. */
  readonly flag?: string;
  flagValue?(use: KeyUse, context: ServiceContext): string | undefined;
  /** Fills the draft, and says what differs from the row for the value given. */
  apply?(draft: WorkloadDraft, use: KeyUse, context: ServiceContext): VerdictParts;
}

export type VerdictParts = Partial<Pick<KeyVerdict, 'grade' | 'kubernetes' | 'why' | 'sources'>>;

/** One key that is given, or one entry of it. */
export interface KeyUse {
  /** As in a verdict: `ports[0]`. */
  readonly key: string;
  /** The name of an entry of a mapping, or what stands before the `=`; empty without. */
  readonly name: string;
  /** Its place among the entries. */
  readonly index: number;
  /** In the long form; several where one text was a range. */
  readonly trees: readonly Tree[];
  /** As given, on one line. */
  readonly value: string;
  readonly place: Place;
}

/** What a rule may want to know besides: the whole service, the others, and what a line of docker run would say. */
export interface ServiceContext extends RunContext {
  readonly service: ComposeService;
  readonly project: ComposeProject;
  readonly survey: Survey;
  readonly around: Surroundings;
  readonly choice: WorkloadChoice;
  /** What the draft has no place for. */
  readonly extras: Extras;
}

/** Parts of a workload that only compose asks for. */
export interface Extras {
  rolling?: { maxSurge?: number | string; maxUnavailable?: number | string };
  minReadySeconds?: number;
  completions?: number;
  initContainers: Container[];
  /** Labels of the workload and its Services, not of the Pods. */
  readonly objectLabels: Record<string, string>;
  /** Labels of the Pods by which policies find them. */
  readonly podLabels: Record<string, string>;
  /** A Service without an address of its own, whatever its ports. */
  headless?: true;
  /** What a port of the Service speaks, by its number. */
  readonly appProtocols: Map<number, string>;
  affinity?: PodSpec['affinity'];
  readonly tolerations: NonNullable<PodSpec['tolerations']>[number][];
  readonly spread: NonNullable<PodSpec['topologySpreadConstraints']>[number][];
  /** Variables, in order; those of secrets with their values. */
  readonly variables: EnvVar[];
  readonly secretVariables: Record<string, string>;
  /** Commands that make images. */
  readonly builds: SuggestedCommand[];
  /** Commands to run once it is there. */
  readonly afterwards: SuggestedCommand[];
}

/** Extras with nothing in them. */
export function noExtras(): Extras {
  return {
    initContainers: [],
    objectLabels: {},
    podLabels: {},
    appProtocols: new Map(),
    tolerations: [],
    spread: [],
    variables: [],
    secretVariables: {},
    builds: [],
    afterwards: [],
  };
}

const longestValue = 200;

/** A value on one line, as one would write it in a short form. */
export function valueText(tree: Tree): string {
  return shorten(textOf(tree));
}

/** A text on one line, cut where it is long. */
function shorten(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  return line.length > longestValue ? `${line.slice(0, longestValue - 1)}…` : line;
}

function textOf(tree: Tree): string {
  if (tree.kind === 'leaf') return scalarText(tree.value);
  if (tree.kind === 'dict' && tree.short !== undefined) return tree.short;
  // Nobody reads more of it on one line.
  if (tree.kind === 'list') return tree.items.slice(0, 50).map(textOf).join(', ');
  // What compose fills in has the place of the whole.
  const given = [...tree.entries].filter(([, { place }]) => place !== tree.place).slice(0, 50);
  return given
    .map(([key, { value }]) => `${key}: ${key === 'mode' ? modeOf(value) : textOf(value)}`.trimEnd())
    .join(', ');
}

/** A mode is read in octal, and written so. */
function modeOf(tree: Tree): string {
  const isNumber = tree.kind === 'leaf' && typeof tree.value === 'number';
  return isNumber ? `0${Number(tree.value).toString(8)}` : textOf(tree);
}

/** The sources of a verdict on a key, with the page of the specification first. */
export const servicePage = 'docker-compose-file-services';
