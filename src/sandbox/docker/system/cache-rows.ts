import { byText } from '../../go/go-order.ts';
import { humanSize } from '../../go/go-units.ts';
import type { Row, RowKind } from '../format/format-rows.ts';
import { shortId } from '../format/go-text.ts';

/** A record of the build cache in an answer of `GET /system/df`. */
export interface CacheRecord {
  readonly ID: string;
  readonly Parents?: readonly string[];
  readonly Type: string;
  readonly Description: string;
  readonly InUse: boolean;
  readonly Shared: boolean;
  readonly Size: number;
  readonly CreatedAt: string;
  readonly LastUsedAt: string;
  readonly UsageCount: number;
}

/** What lists of the build cache have columns for. */
export const cacheKind: RowKind = {
  type: '*formatter.buildCacheContext',
  headers: {
    ID: 'CACHE ID',
    Parent: 'PARENT',
    CacheType: 'CACHE TYPE',
    Size: 'SIZE',
    CreatedSince: 'CREATED',
    LastUsedSince: 'LAST USED',
    UsageCount: 'USAGE',
    InUse: 'IN USE',
    Shared: 'SHARED',
    Description: 'DESCRIPTION',
  },
};

/**
 * The records as templates see them, what was used longest ago first (cli/command/formatter/buildcache.go of
 * docker/cli).
 *
 * @param since how long ago a moment is, in words
 */
export function cacheRows(
  records: readonly CacheRecord[],
  isTruncated: boolean,
  since: (moment: number) => string,
): readonly Row[] {
  const ago = (moment: string): string => `${since(Date.parse(moment))} ago`;
  const shown = (id: string): string => (isTruncated ? shortId(id) : id);
  return records.toSorted(order).map((record) => ({
    fields: {
      ID: `${shown(record.ID)}${record.InUse ? '*' : ''}`,
      Parent: shown((record.Parents ?? []).join(', ')),
      CacheType: record.Type,
      Description: record.Description,
      Size: humanSize(record.Size, 3),
      CreatedAt: record.CreatedAt,
      CreatedSince: ago(record.CreatedAt),
      LastUsedAt: record.LastUsedAt,
      LastUsedSince: ago(record.LastUsedAt),
      UsageCount: String(record.UsageCount),
      InUse: String(record.InUse),
      Shared: String(record.Shared),
    },
  }));
}

function order(one: CacheRecord, other: CacheRecord): number {
  const [left, right] = [one, other].map(({ LastUsedAt, ID }) => `${LastUsedAt} ${ID}`) as [string, string];
  return byText(left, right);
}
