import { print, type Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { formatRows } from '../format/format-rows.ts';

/** What everything is built for. */
const platforms = ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4'];
const buildkit = 'v0.32.2';

/** `docker buildx version`. */
export function* runVersion(_context: DockerContext): Steps<number> {
  yield* print('github.com/docker/buildx v0.36.1 1d8dde89b8aba914e05e45366770736fea1fd690\n');
  return 0;
}

const builderKind = {
  type: '*commands.lsContext',
  headers: {
    Name: 'NAME/NODE',
    DriverEndpoint: 'DRIVER/ENDPOINT',
    Status: 'STATUS',
    Buildkit: 'BUILDKIT',
    Platforms: 'PLATFORMS',
  },
};
const builderFormat = 'table {{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}';

/** `docker buildx ls` (commands/ls.go of docker/buildx): the engine's own builder is the only one here. */
export function* runBuilders({ flags }: DockerContext): Steps<number> {
  const format = flags.text('--format') || 'table';
  const isTable = format === 'table' || format.startsWith('table ');
  const isShort = isTable && !flags.on('--no-trunc');
  const shown = isShort ? `linux/amd64 (+${platforms.length})` : platforms.join(', ');
  const builder = {
    Name: `default${isTable ? '*' : ''}`,
    DriverEndpoint: 'docker',
    Status: '',
    Buildkit: '',
    Platforms: '',
  };
  const node = {
    Name: isTable ? ' \\_ default' : 'default',
    DriverEndpoint: isTable ? ' \\_ default' : 'default',
    Status: 'running',
    Buildkit: buildkit,
    Platforms: shown,
  };
  const rows = [builder, node].map((fields) => ({ fields }));
  yield* print(formatRows(format === 'table' ? builderFormat : format, builderKind, rows));
  return 0;
}

/** `docker buildx inspect` (commands/inspect.go of docker/buildx). @throws CommandFailure for another builder */
export function* runInspectBuilder({ args: [given], flags }: DockerContext): Steps<number> {
  const name = given ?? (flags.text('--builder') || 'default');
  if (name !== 'default') throw new CommandFailure(`ERROR: no builder ${JSON.stringify(name)} found`);
  yield* print(`Name:   default
Driver: docker

Nodes:
Name:             default
Endpoint:         default
Status:           running
BuildKit version: ${buildkit}
Platforms:        ${platforms.join(', ')}
`);
  return 0;
}
