import type { Steps } from '../../../effects.ts';
import { runCopy } from '../../containers/cp.ts';
import { copySide } from '../../containers/cp-paths.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { composeOf } from '../compose.ts';
import { containersOf, type Listed, nameOf, specifiedContainer } from '../containers.ts';
import { numberFlag } from '../flags.ts';
import { nameOfProject } from '../project/load-project.ts';
import { together } from '../together.ts';
import { otherLine } from './other-commands.ts';

/** `docker compose cp` (cmd/compose/cp.go, pkg/compose/cp.go). */
export function* runCp(context: DockerContext): Steps<number> {
  const { flags } = context;
  const compose = composeOf(context);
  const project = (yield* nameOfProject(context)).toLowerCase();
  const from = copySide(context.argument(0));
  const to = copySide(context.argument(1));
  if (from.container !== '' && to.container !== '')
    throw new CommandFailure('copying between services is not supported');
  if (from.container === '' && to.container === '') throw new CommandFailure('unknown copy direction');
  const isFrom = from.container !== '';
  const containers = yield* targets(context, project, isFrom ? from.container : to.container, isFrom);
  const switches = ['--archive', '--follow-link'].filter((flag) => flags.on(flag));
  yield* compose.progress.during(
    'copy',
    together(
      containers.map(function* (container): Steps<void> {
        const id = nameOf(container);
        const details = isFrom ? `${id}:${from.path} to ${to.path}` : `${from.path} to ${id}:${to.path}`;
        yield* compose.progress.on({ id, status: 'working', text: 'Copying', details });
        const paths = isFrom
          ? [`${container.Id}:${from.path}`, to.path]
          : [from.path, `${container.Id}:${to.path}`];
        yield* runCopy(otherLine(context, ['container', 'cp', '-q', ...switches, ...paths]));
        yield* compose.progress.on({ id, status: 'done', text: 'Copied', details });
      }),
    ),
  );
  return 0;
}

function* targets(
  context: DockerContext,
  project: string,
  service: string,
  isFrom: boolean,
): Steps<readonly Listed[]> {
  const index = numberFlag(context, '--index') ?? 0;
  if (index > 0)
    return [yield* specifiedContainer(project, service, index, { oneOff: 'exclude', isAll: true })];
  const oneOff = context.flags.on('--all') ? 'include' : 'exclude';
  const found = yield* containersOf(project, oneOff, true, [service]);
  if (found.length === 0)
    throw new CommandFailure(`no container found for service ${JSON.stringify(service)}`);
  return isFrom ? found.slice(0, 1) : found;
}
