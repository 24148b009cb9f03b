import { now, print, type Steps } from '../../../effects.ts';
import { byText } from '../../../go/go-order.ts';
import { GoRecord } from '../../../go/go-record.ts';
import { goQuoted } from '../../../go/go-syntax.ts';
import { humanDuration, humanSize } from '../../../go/go-units.ts';
import { readConfig } from '../../config-file.ts';
import { rawFormat } from '../../containers/container-rows.ts';
import { displayablePorts } from '../../containers/ports.ts';
import type { DockerContext } from '../../context.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { formatRows, type Row, type RowKind } from '../../format/format-rows.ts';
import { ellipsis, goTime, shortId } from '../../format/go-text.ts';
import { containersOf, type Listed, labels, nameOf, serviceOf } from '../containers.ts';
import { projectOrName } from '../project/load-project.ts';
import { sortedNames } from '../project/project.ts';

const tableFormat =
  'table {{.Name}}\\t{{.Image}}\\t{{.Command}}\\t{{.Service}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}';

const containerKind: RowKind = {
  type: '*formatter.ContainerContext',
  headers: {
    ID: 'CONTAINER ID',
    Name: 'NAME',
    Project: 'PROJECT',
    Service: 'SERVICE',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
    Engine: 'ENGINE',
  },
};

/** `docker compose ps` (cmd/compose/ps.go). */
export function* runPs(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const statuses = statusesOf(context);
  const { project, name } = yield* projectOrName(context, args);
  const strange = project && args.find((each) => !project.services.has(each));
  if (strange !== undefined) throw new CommandFailure(`no such service: ${strange}`);
  const isDeclaredOnly = project !== undefined && args.length === 0 && flags.text('--orphans') === 'false';
  const services = isDeclaredOnly ? sortedNames(project.services.keys()) : args;
  const isAll = flags.on('--all') || statuses.length > 0;
  const found = yield* containersOf(name.toLowerCase(), isAll ? 'include' : 'exclude', isAll, services);
  const containers = [...found]
    .filter(({ State }) => statuses.length === 0 || statuses.includes(State))
    .sort((one, other) => byText(nameOf(one), nameOf(other)));
  if (flags.on('--quiet')) {
    yield* print(containers.map(({ Id }) => `${Id}\n`).join(''));
    return 0;
  }
  if (flags.on('--services')) {
    yield* print(`${[...new Set(containers.map(serviceOf))].join('\n')}\n`);
    return 0;
  }
  const given = flags.text('--format') || ((yield* readConfig(context)).psFormat ?? '');
  const format = given === '' || given === 'table' ? tableFormat : given === 'raw' ? rawFormat : given;
  const rows: Row[] = [];
  const isTruncated = !flags.on('--no-trunc');
  const present = yield* now();
  for (const container of containers)
    rows.push(rowOf(container, yield* stateOf(container), isTruncated, present));
  yield* print(formatRows(format, containerKind, rows));
  return 0;
}

function statusesOf({ flags }: DockerContext): readonly string[] {
  const filter = flags.text('--filter');
  if (filter === '') return flags.texts('--status');
  const equals = filter.indexOf('=');
  if (equals < 0) throw new CommandFailure('arguments to --filter should be in form KEY=VAL');
  const key = filter.slice(0, equals);
  // In compose's own words, which has no such filter yet.
  if (key === 'source') throw new CommandFailure('not implemented');
  if (key !== 'status') throw new CommandFailure(`unknown filter ${key}`);
  return [...flags.texts('--status'), filter.slice(equals + 1)];
}

interface Shown {
  readonly health: string;
  readonly exitCode: number;
}

function* stateOf({ Id }: Listed): Steps<Shown> {
  const { State } = yield* ask<{
    readonly State: {
      readonly Status: string;
      readonly ExitCode: number;
      readonly Health?: { Status?: string } | null;
    };
  }>('GET', `/containers/${Id}/json`);
  const isOver = State.Status === 'exited' || State.Status === 'dead';
  return {
    health: State.Status === 'running' ? (State.Health?.Status ?? '') : '',
    exitCode: isOver ? State.ExitCode : 0,
  };
}

/** A port with its fields in the order in which JSON has them. */
function publisherOf({ IP = '', PrivatePort, PublicPort = 0, Type }: Listed['Ports'][number]): GoRecord {
  const fields = { URL: IP, TargetPort: PrivatePort, PublishedPort: PublicPort, Protocol: Type };
  return new GoRecord('api.PortPublisher', fields, { json: fields });
}

/** A container as templates see it (cmd/formatter/container.go). */
function rowOf(container: Listed, { health, exitCode }: Shown, isTruncated: boolean, present: number): Row {
  const { Id, Labels, Mounts, Command, Created } = container;
  const ports = [...container.Ports].sort((one, other) => one.PrivatePort - other.PrivatePort);
  const mounts = Mounts.map(({ Name, Source }) => Name || Source);
  const names = container.Names.map((name) => name.replace(/^\//, ''));
  const { SizeRw = 0, SizeRootFs = 0 } = container;
  const size = humanSize(SizeRw, 3);
  return {
    fields: {
      Command: goQuoted(isTruncated ? ellipsis(Command, 20) : Command),
      CreatedAt: goTime(Created),
      Engine: Labels['com.docker.compose.engine'] ?? '',
      ExitCode: exitCode,
      Health: health,
      ID: isTruncated ? shortId(Id) : Id,
      Image: container.Image,
      Labels: Object.entries(Labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
      LocalVolumes: String(Mounts.filter(({ Driver }) => Driver === 'local').length),
      Mounts: (isTruncated ? mounts.map((each) => ellipsis(each, 15)) : mounts).join(','),
      Name: nameOf(container),
      Names: isTruncated ? nameOf(container) : names.join(','),
      Networks: Object.keys(container.NetworkSettings.Networks).join(','),
      Ports: displayablePorts(ports),
      Project: Labels[labels.project] ?? '',
      Publishers: ports.map(publisherOf),
      RunningFor: `${humanDuration(present - Created * 1000)} ago`,
      Service: serviceOf(container),
      Size: SizeRootFs > 0 ? `${size} (virtual ${humanSize(SizeRootFs, 3)})` : size,
      State: container.State,
      Status: container.Status,
    },
    methods: { Label: (name) => Labels[String(name)] ?? '' },
  };
}
