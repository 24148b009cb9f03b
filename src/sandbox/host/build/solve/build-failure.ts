import type { ErrorSource } from '../progress.ts';

/** Why a build gives no image; the message is what stands behind `failed to solve: `. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  readonly sources: readonly ErrorSource[];

  constructor(message: string, sources: readonly ErrorSource[] = []) {
    super(message);
    this.sources = sources;
  }
}
