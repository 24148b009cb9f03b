import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { splitWords } from '../../../src/docker/words.ts';
import { parseKubectl } from '../../../src/kubernetes/parse.ts';
import { completeRows } from '../../../src/mapping/way-back/complete-row.ts';
import type { KubectlRow, WrittenKubectlMapping } from '../../../src/mapping/way-back/kubectl-row.ts';
import { translateBack } from '../../../src/mapping/way-back/translate-back.ts';
import type { WayBack } from '../../../src/mapping/way-back/way-back.ts';

/** lessons/mapping/kubectl.yaml as it is written. */
export const written: WrittenKubectlMapping = parse(
  readFileSync(new URL('../../../lessons/mapping/kubectl.yaml', import.meta.url), 'utf8'),
);

export const rows: ReadonlyMap<string, KubectlRow> = new Map(
  completeRows(written).map((row) => [row.command, row]),
);

/** What the rows make of a kubectl line. */
export function wayBack(line: string): WayBack {
  const command = parseKubectl(splitWords(line).words);
  const row = rows.get(command.command);
  if (!row) throw new Error(`no row for ${command.command}`);
  return translateBack(row, command, line);
}
