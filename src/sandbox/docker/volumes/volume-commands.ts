import type { RunCommand } from '../context.ts';
import { runCreate, runInspect, runPrune, runRemove, runUpdate } from './change.ts';
import { runList } from './list.ts';

/** The commands of `docker volume`. */
export const volumeCommands: Readonly<Record<string, RunCommand>> = {
  'volume create': runCreate,
  'volume inspect': runInspect,
  'volume ls': runList,
  'volume prune': runPrune,
  'volume rm': runRemove,
  'volume update': runUpdate,
};
