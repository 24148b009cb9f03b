import type { Image, ImageConfig } from '../../runtime/container-runtime.ts';
import { usualPath } from '../../runtime/processes/executable.ts';
import { unlessThrown } from '../../thrown.ts';
import { IgnoreRules } from '../build/context/ignore-rules.ts';
import { DockerfileError } from '../build/dockerfile/dockerfile-error.ts';
import { Linter } from '../build/dockerfile/lint-rules.ts';
import { parseDockerfile } from '../build/dockerfile/parse-dockerfile.ts';
import { readLines } from '../build/dockerfile/read-lines.ts';
import { makePlan } from '../build/plan/make-plan.ts';
import { StageGraph } from '../build/plan/stage-graph.ts';
import { EngineError } from '../engine/engine-error.ts';

/** Instructions that `docker commit --change` and `docker import --change` take. */
const allowed: ReadonlySet<string> = new Set([
  ...['cmd', 'entrypoint', 'healthcheck', 'env', 'expose', 'label', 'onbuild', 'stopsignal'],
  ...['user', 'volume', 'workdir'],
]);

/**
 * The configuration of an image with what some lines of a Dockerfile change of it: a build that begins with the
 * image, and in which nothing runs.
 *
 * @param base the image that it is of, if any
 * @throws EngineError for a line that is none, or that changes something else
 */
export function changedConfig(config: ImageConfig, changes: readonly string[], base?: Image): ImageConfig {
  if (changes.length === 0) return config;
  for (const line of changes) {
    const [word = ''] = line.trim().split(/\s/);
    if (!allowed.has(word.toLowerCase())) {
      throw new EngineError(400, `${word} is not a valid change command`);
    }
  }
  const image: Image = { id: '', digest: '', size: 0, created: 0, layers: [], ...base, config };
  const name = 'docker.io/library/committed:latest';
  const options = {
    dockerfile: 'Dockerfile',
    target: '',
    args: {},
    labels: {},
    pull: false,
    secrets: {},
    tags: [],
  };
  const change = () => {
    const linter = new Linter();
    const lines = readLines(`FROM ${name}\n${changes.join('\n')}\n`);
    const graph = new StageGraph(parseDockerfile(lines, linter), options, linter);
    const bases = new Map(graph.states.map(({ baseName }) => [baseName, { image, reference: name }]));
    const rules = { options, linter, ignored: new IgnoreRules([]), mark: lines.escape };
    return withoutBuildKits(config, makePlan(graph, bases, rules).image.config);
  };
  return unlessThrown(DockerfileError, change, ({ message }): never => {
    throw new EngineError(400, message.replace(/^dockerfile parse error on line \d+: /, ''));
  });
}

/** What BuildKit adds to every image is not added here. */
function withoutBuildKits(before: ImageConfig, { argsEscaped: _, ...after }: ImageConfig): ImageConfig {
  const hadPath = before.env?.some((pair) => pair.startsWith('PATH='));
  const env = (after.env ?? []).filter((pair) => hadPath || pair !== `PATH=${usualPath}`);
  const { env: __, ...rest } = after;
  return {
    ...rest,
    ...(env.length > 0 ? { env } : {}),
    ...(before.argsEscaped ? { argsEscaped: true } : {}),
  };
}
