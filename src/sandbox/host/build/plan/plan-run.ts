import { baseName } from '../../../../docker/base-name.ts';
import { normalPath } from '../../../runtime/files/paths.ts';
import { DockerfileError } from '../dockerfile/dockerfile-error.ts';
import { heredocOpening, heredocText } from '../dockerfile/heredocs.ts';
import type { RunInstruction } from '../dockerfile/instruction.ts';
import { parseMount } from '../dockerfile/run-mount.ts';
import { proxyVariables } from './environment.ts';
import { type PlannedMount, scratch } from './plan.ts';
import type { InstructionPlanner } from './plan-stage.ts';

/** Where a script with a first line of its own is put. */
const scriptFolder = '/dev/pipes';

/** Plans RUN. @throws DockerfileError */
export function planRun(planner: InstructionPlanner, content: RunInstruction): void {
  const { state, plan, instruction, command } = planner;
  const { words, suffix } = commandOf(content);
  const argv = content.isShell ? [...planner.shell, words.join(' ')] : words;
  const mounts = plannedMounts(planner, content);
  const step = state.nextStep(command.isTrigger);
  const shown = planner.shown(instruction.source + suffix, { rawQuotes: true, keepUnset: true });
  const environment = new Map([...proxyVariables(plan.options.args), ...state.environment.variables]);
  const createdBy = historyLine(planner, argv);
  state.vertex = plan.add({
    name: step + shown,
    location: instruction.location,
    kind: 'run',
    base: state.vertex,
    argv,
    env: [...environment].map(([name, value]) => `${name}=${value}`),
    workingDir: state.config.workingDir || '/',
    user: state.config.user ?? '',
    network: content.network,
    mounts,
    isAnew: plan.isAnew(state.stage.name),
  });
  state.history.push({ createdBy, vertex: state.vertex });
}

/** What is run: a heredoc alone is the script itself, another one goes on to the shell. */
function commandOf({ words, heredocs, isShell }: RunInstruction): {
  readonly words: readonly string[];
  readonly suffix: string;
} {
  const [first] = heredocs;
  if (!first) return { words, suffix: '' };
  const [line = ''] = words;
  if (words.length !== 1 || !isShell)
    throw new DockerfileError(`parsing produced an invalid run command: [${words.join(' ')}]`);
  if (!heredocOpening(line)) {
    const texts = heredocs.map(({ content, word }) => `\n${content}${word}`);
    return { words: [line + texts.join('')], suffix: '' };
  }
  const text = heredocText(first);
  if (text.startsWith('#!'))
    throw new DockerfileError(
      `a heredoc that begins with ${text.split('\n')[0]} is not simulated here: it would be run from ${scriptFolder}`,
    );
  const [summary = '', ...more] = first.content.trim().split(/\r?\n/);
  return { words: [text], suffix: ` (${summary}${more.length > 0 ? '...' : ''})` };
}

/** What the history says: the arguments of the build stand before the command, with how many they are. */
function historyLine({ state }: InstructionPlanner, argv: readonly string[]): string {
  const args = new Map<string, string>();
  for (const { name, value } of state.buildArguments)
    args.set(name, state.environment.variables.get(name) ?? value ?? '');
  const listed = [...args].map(([name, value]) => `${name}=${value}`);
  const before = listed.length > 0 ? [`|${listed.length}`, ...listed] : [];
  return `RUN ${[...before, ...argv].join(' ')} # buildkit`;
}

function plannedMounts(planner: InstructionPlanner, content: RunInstruction): readonly PlannedMount[] {
  const { state, plan, command } = planner;
  return content.mounts.map((text, place): PlannedMount => {
    const mount = parseMount(text, (value) => planner.expand(value));
    const from = command.sources[place];
    if (mount.type === 'ssh')
      throw new DockerfileError('RUN --mount=type=ssh is not simulated here: there is no agent to ask');
    if (from && !from.isPlanned)
      throw new DockerfileError(
        `cannot mount from stage "${mount.from}" to "${mount.target}", stage needs to be defined before current command`,
      );
    const id =
      mount.id ||
      (mount.type === 'secret' ? mount.source || baseName(mount.target) : normalPath(mount.target));
    const target = mount.target || (mount.type === 'secret' ? `/run/secrets/${baseName(id)}` : '');
    const whole = normalPath(target, state.config.workingDir || '/');
    if (whole === '/') throw new DockerfileError(`invalid mount target ${JSON.stringify(whole)}`);
    // What has no source of its own counts as the whole context, as BuildKit has it.
    if (!from && (mount.type === 'bind' || mount.type === 'tmpfs'))
      plan.contextPaths.add(normalPath(mount.source));
    return {
      type: mount.type,
      from: mount.type === 'bind' ? (from?.vertex ?? plan.context) : scratch,
      source: normalPath(mount.source),
      target: whole,
      readOnly: mount.readOnly,
      id,
      required: mount.required,
      env: mount.env,
      isBare: mount.env !== '' && mount.target === '',
    };
  });
}
