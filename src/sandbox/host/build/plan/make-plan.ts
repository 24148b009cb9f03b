import { layersOf } from '../../../runtime/container-image.ts';
import type { Image } from '../../../runtime/container-runtime.ts';
import { usualPath } from '../../../runtime/processes/executable.ts';
import type { IgnoreRules } from '../context/ignore-rules.ts';
import { DockerfileError } from '../dockerfile/dockerfile-error.ts';
import type { Linter } from '../dockerfile/lint-rules.ts';
import type { BuildOptions } from './build-options.ts';
import { StageEnvironment } from './environment.ts';
import type { Plan } from './plan.ts';
import { PlanBuilder } from './plan-builder.ts';
import { planStage } from './plan-stage.ts';
import type { StageGraph } from './stage-graph.ts';
import type { StageState } from './stage-state.ts';

/** An image that a stage begins with, as the registry or the engine knows it. */
export interface BaseImage {
  readonly image: Image;
  /** With its digest, such as `docker.io/library/nginx:1.28@sha256:…`. */
  readonly reference: string;
}

/**
 * Plans the stages that are needed.
 *
 * @param bases the images, by the name that stages have them by
 * @throws DockerfileError
 */
export function makePlan(
  graph: StageGraph,
  bases: ReadonlyMap<string, BaseImage>,
  {
    options,
    linter,
    ignored,
    mark,
  }: { options: BuildOptions; linter: Linter; ignored: IgnoreRules; mark: string },
): Plan {
  const plan = new PlanBuilder(options, linter, { globals: graph.globals, ignored, mark });
  const states = graph.reachable();
  for (const state of orderOf(states)) {
    if (state.base) state.inherit();
    else beginWith(state, bases.get(state.baseName), plan);
    ensurePath(state);
    planStage(state, plan);
  }
  const failure = linter.failure;
  if (failure !== undefined) throw new DockerfileError(failure);
  const { config, history, author, vertex, lowest } = graph.target;
  const labels =
    Object.keys(options.labels).length > 0 ? { ...config.labels, ...options.labels } : config.labels;
  return {
    vertices: plan.finish(),
    target: vertex,
    image: { config: { ...config, ...(labels && { labels }) }, history, base: lowest, author },
  };
}

/** Images that COPY names stand behind the stages, and are needed before them. */
function orderOf(states: readonly StageState[]): readonly StageState[] {
  return [...states.filter(({ isImage }) => isImage), ...states.filter(({ isImage }) => !isImage)];
}

function beginWith(state: StageState, base: BaseImage | undefined, plan: PlanBuilder): void {
  if (!base) return;
  const { image, reference } = base;
  const step = state.isImage ? '' : state.nextStep(false, state.total - state.triggers);
  state.vertex = plan.add({
    name: `${step}FROM ${reference}`,
    location: state.stage.location,
    kind: 'image',
    reference,
    files: layersOf(image),
  });
  state.lowest = state.vertex;
  const { onBuild: _, ...config } = image.config;
  state.config = { ...config };
  state.environment = new StageEnvironment(
    (config.env ?? []).map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

/** Commands are always found where they usually are. */
function ensurePath(state: StageState): void {
  const env = state.config.env ?? [];
  if (env.some((pair) => pair.startsWith('PATH='))) return;
  state.config.env = [...env, `PATH=${usualPath}`];
  state.environment.variables.set('PATH', usualPath);
}
