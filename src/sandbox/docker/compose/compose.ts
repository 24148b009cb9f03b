import type { DockerContext } from '../context.ts';
import { Progress } from './progress/progress.ts';

/** What the parts of compose work with. */
export interface Compose {
  readonly context: DockerContext;
  readonly progress: Progress;
}

/** What a command of compose is run with. */
export function composeOf(context: DockerContext): Compose {
  return { context, progress: new Progress(context) };
}
