import { print, type Steps } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import { naturalOrder } from '../../go/natural-order.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { formatRows, type Row, type RowKind } from '../format/format-rows.ts';
import { labelText } from '../networks/list.ts';

/** A volume in an answer of `GET /volumes`. */
export interface VolumeSummary {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Scope: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  /** Only `docker system df` asks for it. */
  readonly UsageData?: { readonly RefCount: number; readonly Size: number } | null;
}

/** What lists of volumes have columns for. */
export const volumeKind: RowKind = {
  type: '*formatter.volumeContext',
  headers: {
    ID: 'ID',
    Name: 'VOLUME NAME',
    Group: 'GROUP',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Status: 'STATUS',
  },
};

const tableFormat = 'table {{.Driver}}\\t{{.Name}}';
const clusterFormat = 'table {{.Name}}\\t{{.Group}}\\t{{.Driver}}\\t{{.Availability}}\\t{{.Status}}';

/** `docker volume ls` (cli/command/volume/list.go of docker/cli). */
export function* runList(context: DockerContext): Steps<number> {
  const { flags } = context;
  const { Volumes } = yield* ask<{ readonly Volumes: readonly VolumeSummary[] }>('GET', '/volumes', {
    query: { filters: filterQuery(readFilters(flags.texts('--filter'))) },
  });
  const isQuiet = flags.on('--quiet');
  const { volumesFormat = '' } = isQuiet || flags.has('--format') ? {} : yield* readConfig(context);
  const format = flags.text('--format') || volumesFormat || 'table';
  // Volumes of a cluster are those of a swarm, which is not there.
  const ofCluster = flags.on('--cluster');
  const rows = (ofCluster ? [] : Volumes)
    .toSorted((one, other) => naturalOrder(one.Name, other.Name))
    .map(volumeRow);
  const template =
    ofCluster && !isQuiet ? clusterFormat : volumeTemplate(ofCluster ? 'table' : format, isQuiet);
  yield* print(formatRows(template, volumeKind, rows));
  return 0;
}

/** What a format of volumes stands for (NewVolumeFormat of cli/command/formatter of docker/cli). */
export function volumeTemplate(format: string, isQuiet: boolean): string {
  if (format === 'table') return isQuiet ? '{{.Name}}' : tableFormat;
  if (format === 'raw') return isQuiet ? 'name: {{.Name}}' : 'name: {{.Name}}\\ndriver: {{.Driver}}\\n';
  return format;
}

/** A volume as templates see it (cli/command/formatter/volume.go of docker/cli). */
export function volumeRow({ Name, Driver, Mountpoint, Scope, Labels, UsageData }: VolumeSummary): Row {
  const labels = Labels ?? {};
  return {
    fields: {
      Name,
      Driver,
      Scope,
      Mountpoint,
      Labels: labelText(labels),
      Links: UsageData ? String(UsageData.RefCount) : 'N/A',
      Size: UsageData ? humanSize(UsageData.Size) : 'N/A',
      Group: 'N/A',
      Availability: 'N/A',
      Status: 'N/A',
    },
    methods: { Label: (name) => labels[String(name)] ?? '' },
  };
}
