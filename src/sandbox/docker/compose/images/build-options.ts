import type { DockerContext } from '../../context.ts';
import type { BuildOptions } from './build.ts';

/** How images are built, as flags of `build`, `up` and `run` say. */
export function buildOptionsOf({ flags, command }: DockerContext): BuildOptions {
  return {
    noCache: flags.on('--no-cache'),
    pull: command.command === 'docker compose build' && flags.on('--pull'),
    isQuiet: flags.on('--quiet-build') || (command.command === 'docker compose build' && flags.on('--quiet')),
    args: flags.texts('--build-arg'),
  };
}
