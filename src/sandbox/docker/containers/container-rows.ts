import { parseImage } from '../../../docker/images.ts';
import { DockerRefusal } from '../../../docker/refusal.ts';
import { goQuoted } from '../../go/go-syntax.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import type { Row, RowKind } from '../format/format-rows.ts';
import { ellipsis, goTime, shortId } from '../format/go-text.ts';
import { displayablePorts, type PortSummary } from './ports.ts';

/** A container in an answer of `GET /containers/json`. */
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Ports: readonly PortSummary[];
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
  readonly Status: string;
  readonly NetworkSettings?: { readonly Networks: Readonly<Record<string, unknown>> | null };
  readonly Mounts: readonly {
    readonly Name?: string;
    readonly Source: string;
    readonly Driver?: string;
  }[];
  readonly ImageManifestDescriptor?: {
    readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  };
  readonly Health?: { readonly Status: string };
}

/** What lists of containers have columns for. */
export const containerKind: RowKind = {
  type: '*formatter.ContainerContext',
  headers: {
    ID: 'CONTAINER ID',
    Names: 'NAMES',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
    Mounts: 'MOUNTS',
    LocalVolumes: 'LOCAL VOLUMES',
    Networks: 'NETWORKS',
    Platform: 'PLATFORM',
    HealthStatus: 'HEALTH STATUS',
  },
};

/** What `--format raw` stands for, in `docker ps` and `docker compose ps`. */
export const rawFormat = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`;

const mostOfCommand = 20;
const mostOfMount = 15;

/**
 * A container as templates see it (cli/command/formatter/container.go of docker/cli).
 *
 * @param present milliseconds since 1970
 */
export function containerRow(container: ContainerSummary, isTruncated: boolean, present: number): Row {
  const { Labels: labels } = container;
  const command = isTruncated ? ellipsis(container.Command, mostOfCommand) : container.Command;
  return {
    fields: {
      ID: isTruncated ? shortId(container.Id) : container.Id,
      Names: namesOf(container, isTruncated),
      Image: imageOf(container, isTruncated),
      Command: goQuoted(command),
      CreatedAt: goTime(container.Created),
      RunningFor: `${humanDuration(present - container.Created * 1000)} ago`,
      Ports: displayablePorts(container.Ports),
      State: container.State,
      Status: container.Status,
      Size: sizeOf(container),
      Labels: Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join(','),
      Mounts: container.Mounts.map(({ Name, Source }) => {
        const name = Name || Source;
        return isTruncated ? ellipsis(name, mostOfMount) : name;
      }).join(','),
      LocalVolumes: String(container.Mounts.filter(({ Driver }) => Driver === 'local').length),
      Networks: Object.keys(container.NetworkSettings?.Networks ?? {}).join(','),
      Platform: platformOf(container),
      HealthStatus: healthOf(container),
    },
    methods: { Label: (name) => labels[String(name)] ?? '' },
  };
}

function namesOf({ Names }: ContainerSummary, isTruncated: boolean): string {
  const names = Names.map((name) => name.replace(/^\//, ''));
  return isTruncated ? (names.find((name) => !name.includes('/')) ?? '') : names.join(',');
}

function imageOf({ Image, ImageID }: ContainerSummary, isTruncated: boolean): string {
  if (Image === '') return '<no image>';
  if (!isTruncated) return Image;
  if (shortId(ImageID) === shortId(Image)) return shortId(ImageID);
  try {
    const { registry, repository, tag } = parseImage(Image);
    if (repository === '') return Image;
    const name =
      registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`;
    return tag === '' ? name : `${name}:${tag}`;
  } catch (error) {
    if (error instanceof DockerRefusal) return Image;
    throw error;
  }
}

function sizeOf({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  const own = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own;
}

function platformOf({ ImageManifestDescriptor }: ContainerSummary): string | null {
  const platform = ImageManifestDescriptor?.platform;
  if (!platform) return null;
  return [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
}

function healthOf({ Health, Status }: ContainerSummary): string {
  if (Health?.Status) return Health.Status;
  return /\((?:health: )?(healthy|unhealthy|starting)\)$/.exec(Status)?.[1] ?? '';
}
