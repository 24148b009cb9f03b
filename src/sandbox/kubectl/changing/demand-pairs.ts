import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { DryRun } from './dry-run.ts';
import type { Pairs } from './words.ts';

/** How messages of a command call its pairs, and the files that they give as examples. */
export interface PairWords {
  readonly what: 'label' | 'annotation';
  readonly file: string;
}

/**
 * What `label` and `annotate` refuse before anything is asked of the server
 * (k8s.io/kubectl/pkg/cmd/label and annotate, Validate).
 *
 * @throws CommandFailure
 */
export function demandPairs(
  options: Options,
  resources: readonly string[],
  { set, removed }: Pairs,
  dryRun: DryRun,
  { what, file }: PairWords,
): void {
  if (what === 'label' && options.on('--list') && options.text('--output')) {
    throw new CommandFailure('--list and --output may not be specified together');
  }
  for (const flag of ['--selector', '--field-selector']) {
    if (options.on('--all') && options.text(flag)) {
      throw new CommandFailure(`cannot set --all and ${flag} at the same time`);
    }
  }
  const hasFile = options.has('--filename') || options.has('--kustomize');
  if (options.on('--local'))
    demandLocal(dryRun, resources, hasFile, `-f ${file}.yaml or --filename=${file}.json`);
  else if (resources.length === 0 && !hasFile) {
    throw new CommandFailure(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  if (Object.keys(set).length + removed.length === 0 && !options.on('--list')) {
    throw new CommandFailure(`at least one ${what} update is required`);
  }
}

function demandLocal(dryRun: DryRun, resources: readonly string[], hasFile: boolean, examples: string): void {
  if (dryRun === 'server') {
    throw new CommandFailure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (resources.length > 0) {
    throw new CommandFailure(`can only use local files by ${examples} when --local=true is set`);
  }
  if (!hasFile) throw new CommandFailure(`one or more files must be specified as ${examples}`);
}
