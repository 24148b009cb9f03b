import { type Instruction, type InstructionName, parseDockerfile, type Stage } from '../docker/dockerfile.ts';
import type { Likeness } from '../lesson/lesson.ts';
import type { Fate } from './dockerfile-rules.ts';
import { type ImageSettings, type InstructionParts, instructionRules } from './dockerfile-rules.ts';
import type { SuggestedCommand } from './translation.ts';

/** What became of one instruction. */
export interface InstructionVerdict {
  readonly instruction: InstructionName;
  /** Its arguments, on one line. */
  readonly value: string;
  readonly line: number;
  /** The name of its stage, or its number from 0. */
  readonly stage: string;
  readonly fate: Fate;
  readonly grade: Likeness;
  /** The field that replaces it, or does its work; `none` where there is none. */
  readonly kubernetes: string;
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
}

/** A Dockerfile in the terms of Kubernetes. */
export interface DockerfileTranslation {
  /** The answer in one or two sentences. */
  readonly summary: string;
  /** One for every instruction, in the order of the file. */
  readonly verdicts: readonly InstructionVerdict[];
  /** What the last stage leaves in the image, as far as the file says. */
  readonly image: ImageSettings;
  readonly commands: readonly SuggestedCommand[];
  readonly caveats: readonly string[];
  /** Id of the lesson that teaches it. */
  readonly lesson: string;
  readonly sources: readonly string[];
}

/**
 * Says of each instruction what Kubernetes uses, replaces or ignores of it. Nothing is built and nothing is
 * pulled, so what a base image brings is unknown.
 *
 * @throws DockerfileRefusal for what BuildKit refuses
 */
export function translateDockerfile(text: string): DockerfileTranslation {
  const { preamble, stages } = parseDockerfile(text);
  const kept = new Set(stages.slice(-1).flatMap((final) => chainOf(final, stages)));
  const built = builtStages(kept, stages);
  const image: ImageSettings = { env: {}, ports: [], volumes: [], labels: {} };
  const caveats: string[] = [];
  const verdicts = [
    ...preamble.map((each) => judge(each, '-', 'kept', image, caveats)),
    ...stages.flatMap((stage, index) =>
      stage.instructions.map((each) =>
        judge(
          each,
          stage.name ?? `${index}`,
          kept.has(stage) ? 'kept' : built.has(stage) ? 'built' : 'skipped',
          image,
          caveats,
        ),
      ),
    ),
  ];
  addCaveats(image, caveats);
  return {
    summary: summaryOf(verdicts, stages.length),
    verdicts,
    image,
    commands: [
      {
        argv: ['docker', 'build', '--tag', 'registry.example.com/app:1.0', '.'],
        why: 'Builds the image, under a name that begins with your registry. A cluster builds none.',
      },
      {
        argv: ['docker', 'push', 'registry.example.com/app:1.0'],
        why: 'Puts it where the nodes can pull it.',
      },
      {
        argv: ['kubectl', 'create', 'deployment', 'app', '--image=registry.example.com/app:1.0'],
        why: 'Runs it. What the Pod does not say, the image decides.',
      },
    ],
    caveats,
    lesson: 'image-contract',
    sources: [...new Set(verdicts.flatMap(({ sources }) => sources))],
  };
}

/** The stage and those that it begins from: what they say is in the image. */
function chainOf(stage: Stage, stages: readonly Stage[]): Stage[] {
  const chain = [stage];
  for (let current = stage; ; ) {
    const base = stageCalled(current.image, stages.slice(0, stages.indexOf(current)));
    if (!base) return chain;
    chain.unshift(base);
    current = base;
  }
}

/** A stage by its name or its number. */
function stageCalled(name: string, before: readonly Stage[]): Stage | undefined {
  return (
    before.findLast((each) => each.name === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? before[Number(name)] : undefined)
  );
}

