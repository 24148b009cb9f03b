import type { ApiObject } from '../../cluster/object.ts';
import type { DryRun } from '../changing/dry-run.ts';
import type { Validation } from '../changing/write-query.ts';

/** How objects are applied. */
export interface ApplyManner {
  readonly dryRun: DryRun;
  readonly validation: Validation;
  readonly manager: string;
}

/** What became of an object. */
export interface Applied {
  readonly object: ApiObject;
  readonly operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}
