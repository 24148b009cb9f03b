import { elasticTabs } from '../../../go/elastic-tabs.ts';

/** Columns at least twenty wide, as compose sets its own tables (cmd/formatter/pretty.go). */
export function prettyTable(rows: readonly (readonly string[])[]): string {
  return elasticTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), { smallest: 20, padding: 3 });
}
