import type { KubectlFlagUse } from '../../kubernetes/parse.ts';
import { fillTemplate, type TemplateValues } from '../template.ts';
import type { Addition } from './docker-lines.ts';
import type { FlagMeaning, KubectlFlagRow } from './kubectl-row.ts';
import type { BackVerdict } from './way-back.ts';

/** A flag as it was given, with what it means and the words it adds. */
export interface JudgedFlag {
  readonly use: KubectlFlagUse;
  readonly row: KubectlFlagRow | undefined;
  readonly meaning: FlagMeaning | undefined;
  readonly addition: Addition | undefined;
}

/**
 * What a flag that was given means, by the first row that has it.
 *
 * @param isOff whether it is a switch that is turned off: then it adds nothing
 */
export function judgeFlag(
  use: KubectlFlagUse,
  rows: readonly KubectlFlagRow[],
  known: ReadonlySet<string>,
  values: TemplateValues,
  isOff = false,
): JudgedFlag {
  const row = rows.find(({ flag }) => flag === use.name);
  const special = row?.values?.find(({ starts }) => use.value.startsWith(starts));
  const meaning = special ?? row;
  const adds = isOff ? undefined : meaning?.adds;
  if (adds === undefined) return { use, row, meaning, addition: undefined };
  const own = new Map([
    ...values,
    ['value', [use.value]] as const,
    ['rest', [use.value.slice(special?.starts.length ?? 0)]] as const,
    ['item', use.value.split(',')] as const,
  ]);
  const words = adds.includes('{item}')
    ? use.value
        .split(',')
        .flatMap((item) => fillTemplate(adds, new Set(['item']), new Map([['item', [item]]])))
    : fillTemplate(adds, new Set([...known, 'value', 'rest']), own);
  return { use, row, meaning, addition: words.length > 0 ? { words, isTaken: false } : undefined };
}

/** The verdict, once it is known whether docker took what the flag adds. */
export function verdictOf(
  { use, row, meaning, addition }: JudgedFlag,
  sources: readonly string[],
): BackVerdict {
  const spelled = { flag: use.name, ...(use.value === 'true' ? {} : { value: use.value }) };
  const none = { grade: 'none', docker: 'none', sources: row?.sources ?? sources } as const;
  if (use.name === '--help') {
    const why = 'Both clients explain themselves.';
    return { ...spelled, grade: 'exact', docker: '--help', why, sources };
  }
  // The tests hold every flag of the grammar against the rows, so this is for a grammar newer than its rows.
  if (!row || !meaning) return { ...spelled, ...none, why: 'There is no counterpart on record.' };
  if (addition && !addition.isTaken) {
    const why =
      addition.refusal === undefined
        ? 'The docker command here takes nothing like it.'
        : `docker refuses it here: ${addition.refusal.replace(/\.$/, '')}.`;
    return { ...spelled, ...none, why };
  }
  const { grade, docker, why } = meaning;
  return { ...spelled, grade, docker, why, sources: row.sources };
}
