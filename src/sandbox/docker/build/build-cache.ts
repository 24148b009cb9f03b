import { now, print, type Steps } from '../../effects.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import type { CacheRecordView } from '../../host/build/build-cache.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { formatRows } from '../format/format-rows.ts';
import { confirm } from '../streams/confirm.ts';

/** `docker buildx du` (commands/diskusage.go of docker/buildx). */
export function* runDiskUsage(context: DockerContext): Steps<number> {
  const { flags } = context;
  const all = yield* ask<readonly CacheRecordView[]>('GET', '/build/cache');
  const filters = readFilters(flags.texts('--filter'));
  const records = all.filter((record) => fits(record, filters));
  const present = yield* now();
  const format = flags.text('--format');
  if (flags.on('--verbose')) {
    if (format !== '') throw new CommandFailure('ERROR: --format and --verbose cannot be used together');
    yield* print(records.map((record) => verboseText(record, present)).join(''));
  } else {
    yield* print(
      formatRows(
        format || usageFormat,
        usageKind,
        records.map((record) => usageRow(record, present)),
      ),
    );
    if (format !== '' && !format.startsWith('table')) return 0;
  }
  if (!flags.has('--filter')) yield* print(summary(records));
  return 0;
}

/** `docker builder prune` and `docker buildx prune` (commands/prune.go of docker/buildx). */
export function* runPrune(context: DockerContext): Steps<number> {
  const { flags } = context;
  const isAll = flags.on('--all');
  for (const flag of ['--max-used-space', '--min-free-space', '--reserved-space', '--keep-storage'])
    if (flags.has(flag)) throw new CommandFailure(`ERROR: ${context.path} ${flag} is not simulated here`);
  const what = isAll ? 'all build cache' : 'all dangling build cache';
  if (
    !flags.on('--force') &&
    !(yield* confirm(`WARNING! This will remove ${what}. Are you sure you want to continue?`))
  )
    return 0;
  const records = yield* ask<readonly CacheRecordView[]>('GET', '/build/cache');
  const { CachesDeleted, SpaceReclaimed } = yield* ask<{
    readonly CachesDeleted: readonly string[];
    readonly SpaceReclaimed: number;
  }>('POST', '/build/prune', {
    query: { all: oneIf(isAll), filters: filterQuery(readFilters(flags.texts('--filter'))) },
  });
  const gone = records.filter(({ ID }) => CachesDeleted.includes(ID));
  const present = yield* now();
  if (flags.on('--verbose')) yield* print(gone.map((record) => prunedText(record, present)).join(''));
  else if (gone.length > 0) {
    const rows = gone.map((record) => prunedRow(record, present));
    yield* print(`ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED\n${rows.join('')}`);
  }
  yield* print(`Total:\t${humanSize(SpaceReclaimed)}\n`);
  return 0;
}

const usageKind = {
  type: '*commands.diskusageContext',
  headers: { ID: 'ID', Reclaimable: 'RECLAIMABLE', Size: 'SIZE', LastUsedAt: 'LAST ACCESSED' },
};
const usageFormat = 'table {{.ID}}\t{{.Reclaimable}}\t{{.Size}}{{if .Shared}}*{{end}}\t{{.LastUsedAt}}';

function usageRow(record: CacheRecordView, present: number): Parameters<typeof formatRows>[2][number] {
  return {
    fields: {
      ID: record.ID + (record.Mutable ? '*' : ''),
      Parents: record.Parents.join(','),
      Mutable: record.Mutable,
      Reclaimable: !record.InUse,
      Shared: record.Shared,
      Size: humanSize(record.Size),
      Description: record.Description,
      UsageCount: record.UsageCount,
      LastUsedAt: ago(record, present),
      Type: record.Type,
    },
  };
}

/** A row as prune prints it: its columns are as wide as a long id, and tabs fill what is left. */
function prunedRow(record: CacheRecordView, present: number): string {
  const id = record.ID + (record.Mutable ? '*' : '');
  const size = humanSize(record.Size) + (record.Shared ? '*' : '');
  return `${id.padEnd(40)}\t${`${!record.InUse}`.padEnd(5)}\t\t${size.padEnd(10)}\t${ago(record, present)}\n`;
}

/** A record as prune tells of it in full: tabs fill a column of sixteen characters, and it does not know the type. */
function prunedText(record: CacheRecordView, present: number): string {
  const lines: readonly (readonly [string, unknown])[] = [
    ['ID', record.ID],
    ...(record.Parents.length > 0 ? ([['Parent', record.Parents.join(',')]] as const) : []),
    ['Created at', createdText(record)],
    ['Mutable', record.Mutable],
    ['Reclaimable', !record.InUse],
    ['Shared', record.Shared],
    ['Size', humanSize(record.Size)],
    ['Description', record.Description],
    ['Usage count', record.UsageCount],
    ['Last used', ago(record, present)],
  ];
  const tabs = (name: string): string => '\t'.repeat(Math.ceil((15 - name.length) / 8));
  return `${lines.map(([name, value]) => `${name}:${tabs(name)}${value}\n`).join('')}\n`;
}

function createdText({ Created }: CacheRecordView): string {
  return `${new Date(Created).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`;
}

function verboseText(record: CacheRecordView, present: number): string {
  const parents = record.Parents.length > 0 ? ['Parents:', ...record.Parents.map((id) => ` - ${id}`)] : [];
  const lines = [
    `ID:           ${record.ID}`,
    ...parents,
    `Created at:   ${createdText(record)}`,
    `Mutable:      ${record.Mutable}`,
    `Reclaimable:  ${!record.InUse}`,
    `Shared:       ${record.Shared}`,
    `Size:         ${humanSize(record.Size)}`,
    `Description:  ${record.Description}`,
    `Usage count:  ${record.UsageCount}`,
    `Last used:    ${ago(record, present)}`,
    `Type:         ${record.Type}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

function summary(records: readonly CacheRecordView[]): string {
  const sizeOf = (some: readonly CacheRecordView[]) => some.reduce((sum, { Size }) => sum + Size, 0);
  const total = sizeOf(records);
  const shared = sizeOf(records.filter(({ Shared }) => Shared));
  const parts =
    shared > 0 ? [`Shared:\t\t${humanSize(shared)}`, `Private:\t${humanSize(total - shared)}`] : [];
  const reclaimable = sizeOf(records.filter(({ InUse }) => !InUse));
  return [...parts, `Reclaimable:\t${humanSize(reclaimable)}`, `Total:\t\t${humanSize(total)}`, ''].join(
    '\n',
  );
}

function ago({ LastUsed }: CacheRecordView, present: number): string {
  return `${humanDuration(present - LastUsed)} ago`;
}

function fits(record: CacheRecordView, filters: Readonly<Record<string, readonly string[]>>): boolean {
  const isOneOf = (name: string, test: (value: string) => boolean) => filters[name]?.some(test) ?? true;
  return (
    Object.keys(filters).every((name) => ['type', 'id', 'description', 'until'].includes(name)) &&
    isOneOf('type', (value) => record.Type === value) &&
    isOneOf('id', (value) => record.ID.startsWith(value)) &&
    isOneOf('description', (value) => record.Description.includes(value))
  );
}
