import { now, print, type Steps } from '../../effects.ts';
import { GoRecord } from '../../go/go-record.ts';
import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import { throwUnless } from '../../thrown.ts';
import { type ContainerSummary, containerKind, containerRow } from '../containers/container-rows.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { dockerFunctions } from '../format/docker-functions.ts';
import { formatRows, type Row, type RowKind } from '../format/format-rows.ts';
import { type ImageSummary, imageKind, imageRow, namedParts } from '../images/image-rows.ts';
import { type VolumeSummary, volumeKind, volumeRow } from '../volumes/list.ts';
import { type CacheRecord, cacheKind, cacheRows } from './cache-rows.ts';

interface Usage<Item> {
  readonly ActiveCount: number;
  readonly TotalCount: number;
  readonly Reclaimable: number;
  readonly TotalSize: number;
  readonly Items: readonly Item[];
}

/** An answer of `GET /system/df`. */
interface DiskUsage {
  readonly ImageUsage: Usage<ImageSummary>;
  readonly ContainerUsage: Usage<ContainerSummary>;
  readonly VolumeUsage: Usage<VolumeSummary>;
  readonly BuildCacheUsage: Usage<CacheRecord>;
}

const kind: RowKind = {
  type: '*formatter.diskUsageImagesContext',
  headers: {
    Type: 'TYPE',
    TotalCount: 'TOTAL',
    Active: 'ACTIVE',
    Size: 'SIZE',
    Reclaimable: 'RECLAIMABLE',
  },
};

const tableFormat = 'table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}';
const rawFormat =
  'type: {{.Type}}\\ntotal: {{.TotalCount}}\\nactive: {{.Active}}\\nsize: {{.Size}}\\nreclaimable: {{.Reclaimable}}\\n';

/** `docker system df` (cli/command/system/df.go of docker/cli). */
export function* runDiskUsage({ flags }: DockerContext): Steps<number> {
  const isVerbose = flags.on('--verbose');
  const usage = yield* ask<DiskUsage>('GET', '/system/df', {
    query: { verbose: oneIf(isVerbose) },
  });
  const format = flags.text('--format') || 'table';
  if (isVerbose) {
    yield* print(verbose(usage, format, yield* now()));
    return 0;
  }
  const template = format === 'table' ? tableFormat : format === 'raw' ? rawFormat : format;
  const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = usage;
  const rows = [
    usageRow('Images', ImageUsage),
    usageRow('Containers', ContainerUsage),
    usageRow('Local Volumes', VolumeUsage),
    usageRow('Build Cache', BuildCacheUsage, false),
  ];
  yield* print(formatRows(template, kind, rows));
  return 0;
}

/** @param hasShare whether it is said which share of the whole can be had back */
function usageRow(type: string, usage: Usage<unknown>, hasShare = true): Row {
  const { ActiveCount, TotalCount, Reclaimable, TotalSize } = usage;
  const share = Math.trunc((Reclaimable * 100) / TotalSize);
  const isPart = hasShare && TotalSize > 0;
  return {
    fields: {
      Type: type,
      TotalCount: String(TotalCount),
      Active: String(ActiveCount),
      Size: humanSize(TotalSize),
      Reclaimable: isPart ? `${humanSize(Reclaimable)} (${share}%)` : humanSize(Reclaimable),
    },
  };
}

const imageFormat =
  'table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}\\t{{.SharedSize}}\\t{{.UniqueSize}}\\t{{.Containers}}';
const containerFormat =
  'table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.LocalVolumes}}\\t{{.Size}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Names}}';
const volumeFormat = 'table {{.Name}}\\t{{.Links}}\\t{{.Size}}';
const cacheFormat =
  'table {{.ID}}\\t{{.CacheType}}\\t{{.Size}}\\t{{.CreatedSince}}\\t{{.LastUsedSince}}\\t{{.UsageCount}}\\t{{.Shared}}';

/** Everything there is. @throws CommandFailure where the template is wrong */
function verbose(usage: DiskUsage, format: string, present: number): string {
  const isTruncated = format.startsWith('table');
  const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = usage;
  const images = ImageUsage.Items.map((image) => {
    const [name = ''] = image.RepoTags;
    return imageRow(image, { ...namedParts(name), digest: '' }, { isTruncated, present });
  });
  const containers = ContainerUsage.Items.map((container) =>
    containerRow({ ...container, SizeRootFs: 0 }, isTruncated, present),
  );
  const volumes = VolumeUsage.Items.map(volumeRow);
  const caches = cacheRows(BuildCacheUsage.Items, isTruncated, (moment) => humanDuration(present - moment));
  if (format !== 'table') {
    const records = ({ type }: RowKind, rows: readonly Row[]): readonly GoRecord[] =>
      rows.map(({ fields, methods }) => new GoRecord(type, fields, { methods }));
    return filled(format === 'json' ? '{{json .}}' : format, {
      Images: records(imageKind, images),
      Containers: records(containerKind, containers),
      Volumes: records(volumeKind, volumes),
      BuildCache: records(cacheKind, caches),
    });
  }
  const cacheSize = humanSize(BuildCacheUsage.TotalSize);
  return [
    `Images space usage:\n\n${formatRows(imageFormat, imageKind, images)}`,
    `Containers space usage:\n\n${formatRows(containerFormat, containerKind, containers)}`,
    `Local Volumes space usage:\n\n${formatRows(volumeFormat, volumeKind, volumes)}`,
    `Build cache usage: ${cacheSize}\n\n${formatRows(cacheFormat, cacheKind, caches)}`,
  ].join('\n');
}

function filled(format: string, value: Readonly<Record<string, unknown>>): string {
  try {
    const record = new GoRecord('*formatter.diskUsageContext', value);
    return templateOf(format, { name: '', isLenient: true, functions: dockerFunctions })(record);
  } catch (error) {
    if (error instanceof GoTemplateError)
      throw new CommandFailure(`template parsing error: ${error.message}`);
    throwUnless(error, TemplateRunError);
    throw new CommandFailure(error.message);
  }
}
