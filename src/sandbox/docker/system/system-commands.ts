import type { RunCommand } from '../context.ts';
import { absentCommands } from './absent.ts';
import { runDiskUsage } from './df.ts';
import { runEvents } from './events.ts';
import { runInfo } from './info.ts';
import { runSystemPrune } from './prune.ts';
import { swarmCommands } from './swarm.ts';
import { runVersion } from './version.ts';

/** The commands of `docker system`, and those that need what this engine is no part of. */
export const systemCommands: Readonly<Record<string, RunCommand>> = {
  'system df': runDiskUsage,
  'system events': runEvents,
  'system info': runInfo,
  'system prune': runSystemPrune,
  version: runVersion,
  ...absentCommands,
  ...swarmCommands,
};
