import { now, print, type Steps } from '../../effects.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { formatRows, type Row, type RowKind } from '../format/format-rows.ts';
import { ellipsis, shortId } from '../format/go-text.ts';
import { platformJson } from './transfer.ts';

/** A step in an answer of `GET /images/…/history`. */
interface HistoryItem {
  readonly Id: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Size: number;
  readonly Comment: string;
}

const kind: RowKind = {
  type: '*image.historyContext',
  headers: {
    ID: 'IMAGE',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    CreatedBy: 'CREATED BY',
    Size: 'SIZE',
    Comment: 'COMMENT',
  },
};

const tableFormat = 'table {{.ID}}\\t{{.CreatedSince}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}';
const exactFormat = tableFormat.replace('CreatedSince', 'CreatedAt');
const mostOfLine = 45;
/** What is older was not made then: tools write such a date where they have none. */
const oldest = Date.UTC(2000, 0, 1) / 1000;

/** `docker image history` (cli/command/image/history.go of docker/cli). */
export function* runHistory({ args, flags }: DockerContext): Steps<number> {
  const [name = ''] = args;
  const platform = flags.text('--platform');
  const items = yield* ask<readonly HistoryItem[]>('GET', `/images/${name}/history`, {
    query: { platform: platform === '' ? undefined : platformJson(platform) },
  });
  const isHuman = !flags.has('--human') || flags.on('--human');
  const given = flags.text('--format') || 'table';
  const table = flags.on('--quiet') ? '{{.ID}}' : isHuman ? tableFormat : exactFormat;
  const present = yield* now();
  const rows = items.map((item) => rowOf(item, { isHuman, isTruncated: !flags.on('--no-trunc'), present }));
  yield* print(formatRows(given === 'table' ? table : given, kind, rows));
  return 0;
}

interface Shown {
  readonly isHuman: boolean;
  readonly isTruncated: boolean;
  readonly present: number;
}

function rowOf(item: HistoryItem, { isHuman, isTruncated, present }: Shown): Row {
  const at = `${new Date(item.Created * 1000).toISOString().slice(0, 19)}Z`;
  const since = item.Created <= oldest ? 'N/A' : `${humanDuration(present - item.Created * 1000)} ago`;
  const line = item.CreatedBy.replaceAll('\t', ' ');
  return {
    fields: {
      ID: isTruncated ? shortId(item.Id) : item.Id,
      CreatedAt: at,
      CreatedSince: isHuman ? since : at,
      CreatedBy: isTruncated ? ellipsis(line, mostOfLine) : line,
      Size: isHuman ? humanSize(item.Size, 3) : String(item.Size),
      Comment: item.Comment,
    },
  };
}
