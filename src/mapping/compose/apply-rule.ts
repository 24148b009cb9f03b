import type { ComposeProject } from '../../docker/compose/project.ts';
import { unlessRefused } from '../../docker/refusal.ts';
import { flagRule } from '../run/flag-rules.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import type { KeyVerdict } from './compose-translation.ts';
import {
  type KeyRule,
  type KeyUse,
  type ServiceContext,
  servicePage,
  type VerdictParts,
} from './key-rule.ts';
import { serviceRules } from './service-rules.ts';
import { shownPath } from './shown-path.ts';

/** Keys by the flag that says the same. */
const keyOfFlag = new Map(
  serviceRules.flatMap(({ key, flag }) =>
    flag === undefined || key.includes('.') ? [] : [[flag, key] as const],
  ),
);

/** What becomes of one use of a key: the draft is filled, and the row says why, where the value says nothing else. */
export function applyRule(
  draft: WorkloadDraft,
  rule: KeyRule,
  use: KeyUse,
  context: ServiceContext,
): KeyVerdict {
  return verdictOf(rule, use, context.project, partsOf(draft, rule, use, context));
}

/** A verdict of a row, and of what a value changes in it. */
export function verdictOf(
  rule: KeyRule,
  use: KeyUse,
  { files, directory }: Pick<ComposeProject, 'files' | 'directory'>,
  parts: VerdictParts = {},
): KeyVerdict {
  const why = parts.why ?? rule.why;
  const value = relative(use.value, directory);
  return {
    key: use.key,
    value,
    grade: parts.grade ?? rule.grade,
    kubernetes: parts.kubernetes ?? rule.kubernetes,
    why: why.replaceAll('{value}', () => value).replaceAll('{name}', () => use.name),
    sources: parts.sources ?? rule.sources,
    line: use.place.line,
    ...(use.place.file === files[0]
      ? {}
      : { file: shownPath(use.place.file, directory).replace(/^\.\//, '') }),
  };
}

/** Nobody gives a service more volumes, ports or hosts than this, and each takes longer than the one before. */
const mostEntries = 500;

/** Variables and labels can be many. */
const cheap: ReadonlySet<string> = new Set(['environment', 'labels', 'annotations', 'deploy.labels']);

const tooMany: VerdictParts = {
  grade: 'none',
  kubernetes: 'none',
  why: `Only the first ${mostEntries} entries of a key are translated. Split the service, or write the rest by hand.`,
};

/** Paths were made absolute; a reader knows them as they are written. */
function relative(value: string, directory: string): string {
  if (directory.length < 2 || !value.includes(directory)) return value;
  return value
    .replaceAll(`${directory}/`, './')
    .split(', ')
    .map((part) => (part.endsWith(directory) ? `${part.slice(0, -directory.length)}.` : part))
    .join(', ');
}

function partsOf(draft: WorkloadDraft, rule: KeyRule, use: KeyUse, context: ServiceContext): VerdictParts {
  if (rule.each === 'entry' && use.index >= mostEntries && !cheap.has(rule.key)) return tooMany;
  const { flag } = rule;
  return unlessRefused(
    () =>
      flag === undefined
        ? (rule.apply?.(draft, use, context) ?? {})
        : byFlag(draft, rule, flag, use, context),
    ({ message, hint }) => ({
      grade: 'none',
      kubernetes: 'none',
      why: `Docker refuses \`${use.value}\`: ${message}. ${hint}`,
    }),
  );
}

function byFlag(
  draft: WorkloadDraft,
  rule: KeyRule,
  flag: string,
  use: KeyUse,
  context: ServiceContext,
): VerdictParts {
  const row = flagRule(flag);
  const value = flagText(rule, use, context);
  if (!row || value === undefined) return {};
  const parts = row.apply?.(draft, { name: flag, value, spelled: use.key, position: 0 }, context) ?? {};
  const why = (parts.why ?? row.why).replaceAll('{value}', () => value);
  const sources = (parts.sources ?? row.sources).filter((each) => each !== 'docker-container-run');
  return {
    grade: parts.grade ?? row.grade,
    kubernetes: parts.kubernetes ?? row.kubernetes,
    why: inWordsOfCompose(why),
    sources: [...new Set([rule.sources[0] ?? servicePage, ...sources])],
  };
}

/** What the flag would be given; undefined where it would not be given at all. */
export function flagText(rule: KeyRule, use: KeyUse, context: ServiceContext): string | undefined {
  return rule.flagValue ? rule.flagValue(use, context) : use.value;
}

/** Texts of the rows name flags; a reader of a compose file knows them as keys. */
function inWordsOfCompose(why: string): string {
  return why.replace(/`(--[a-z-]+)(?:[ =]([^`]*))?`/g, (whole, flag: string, value?: string) => {
    const key = flag === '--network' ? 'network_mode' : keyOfFlag.get(flag);
    if (key === undefined) return whole;
    return value === undefined ? `\`${key}\`` : `\`${key}: ${value}\``;
  });
}
