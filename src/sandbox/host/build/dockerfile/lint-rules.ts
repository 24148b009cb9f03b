import type { LineRange } from './dockerfile-error.ts';

/** What a build warns of: a rule that a Dockerfile does not keep. */
export interface LintWarning {
  /** Such as `JSONArgsRecommended`. */
  readonly rule: string;
  readonly message: string;
  readonly description: string;
  readonly url: string;
  readonly location: LineRange;
}

/** What each rule is for (frontend/dockerfile/linter/ruleset.go of moby/buildkit 0.32). */
const rules = {
  StageNameCasing: 'Stage names should be lowercase',
  FromAsCasing: "The 'as' keyword should match the case of the 'from' keyword",
  NoEmptyContinuation: 'Empty continuation lines will become errors in a future release',
  ConsistentInstructionCasing:
    'All commands within the Dockerfile should use the same casing (either upper or lower)',
  DuplicateStageName: 'Stage names should be unique',
  ReservedStageName: 'Reserved words should not be used as stage names',
  JSONArgsRecommended:
    'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
  MaintainerDeprecated:
    'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
  UndefinedArgInFrom: 'FROM command must use declared ARGs',
  WorkdirRelativePath:
    'Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes',
  UndefinedVar: 'Variables should be defined before their use',
  MultipleInstructionsDisallowed:
    'Multiple instructions of the same type should not be used in the same stage',
  LegacyKeyValueFormat: 'Legacy key/value format with whitespace separator should not be used',
  RedundantTargetPlatform:
    'Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
  SecretsUsedInArgOrEnv: 'Sensitive data should not be used in the ARG or ENV commands',
  InvalidDefaultArgInFrom: 'Default value for global ARG results in an empty or invalid base image name',
  FromPlatformFlagConstDisallowed: 'FROM --platform flag should not use a constant value',
  CopyIgnoredFile: 'Attempting to Copy file that is excluded by .dockerignore',
  ExposeProtoCasing: 'Protocol in EXPOSE instruction should be lowercase',
  ExposeInvalidFormat:
    'IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release',
} as const;

export type LintRule = keyof typeof rules;

/** Collects what a build warns of, without the rules that are not to be kept. */
export class Linter {
  readonly warnings: LintWarning[] = [];
  readonly #skipped: ReadonlySet<string>;
  readonly #isSilent: boolean;
  readonly #isError: boolean;

  /** @param settings what `# check=` says, such as `skip=JSONArgsRecommended;error=true` */
  constructor(settings = '') {
    const parts = settings
      .split(';')
      .map((part) => part.trim().split('='))
      .map(([name = '', value = '']) => [name, value] as const);
    const skipped = parts.filter(([name]) => name === 'skip').flatMap(([, value]) => value.split(','));
    this.#skipped = new Set(skipped.map((name) => name.trim()));
    this.#isSilent = this.#skipped.has('all');
    this.#isError = parts.some(([name, value]) => name === 'error' && value === 'true');
  }

  /** @param comments those above the instruction, which may skip rules for it */
  warn(rule: LintRule, location: LineRange, message: string, comments: readonly string[] = []): void {
    const own = comments.flatMap((comment) => /^check=skip=(\S+)/.exec(comment)?.[1]?.split(',') ?? []);
    if (this.#isSilent || this.#skipped.has(rule) || own.includes(rule) || own.includes('all')) return;
    const url = `https://docs.docker.com/go/dockerfile/rule/${hyphenated(rule)}/`;
    this.warnings.push({ rule, message, description: rules[rule], url, location });
  }

  /** Why the build fails, where warnings are to be errors. */
  get failure(): string | undefined {
    if (!this.#isError || this.warnings.length === 0) return undefined;
    return `lint violation found for rules: ${[...new Set(this.warnings.map(({ rule }) => rule))].join(', ')}`;
  }
}

/** `json-args-recommended` of `JSONArgsRecommended`. */
function hyphenated(rule: string): string {
  return rule
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
