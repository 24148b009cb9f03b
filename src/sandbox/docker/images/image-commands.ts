import type { RunCommand } from '../context.ts';
import { runImagePrune } from '../system/prune.ts';
import { runImport, runLoad, runSave } from './archives.ts';
import { runRemove, runTag } from './change.ts';
import { runHistory } from './history.ts';
import { runInspect } from './inspect.ts';
import { runList } from './list.ts';
import { runPull, runPush } from './transfer.ts';

/** The commands of `docker image`, but `docker image build`. */
export const imageCommands: Readonly<Record<string, RunCommand>> = {
  'image history': runHistory,
  'image import': runImport,
  'image inspect': runInspect,
  'image load': runLoad,
  'image ls': runList,
  'image prune': runImagePrune,
  'image pull': runPull,
  'image push': runPush,
  'image rm': runRemove,
  'image save': runSave,
  'image tag': runTag,
};
