import type { RunCommand } from '../context.ts';
import { runCreate, runRemove, runUpdate, runUse } from './change.ts';
import { runInspect, runList, runShow } from './show.ts';

/** The commands of `docker context`. */
export const contextCommands: Readonly<Record<string, RunCommand>> = {
  'context create': runCreate,
  'context inspect': runInspect,
  'context ls': runList,
  'context rm': runRemove,
  'context show': runShow,
  'context update': runUpdate,
  'context use': runUse,
};
