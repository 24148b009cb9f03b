import type { DockerCommand, FlagUse } from '../../docker/parse.ts';
import type { Likeness } from '../../lesson/lesson.ts';
import type { FlagVerdict } from '../translation.ts';
import type { WorkloadDraft, WorkloadKind } from '../workload/draft.ts';

/** What becomes of one flag of `docker run` and `docker create`: a row of a table, with its text and sources. */
export interface FlagRule {
  /** The long name, `--publish`. */
  readonly flag: string;
  readonly grade: Likeness;
  /** The field or object it becomes; `none` where there is none. */
  readonly kubernetes: string;
  /** `{value}` stands for the value given. */
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
  /** Pages that the verdict on some values cites instead. */
  readonly alsoCites?: readonly string[];
  /** Id of the lesson that teaches it. */
  readonly lesson?: string;
  /** It says nothing about the container that runs, so it does not weigh on the grade of the whole line. */
  readonly aside?: true;
  /** It knows what to do with a variable of the shell, `$TAG`; of others nothing is made then. */
  readonly takesVariables?: true;
  /** Fills the draft, and says what differs from the row for the value given. */
  apply?(draft: WorkloadDraft, use: FlagUse, context: RunContext): VerdictParts;
}

export type VerdictParts = Partial<Pick<FlagVerdict, 'grade' | 'kubernetes' | 'why' | 'sources'>>;

/** What a rule may want to know of the rest of the line. */
export interface RunContext {
  readonly command: DockerCommand;
  /** The line as it was typed, without what the shell leaves alone. */
  readonly open: string;
  readonly kind: WorkloadKind;
  readonly image: string;
  /** The words after the image. */
  readonly args: readonly string[];
}

/** Flags that docker reads into the same place: the hidden spellings, by the name that help shows. */
const sameFlag: Readonly<Record<string, string>> = {
  '--net': '--network',
  '--net-alias': '--network-alias',
  '--dns-opt': '--dns-option',
};

/** The name that help shows, for a flag of `docker run`. */
export function shownName(flag: string): string {
  return sameFlag[flag] ?? flag;
}

/** Every use of a flag, in the order given. */
export function usesOf(command: DockerCommand, flag: string): readonly FlagUse[] {
  const known = usesByFlag.get(command);
  if (known) return known.get(flag) ?? [];
  const uses = new Map<string, FlagUse[]>();
  for (const use of command.flags) {
    const name = shownName(use.name);
    const others = uses.get(name);
    if (others) others.push(use);
    else uses.set(name, [use]);
  }
  usesByFlag.set(command, uses);
  return uses.get(flag) ?? [];
}

/** Every rule may ask for the others; a line has been seen with a thousand flags. */
const usesByFlag = new WeakMap<DockerCommand, ReadonlyMap<string, readonly FlagUse[]>>();

/** The value that counts of a flag that docker takes once: the last one. */
export function lastValue(command: DockerCommand, flag: string): string | undefined {
  return usesOf(command, flag).at(-1)?.value;
}

/** Whether a switch is on; `--rm=false` is off (https://pkg.go.dev/strconv#ParseBool). */
export function isOn(command: DockerCommand, flag: string): boolean {
  return isTrue(lastValue(command, flag));
}

/** Whether a switch's value says yes, as Go reads it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(1|t|T|true|TRUE|True)$/.test(value);
}

/** The same rule for another spelling of the flag. */
export function alsoSpelled(flag: string, rule: FlagRule): FlagRule {
  return { ...rule, flag };
}
