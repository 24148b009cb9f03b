import type { CommonOptions } from '../../help.ts';

export interface MapOptions extends CommonOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly all?: boolean;
  readonly category?: string;
  readonly grade?: string;
  /** `yaml`, `commands`, or `dir=<folder>`. */
  readonly output?: string;
  readonly as?: 'deployment' | 'pod' | 'job' | 'statefulset';
  readonly kubernetes: '1.32' | '1.33' | '1.34' | '1.35' | '1.36';
  readonly force?: boolean;
  readonly history?: boolean;
}

/** What a compose line says beside its files. */
export interface ComposeChoice {
  readonly profiles?: readonly string[];
  readonly name?: string;
  readonly envFiles?: readonly string[];
}
