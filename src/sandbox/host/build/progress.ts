import type { LineRange } from './dockerfile/dockerfile-error.ts';
import type { LintWarning } from './dockerfile/lint-rules.ts';

/** A step of a build, as the progress knows it. Times are milliseconds since 1970. */
export interface VertexProgress {
  readonly digest: string;
  readonly name: string;
  readonly started?: number;
  readonly completed?: number;
  readonly cached?: boolean;
  /** Why it failed, or `context canceled`. */
  readonly error?: string;
}

/** A part of a step. */
export interface StatusProgress {
  readonly id: string;
  readonly vertex: string;
  /** Bytes so far, and of how many; 0 where they are not counted. */
  readonly current: number;
  readonly total: number;
  readonly started: number;
  readonly completed?: number;
}

/** What a command wrote. */
export interface LogProgress {
  readonly vertex: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly at: number;
}

/** What the build warns of. */
export interface WarningProgress {
  readonly vertex: string;
  /** Such as `JSONArgsRecommended: … (line 3)`. */
  readonly short: string;
  readonly detail: string;
  readonly url: string;
  readonly location: LineRange;
}

/** What happened in a build since the last message (SolveStatus of moby/buildkit). */
export interface BuildProgress {
  readonly vertexes?: readonly VertexProgress[];
  readonly statuses?: readonly StatusProgress[];
  readonly logs?: readonly LogProgress[];
  readonly warnings?: readonly WarningProgress[];
}

/** A part of the Dockerfile that an error is about. */
export interface ErrorSource {
  readonly filename: string;
  readonly text: string;
  readonly location: LineRange;
}

/** What a check of the Dockerfile alone found. */
export interface LintResult {
  readonly warnings: readonly LintWarning[];
  readonly text: string;
  /** Why it could not be built at all. */
  readonly failure?: { readonly message: string; readonly locations: readonly LineRange[] };
}

/** A message of the answer to a build: progress (in life in protobuf), the image, or why there is none. */
export type BuildMessage =
  | { readonly id: 'moby.buildkit.trace'; readonly aux: BuildProgress }
  | { readonly id: 'moby.buildkit.lint'; readonly aux: LintResult }
  | { readonly id: 'moby.image.id'; readonly aux: { readonly ID: string } }
  | {
      readonly error: string;
      readonly errorDetail: { readonly message: string; readonly sources: readonly ErrorSource[] };
    };
