import { elasticTabs } from '../../../go/elastic-tabs.ts';
import { CommandFailure } from '../../failures.ts';

/** Columns at least twenty wide, as compose sets its own tables (cmd/formatter/pretty.go). */
export function prettyTable(rows: readonly (readonly string[])[]): string {
  return elasticTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), { smallest: 20, padding: 3 });
}

/** @throws CommandFailure for a format that is no table (Print of cmd/formatter/formatter.go) */
export function demandTable(format: string): void {
  if (!/^(|table|pretty)$/i.test(format))
    throw new CommandFailure(`format value ${JSON.stringify(format)} could not be parsed: parsing failed`);
}
