import { containerRequest } from '../docker/container-request.ts';
import { commandGrammar, type FlagGrammar } from '../docker/grammar.ts';
import { parseImage } from '../docker/images.ts';
import type { DockerCommand, FlagUse } from '../docker/parse.ts';
import { DockerRefusal } from '../docker/refusal.ts';
import { toName } from '../kubernetes/names.ts';
import type { Likeness } from '../lesson/lesson.ts';
import { nameOfImage } from './image-name.ts';
import { chooseKind, type KindChoice } from './run/choose-kind.ts';
import { type FlagRule, isTrue, lastValue, type RunContext, shownName, usesOf } from './run/flag-rule.ts';
import { flagRule } from './run/flag-rules.ts';
import { serveContainerPorts } from './run/port-flags.ts';
import { isOpen, withoutQuoted } from './run/shell-text.ts';
import { isCreated, suggestCommands } from './run/suggest-commands.ts';
import { summarize } from './summary.ts';
import type { FlagVerdict, Translation } from './translation.ts';
import { buildObjects } from './workload/build-objects.ts';
import {
  addCaveat,
  type KubernetesVersion,
  newDraft,
  type WorkloadDraft,
  type WorkloadKind,
} from './workload/draft.ts';
import { escapeReferences } from './workload/environment.ts';
import { nameByKubectl } from './workload/imperative.ts';

export interface RunOptions {
  /** The kind to make, whatever the flags imply. */
  readonly as?: WorkloadKind;
  readonly kubernetes: KubernetesVersion;
}

/** Flags that add up; of the others docker takes the last one. */
const typesThatAddUp = new Set(['list', 'map', 'mount', 'ulimit', 'network', 'gpu-request']);

/** Names that leave room for what the controller puts behind them: a StatefulSet's revision. */
const roomForName = { statefulset: 52, deployment: 63, pod: 63, job: 63 } as const;

/**
 * A line of `docker run` or `docker create` in Kubernetes: the objects a good engineer would write, the
 * kubectl lines, and what became of each flag.
 *
 * The grade of the whole is that of the kind (a Deployment for what docker would leave stopped is no exact
 * one), and `approximate` as soon as a flag that says something about the container is not `exact`. It is
 * never `none`: the container runs, and the flags say what it runs without.
 *
 * @param command from `parseDocker`
 * @param input the line as it was typed
 * @throws DockerRefusal for what docker would refuse
 */
export function translateRun(command: DockerCommand, options: RunOptions, input: string): Translation {
  const open = withoutQuoted(input);
  checkLine(command, open);
  const [image = '', ...args] = command.args;
  const choice = chooseKind(command, args, options.as);
  const context: RunContext = { command, open, kind: choice.kind, image, args };
  const draft = startDraft(context, choice, options.kubernetes);
  const flags = judgeFlags(draft, context);
  finish(draft, context);
  const objects = buildObjects(draft, choice.kind);
  return {
    input,
    argv: command.argv,
    command: command.command,
    grade: gradeOf(choice, flags),
    summary: summarize(
      `A ${kindNames[choice.kind]}, \`${draft.name}\`, because ${choice.because}.`,
      objects.filter(({ kind }) => kind !== kindNames[choice.kind]),
    ),
    commands: suggestCommands(draft, choice, context),
    objects,
    flags,
    positionals: { image, args },
    caveats: draft.caveats,
    lesson: lessonOf(choice, flags),
    sources: unique([
      isCreated(context) ? 'docker-container-create' : 'docker-container-run',
      ...choice.sources,
      ...flags.flatMap((each) => each.sources),
    ]),
  };
}

/** What docker refuses is refused, but not for a variable whose value only the shell knows. */
function checkLine(command: DockerCommand, open: string): void {
  const [image = '', ...args] = command.args;
  const flags = command.flags.filter((use) => !isOpen(use.value, open));
  const known = isOpen(image, open) ? 'image' : image;
  containerRequest({ ...command, flags, args: command.args.length > 0 ? [known, ...args] : [] });
}

function startDraft(context: RunContext, choice: KindChoice, kubernetes: KubernetesVersion): WorkloadDraft {
  const { command, image, args, kind, open } = context;
  const given = lastValue(command, '--name');
  const { name } = toName(given || nameOfImage(image), 'label', roomForName[kind]);
  const draft = newDraft(name, image, kubernetes);
  const byKubectl = nameByKubectl(image);
  if (kind === 'deployment' && byKubectl) draft.container.name = byKubectl;
  if (args.length > 0) draft.container.args = args.map(escapeReferences);
  draft.pod.restartPolicy = choice.restartPolicy;
  // Docker starts it once; a Job would try six times more.
  if (kind === 'job' && choice.restartPolicy === 'Never') draft.backoffLimit = 0;
  if (!given)
    addCaveat(draft, `Without \`--name\` docker makes a name up; here it is \`${name}\`, after the image.`);
  if (isOpen(image, open)) {
    addCaveat(
      draft,
      `\`${image}\` is a variable of your shell, and nobody replaces it in a manifest. Write the image there.`,
    );
  } else if (!lastValue(command, '--pull')) warnOfLatest(draft, image);
  if (args.some((each) => isOpen(each, open) && !/\s/.test(each))) {
    addCaveat(
      draft,
      'Your shell replaces variables in the command before docker sees them. In the manifest they stand as they were typed.',
    );
  }
  if (isCreated(context)) holdBack(draft, kind);
  return draft;
}

