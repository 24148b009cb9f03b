import { unlessThrown } from '../../../thrown.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { ArchiveEntry } from '../../engine/request.ts';
import { BuildContext } from '../context/build-context.ts';
import { IgnoreRules, ignorePatterns } from '../context/ignore-rules.ts';
import { DockerfileError, type LineRange } from '../dockerfile/dockerfile-error.ts';
import { Linter, type LintWarning } from '../dockerfile/lint-rules.ts';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.ts';
import { readLines } from '../dockerfile/read-lines.ts';
import { withSuggestion } from '../dockerfile/suggestion.ts';
import { type BaseImage, makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { StageGraph } from '../plan/stage-graph.ts';
import type { StageState } from '../plan/stage-state.ts';
import { type ResolvedBase, resolveBase, wrongName } from './base-images.ts';
import type { BuildRequest } from './build-request.ts';

/** Everything that is known before the first step runs. */
export interface PreparedBuild {
  /** What is read as the Dockerfile; empty when there is none. */
  readonly definition: readonly ArchiveEntry[];
  readonly text: string;
  readonly warnings: readonly LintWarning[];
  /** How many of them are known before anything is asked for. */
  readonly early: number;
  readonly bases: readonly ResolvedBase[];
  /** The file that says what the context leaves out; undefined when the build ends before it is read. */
  readonly ignoreFile?: readonly ArchiveEntry[];
  readonly ignored: IgnoreRules;
  readonly context: BuildContext;
  /** What to do, or why there is nothing to do. */
  readonly plan?: Plan;
  readonly failure?: { readonly message: string; readonly locations: readonly LineRange[] };
}

/** Reads the Dockerfile, asks for the images it begins with, and plans the steps. Nothing is changed. */
export function prepareBuild(parts: EngineParts, request: BuildRequest): PreparedBuild {
  return new Preparation(parts, request).run();
}

class Preparation {
  readonly #parts: EngineParts;
  readonly #request: BuildRequest;
  readonly #context: BuildContext;
  readonly #bases: ResolvedBase[] = [];
  #linter = new Linter();
  #definition: readonly ArchiveEntry[] = [];
  #text = '';
  #early = Number.POSITIVE_INFINITY;
  #ignoreFile: readonly ArchiveEntry[] | undefined;
  #ignored = new IgnoreRules([]);

  constructor(parts: EngineParts, request: BuildRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#context = new BuildContext(request.context);
  }

  run(): PreparedBuild {
    const outcome: Pick<PreparedBuild, 'plan' | 'failure'> = unlessThrown(
      DockerfileError,
      () => ({ plan: this.#plan() }),
      ({ message, locations }) => ({ failure: { message, locations } }),
    );
    return {
      definition: this.#definition,
      text: this.#text,
      warnings: this.#linter.warnings,
      early: this.#early,
      bases: this.#bases,
      ...(this.#ignoreFile && { ignoreFile: this.#ignoreFile }),
      ignored: this.#ignored,
      context: this.#context,
      ...outcome,
    };
  }

  #plan(): Plan {
    const { options } = this.#request;
    this.#readDefinition(options.dockerfile);
    if (this.#text === '') throw new DockerfileError('the Dockerfile cannot be empty');
    const settings = /^#\s*check\s*=\s*(.+)$/m.exec(this.#text)?.[1];
    this.#linter = new Linter(settings);
    const lines = readLines(this.#text);
    for (const line of lines.emptyContinuations)
      this.#linter.warn('NoEmptyContinuation', { start: line, end: line }, 'Empty continuation line');
    const file = parseDockerfile(lines, this.#linter);
    const graph = new StageGraph(file, options, this.#linter);
    this.#early = this.#linter.warnings.length;
    const bases = this.#resolve(graph);
    this.#readIgnoreFile();
    return makePlan(graph, bases, {
      options,
      linter: this.#linter,
      ignored: this.#ignored,
      mark: lines.escape,
    });
  }

  #readDefinition(name: string): void {
    const find = (path: string) => this.#request.definition.find((entry) => entry.path === path);
    const own = find(name);
    const ignore = find(`${name}.dockerignore`);
    const lower = name === 'Dockerfile' ? find('dockerfile') : undefined;
    const file = own ?? lower;
    this.#definition = [own, ignore, lower].filter((entry) => entry !== undefined);
    if (file?.node.kind !== 'file')
      throw new DockerfileError(`failed to read dockerfile: open ${name}: no such file or directory`);
    this.#text = file.node.content;
    if (ignore?.node.kind === 'file') this.#ignored = new IgnoreRules(ignorePatterns(ignore.node.content));
  }

  #readIgnoreFile(): void {
    if (this.#definition.some(({ path }) => path.endsWith('.dockerignore'))) return;
    const file = this.#context.file('.dockerignore');
    this.#ignoreFile = file ? [file] : [];
    if (file) this.#ignored = new IgnoreRules(ignorePatterns(file.node.content));
  }

  /** Asks for all images, again when one brings instructions that need another. */
  #resolve(graph: StageGraph): ReadonlyMap<string, BaseImage> {
    const found = new Map<string, BaseImage>();
    for (let isSettled = false; !isSettled; ) {
      isSettled = true;
      for (const state of graph.reachable()) {
        if (!state.base && state.baseName !== 'scratch' && !found.has(state.baseName))
          found.set(state.baseName, this.#base(state, graph));
      }
      for (const state of graph.reachable()) {
        const triggers = triggersOf(state, found);
        if (state.hasTriggers || triggers.length === 0) continue;
        graph.addTriggers(state, triggers);
        isSettled = false;
      }
    }
    return found;
  }

  #base(state: StageState, graph: StageGraph): BaseImage {
    const { baseName, stage } = state;
    const wrong = wrongName(baseName);
    if (wrong !== undefined)
      throw new DockerfileError(`failed to parse stage name ${JSON.stringify(baseName)}: ${wrong}`, [
        stage.location,
      ]);
    const resolved = resolveBase(this.#parts, baseName, this.#request);
    if (!this.#bases.some(({ name }) => name === resolved.name)) this.#bases.push(resolved);
    if ('base' in resolved) return resolved.base;
    const message = `${baseName}: failed to resolve source metadata for ${resolved.name}: ${resolved.failure}`;
    const names = graph.states.map(({ shownName }) => shownName).filter(Boolean);
    throw new DockerfileError(withSuggestion(message, baseName, [...names, ...commonImages]), [
      stage.location,
    ]);
  }
}

/** What the stage or the image that a stage begins with keeps for it. */
function triggersOf(state: StageState, bases: ReadonlyMap<string, BaseImage>): readonly string[] {
  if (state.isImage) return [];
  if (!state.base) return bases.get(state.baseName)?.image.config.onBuild ?? [];
  return state.base.commands.flatMap(({ instruction: { content } }) =>
    content.kind === 'onbuild' ? [content.text] : [],
  );
}

/** Names that BuildKit takes for what was meant. */
const commonImages = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'].flatMap(
  (name) => [name, `docker.io/library${name}`, `${name}:latest`, `docker.io/library${name}:latest`],
);
