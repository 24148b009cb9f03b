import { print, type Steps } from '../../effects.ts';
import { naturalOrder } from '../../go/natural-order.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { formatRows, type Row, type RowKind } from '../format/format-rows.ts';
import { shortId } from '../format/go-text.ts';

/** A network in an answer of `GET /networks`. */
interface NetworkSummary {
  readonly Name: string;
  readonly Id: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv4: boolean;
  readonly EnableIPv6: boolean;
  readonly Internal: boolean;
  readonly Labels: Readonly<Record<string, string>>;
}

const kind: RowKind = {
  type: '*network.networkContext',
  headers: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
};

const tableFormat = 'table {{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.Scope}}';
const rawFormat = 'network_id: {{.ID}}\\nname: {{.Name}}\\ndriver: {{.Driver}}\\nscope: {{.Scope}}\\n';

/** `docker network ls` (cli/command/network/list.go of docker/cli). */
export function* runList(context: DockerContext): Steps<number> {
  const { flags } = context;
  const networks = yield* ask<readonly NetworkSummary[]>('GET', '/networks', {
    query: { filters: filterQuery(readFilters(flags.texts('--filter'))) },
  });
  const isQuiet = flags.on('--quiet');
  const { networksFormat = '' } = isQuiet || flags.has('--format') ? {} : yield* readConfig(context);
  const format = flags.text('--format') || networksFormat || 'table';
  const rows = [...networks]
    .sort((one, other) => naturalOrder(one.Name, other.Name))
    .map((network) => rowOf(network, !flags.on('--no-trunc')));
  yield* print(formatRows(templateOf(format, isQuiet), kind, rows));
  return 0;
}

function templateOf(format: string, isQuiet: boolean): string {
  if (format === 'table') return isQuiet ? '{{.ID}}' : tableFormat;
  if (format === 'raw') return isQuiet ? 'network_id: {{.ID}}' : rawFormat;
  return format;
}

function rowOf(network: NetworkSummary, isTruncated: boolean): Row {
  const { Labels: labels } = network;
  return {
    fields: {
      ID: isTruncated ? shortId(network.Id) : network.Id,
      Name: network.Name,
      Driver: network.Driver,
      Scope: network.Scope,
      IPv4: String(network.EnableIPv4),
      IPv6: String(network.EnableIPv6),
      Internal: String(network.Internal),
      Labels: labelText(labels),
      CreatedAt: momentText(network.Created),
    },
    methods: { Label: (name) => labels[String(name)] ?? '' },
  };
}

/** Labels as columns have them: in order, with commas between. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}

/** `2026-01-05T09:00:00.5Z` as Go's `time.Time` shows itself. */
function momentText(moment: string): string {
  return `${moment.replace('T', ' ').replace(/Z$/, '')} +0000 UTC`;
}
