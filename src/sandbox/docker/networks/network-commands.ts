import type { RunCommand } from '../context.ts';
import { runConnect, runDisconnect, runInspect, runPrune, runRemove } from './change.ts';
import { runCreate } from './create.ts';
import { runList } from './list.ts';

/** The commands of `docker network`. */
export const networkCommands: Readonly<Record<string, RunCommand>> = {
  'network connect': runConnect,
  'network create': runCreate,
  'network disconnect': runDisconnect,
  'network inspect': runInspect,
  'network ls': runList,
  'network prune': runPrune,
  'network rm': runRemove,
};
