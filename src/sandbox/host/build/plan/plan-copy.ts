import { normalPath } from '../../../runtime/files/paths.ts';
import { DockerfileError } from '../dockerfile/dockerfile-error.ts';
import { heredocText } from '../dockerfile/heredocs.ts';
import type { CopyInstruction } from '../dockerfile/instruction.ts';
import type { CopyPart } from './plan.ts';
import type { InstructionPlanner } from './plan-stage.ts';

/** Plans COPY and ADD. @throws DockerfileError */
export function planCopy(planner: InstructionPlanner, content: CopyInstruction): void {
  const { state, plan, instruction, command } = planner;
  const chown = planner.expand(content.chown);
  const chmod = planner.expand(content.chmod);
  const sources = content.sources.map((source) => planner.expand(source));
  const written = planner.expand(content.target);
  const texts = content.texts.map((text) =>
    text.expands ? planner.expand(heredocText(text), { ignoreQuotes: true }) : heredocText(text),
  );
  const [from] = command.sources;
  if (from && !from.isPlanned)
    throw new DockerfileError(
      `cannot copy from stage ${JSON.stringify(content.from)}, it needs to be defined before current stage ${JSON.stringify(state.shownName)}`,
    );
  checkMode(chmod);
  refuseUnsimulated(content, sources);
  const target = targetPath(written, state.config.workingDir ?? '/');
  const name = content.kind.toUpperCase();
  const step = state.nextStep(command.isTrigger);
  const parts: CopyPart[] = sources.map((source) => {
    if (!from) warnIgnored(planner, name, source);
    return { from: from?.vertex ?? plan.context, source: normalPath(source), isPattern: true, target };
  });
  for (const [place, text] of content.texts.entries()) {
    const path = `/${text.word}`;
    const vertex = plan.add({
      name: '[internal] preparing inline document',
      kind: 'text',
      path,
      node: { kind: 'file', content: texts[place] ?? '', mode: 0o644, owner: '0:0', at: 0 },
    });
    parts.push({ from: vertex, source: path, isPattern: false, target });
  }
  state.vertex = plan.add({
    name: step + planner.shown(instruction.source),
    location: instruction.location,
    kind: 'copy',
    base: state.vertex,
    parts,
    chown,
    chmod,
    excludes: content.excludes,
    isAnew: plan.isAnew(state.stage.name),
  });
  if (!from) for (const source of sources) plan.contextPaths.add(normalPath(source));
  const said = [
    name,
    ...(chown ? [`--chown=${chown}`] : []),
    ...(chmod ? [`--chmod=${chmod}`] : []),
    ...sources,
    ...content.texts.map(({ word }) => `<<${word}`),
    written,
  ];
  state.history.push({ createdBy: `${said.join(' ')} # buildkit`, vertex: state.vertex });
}

/** Where it is copied to; a slash at the end says that it is a folder. */
function targetPath(target: string, workingDir: string): string {
  const isFolder = target === '' || target === '.' || target.endsWith('/') || target.endsWith('/.');
  const whole = normalPath(target, workingDir);
  return isFolder && whole !== '/' ? `${whole}/` : whole;
}

function checkMode(chmod: string): void {
  if (chmod === '' || /^[ugoa]*([-+=][rwxXst]*)+(,[ugoa]*([-+=][rwxXst]*)+)*$/.test(chmod)) return;
  if (!/^\d+$/.test(chmod)) throw new DockerfileError('invalid syntax');
  if (/^[0-7]+$/.test(chmod) && Number.parseInt(chmod, 8) <= 0o7777) return;
  throw new DockerfileError(
    `invalid chmod parameter: '${chmod}'. it should be octal string and between 0 and 07777`,
  );
}

function refuseUnsimulated({ kind, checksum, parents }: CopyInstruction, sources: readonly string[]): void {
  for (const source of sources) {
    if (/^(https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(source)) {
      if (kind === 'copy')
        throw new DockerfileError(
          /^https?:/.test(source) && !/\.git(#|$)/.test(source)
            ? "source can't be a URL for COPY"
            : "source can't be a git ref for COPY",
        );
      throw new DockerfileError(`ADD of ${source} is not simulated here: there is no internet`);
    }
  }
  if (checksum !== '') throw new DockerfileError('checksum requires HTTP(S) or Git sources');
  if (parents) throw new DockerfileError('COPY --parents is not simulated here');
}

/** What .dockerignore leaves out cannot be copied. Where it takes something back, that is not easily known. */
function warnIgnored(planner: InstructionPlanner, name: string, source: string): void {
  const { ignored } = planner.plan;
  const path = normalPath(source).slice(1);
  if (ignored.hasExceptions || ignored.patterns.length === 0) return;
  const isRoot = path === '';
  if (isRoot && !ignored.patterns.some((pattern) => ['*', '**', '**/*'].includes(pattern))) return;
  if (!isRoot && !ignored.ignores(path)) return;
  const verb = name === 'ADD' ? 'Add' : 'Copy';
  planner.warn(
    'CopyIgnoredFile',
    `Attempting to ${verb} file ${JSON.stringify(isRoot ? '.' : path)} that is excluded by .dockerignore`,
  );
}
