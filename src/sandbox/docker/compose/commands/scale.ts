import type { Steps } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { composeOf } from '../compose.ts';
import { createProject } from '../create/create.ts';
import { loadProject } from '../project/load-project.ts';
import { sortedNames } from '../project/project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { selectServices } from '../project/select-services.ts';
import { startProject } from '../running/start.ts';
import { withScale } from './create-options.ts';

/** `docker compose scale` (cmd/compose/scale.go). */
export function* runScale(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const counts = new Map(context.args.map(readCount));
  const names = sortedNames(counts.keys());
  const loaded = yield* withEnvironmentResolved(yield* loadProject(context, names));
  let project = context.flags.on('--no-deps') ? selectServices(loaded, names, 'ignore') : loaded;
  for (const [name, count] of counts) project = withScale(project, name, count);
  yield* compose.progress.during(
    'scale',
    (function* (): Steps<void> {
      const made = yield* createProject(compose, project, {
        services: names,
        build: undefined,
        recreate: 'diverged',
        recreateOthers: 'diverged',
        inherit: false,
        removeOrphans: false,
        ignoreOrphans: false,
        timeout: undefined,
        quietPull: false,
        assumeYes: false,
      });
      yield* startProject(compose, made, { wait: false, waitTimeout: 0 });
    })(),
  );
  return 0;
}

function readCount(text: string): readonly [string, number] {
  const [name = '', count] = text.split(/=(.*)/s, 2);
  if (count === undefined || name === '') throw new CommandFailure(`invalid scale specifier: ${text}`);
  if (!/^[-+]?\d+$/.test(count))
    throw new CommandFailure(`invalid scale specifier: can't parse replica value as int: ${text}`);
  return [name, Number(count)];
}
