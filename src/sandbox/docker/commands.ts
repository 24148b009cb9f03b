import { buildCommands } from './build/build-commands.ts';
import { composeCommands } from './compose/compose-commands.ts';
import { containerCommands } from './containers/container-commands.ts';
import type { RunCommand } from './context.ts';
import { contextCommands } from './contexts/context-commands.ts';
import { imageCommands } from './images/image-commands.ts';
import { networkCommands } from './networks/network-commands.ts';
import { registryCommands } from './registry/registry-commands.ts';
import { systemCommands } from './system/system-commands.ts';
import { volumeCommands } from './volumes/volume-commands.ts';

/**
 * Every command that is simulated, by its canonical name without `docker`. Each family has a table of its own
 * in its folder.
 */
export const commands: Readonly<Record<string, RunCommand>> = {
  ...buildCommands,
  ...containerCommands,
  ...contextCommands,
  ...imageCommands,
  ...networkCommands,
  ...registryCommands,
  ...systemCommands,
  ...volumeCommands,
  ...composeCommands,
};