function warnOfLatest(draft: WorkloadDraft, image: string): void {
  const { tag, digest } = parseImage(image);
  if (digest !== '' || (tag !== '' && tag !== 'latest')) return;
  addCaveat(
    draft,
    `\`${image}\` ${tag === '' ? 'has no tag, so it' : 'is a tag that moves. It'} is pulled anew whenever a Pod starts, and two Pods can differ. Name a version.`,
  );
}

/** `docker create` is not `kubectl create`: nothing runs until somebody starts it. */
function holdBack(draft: WorkloadDraft, kind: WorkloadKind): void {
  const how = kind === 'job' ? '`suspend: true`' : kind === 'pod' ? undefined : '`replicas: 0`';
  draft.replicas = 0;
  draft.suspended = kind === 'job';
  addCaveat(
    draft,
    how
      ? `\`docker create\` starts nothing, so ${how} is in the manifest. \`kubectl create\` is another thing: it makes objects that start at once.`
      : '`docker create` starts nothing, but a Pod starts as soon as it is made. Apply the manifest when it should run.',
  );
}

function judgeFlags(draft: WorkloadDraft, context: RunContext): FlagVerdict[] {
  const grammar = commandGrammar(context.command.command)?.flags ?? [];
  const types = new Map(grammar.map((flag) => [flag.name, flag]));
  return context.command.flags.map((use) => judge(draft, use, context, types.get(use.name)));
}

function judge(
  draft: WorkloadDraft,
  use: FlagUse,
  context: RunContext,
  grammar: FlagGrammar | undefined,
): FlagVerdict {
  const rule = flagRule(use.name);
  if (!rule) throw new Error(`no rule for ${use.name}`);
  const isSwitch = grammar?.type === 'bool';
  const parts =
    overridden(use, context, grammar) ??
    switchedOff(use, rule, isSwitch) ??
    applyRule(draft, use, rule, context);
  return {
    flag: use.name,
    ...(isSwitch && use.value === 'true' ? {} : { value: use.value }),
    grade: parts.grade ?? rule.grade,
    kubernetes: parts.kubernetes ?? rule.kubernetes,
    why: parts.why ?? rule.why.replaceAll('{value}', () => use.value),
    sources: parts.sources ?? rule.sources,
  };
}

type Parts = Partial<FlagVerdict>;

/** Of a flag that docker takes once, the last one counts. */
function overridden(
  use: FlagUse,
  { command }: RunContext,
  grammar: FlagGrammar | undefined,
): Parts | undefined {
  if (grammar && typesThatAddUp.has(grammar.type)) return undefined;
  if (usesOf(command, shownName(use.name)).at(-1) === use) return undefined;
  return {
    grade: 'exact',
    kubernetes: 'nothing',
    why: `\`${use.name}\` is given again further on, and docker takes the last one.`,
  };
}

/** Switches that are on unless they are turned off have rules that know both. */
const onByDefault = new Set(['--sig-proxy', '--disable-content-trust']);

function switchedOff(use: FlagUse, rule: FlagRule, isSwitch: boolean): Parts | undefined {
  if (!isSwitch || isTrue(use.value) || onByDefault.has(rule.flag)) return undefined;
  return {
    grade: 'exact',
    kubernetes: 'nothing',
    why: `\`${use.name}=${use.value}\` is docker's default, so nothing comes of it.`,
  };
}

function applyRule(draft: WorkloadDraft, use: FlagUse, rule: FlagRule, context: RunContext): Parts {
  const open = isOpen(use.value, context.open);
  if (open && !rule.takesVariables) return onlyTheShellKnows(use);
  try {
    return rule.apply?.(draft, use, context) ?? {};
  } catch (error) {
    if (!(error instanceof DockerRefusal) || !open) throw error;
    return onlyTheShellKnows(use);
  }
}

function onlyTheShellKnows({ value }: FlagUse): Parts {
  return {
    grade: 'none',
    kubernetes: 'none',
    why: `Your shell puts something in the place of \`${value}\`, and nobody knows it here. Write what it is, and ask again.`,
  };
}

function finish(draft: WorkloadDraft, context: RunContext): void {
  serveContainerPorts(draft, context);
  if (context.kind === 'deployment' && draft.claims.length > 0) {
    addCaveat(
      draft,
      'The Deployment has the strategy Recreate: the old Pod ends before the new one starts, since both could not have the claim on two nodes. `--as statefulset` gives each Pod a claim of its own.',
    );
  }
  if (context.kind === 'pod' && draft.pod.restartPolicy === 'Always') {
    addCaveat(draft, 'A Pod alone is bound to its node: when the node is lost, nobody makes it anew.');
  }
}

function gradeOf(choice: KindChoice, flags: readonly FlagVerdict[]): Likeness {
  const counts = flags.filter((each) => flagRule(each.flag)?.aside !== true);
  return choice.grade === 'exact' && counts.every((each) => each.grade === 'exact') ? 'exact' : 'approximate';
}

/** The lesson on the first flag that is not the same in Kubernetes, or else on the kind. */
function lessonOf(choice: KindChoice, flags: readonly FlagVerdict[]): string {
  const rules = flags.filter((each) => each.grade !== 'exact').map((each) => flagRule(each.flag));
  return rules.find((rule) => rule?.lesson !== undefined && !rule.aside)?.lesson ?? choice.lesson;
}

const kindNames = { deployment: 'Deployment', pod: 'Pod', job: 'Job', statefulset: 'StatefulSet' } as const;

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