/** What BuildKit builds: the stages of the image, and those that they copy or mount from. */
function builtStages(kept: ReadonlySet<Stage>, stages: readonly Stage[]): Set<Stage> {
  const built = new Set(kept);
  // A set is walked to its end, what is added on the way included.
  for (const stage of built) {
    const before = stages.slice(0, stages.indexOf(stage));
    for (const name of [stage.image, ...stage.instructions.flatMap(sourcesOf)]) {
      const found = stageCalled(name, before);
      if (found) built.add(found);
    }
  }
  return built;
}

/** `COPY --from=build`, `RUN --mount=type=bind,from=build`. */
function sourcesOf({ flags }: Instruction): string[] {
  return flags.flatMap(({ name, value }) =>
    name === 'from' ? value : name === 'mount' ? (/(?:^|,)from=([^,]+)/.exec(value)?.[1] ?? []) : [],
  );
}

/** What becomes of a stage: it is in the image, only others copy from it, or it is not even built. */
type StageUse = 'kept' | 'built' | 'skipped';

function judge(
  instruction: Instruction,
  stage: string,
  use: StageUse,
  image: ImageSettings,
  caveats: string[],
): InstructionVerdict {
  const rule = instructionRules[instruction.name];
  const parts: InstructionParts =
    use === 'kept' || (use === 'built' && staysTrue.has(instruction.name))
      ? (rule.apply?.(instruction, image, caveats) ?? {})
      : unusedStage(stage, use);
  return {
    instruction: instruction.name,
    value: shown(instruction),
    line: instruction.line,
    stage,
    fate: parts.fate ?? rule.fate,
    grade: parts.grade ?? rule.grade,
    kubernetes: parts.kubernetes ?? rule.kubernetes,
    why: parts.why ?? rule.why,
    sources: parts.sources ?? rule.sources,
  };
}

/** What is said of these is so in a stage that is left behind, too. */
const staysTrue: ReadonlySet<InstructionName> = new Set(['ARG', 'MAINTAINER', 'SHELL']);

function unusedStage(stage: string, use: StageUse): InstructionParts {
  return {
    fate: 'build',
    grade: 'exact',
    kubernetes: 'none',
    why:
      use === 'built'
        ? `The stage \`${stage}\` is not the last one, nor what it begins from, so nothing of this is in the image but the files that are copied from it.`
        : `Nothing in the image comes from the stage \`${stage}\`, so BuildKit passes it over: it is built when \`docker build --target=${stage}\` asks for it.`,
    sources: ['docker-dockerfile-reference', 'docker-build-overview'],
  };
}

const longest = 200;

function shown({ flags, text }: Instruction): string {
  const line = [...flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${value}`}`), text]
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function summaryOf(verdicts: readonly InstructionVerdict[], stages: number): string {
  const count = (fate: Fate): number => verdicts.filter((each) => each.fate === fate).length;
  const over = count('overridable');
  const ignored = verdicts.filter(({ fate }) => fate === 'ignored').map(({ instruction }) => instruction);
  const left =
    ignored.length === 0
      ? 'Nothing of it is ignored.'
      : `Kubernetes ignores ${[...new Set(ignored)].join(', ')}.`;
  return `The image is the same for Docker and Kubernetes${stages > 1 ? ', and so is its build in stages' : ''}; a cluster builds none. ${over === 1 ? 'One instruction is a default' : `${over} instructions are defaults`} that a field of the Pod replaces. ${left}`;
}

function addCaveats({ entrypoint, command, user }: ImageSettings, caveats: string[]): void {
  if (entrypoint?.form === 'shell') {
    caveats.push(
      'The ENTRYPOINT is of the shell form: `/bin/sh -c` takes no further words, so `args` of a Pod, like CMD, change nothing. Signals go to the shell. Write it as JSON.',
    );
  }
  if (command && !entrypoint && command.form === 'shell') {
    caveats.push(
      'The CMD is of the shell form, so a shell is process 1, and a stop signal may not reach the program. Write it as JSON, or begin it with `exec`.',
    );
  }
  if (user === undefined || /^(root|0)(:|$)/.test(user)) {
    caveats.push(
      'The image runs as root, unless its base says otherwise. `runAsNonRoot: true`, and the level Restricted of the Pod Security Standards, refuse that: add `USER` with a number.',
    );
  }
}
