import type { RunCommand } from '../context.ts';
import { runAttach } from './attach.ts';
import { runCommit, runExport } from './commit.ts';
import { runCopy } from './cp.ts';
import { runCreate } from './create.ts';
import { runExec } from './exec.ts';
import { runContainerInspect, runInspect } from './inspect.ts';
import { runLogs } from './logs.ts';
import { runList } from './ls.ts';
import { runPort } from './port.ts';
import { runPrune } from './prune.ts';
import { runRun } from './run.ts';
import { runKill, runPause, runRemove, runRestart, runStop, runUnpause, runWait } from './several.ts';
import { runDiff, runRename, runTop } from './small-commands.ts';
import { runStart } from './start.ts';
import { runStats } from './stats.ts';
import { runUpdate } from './update.ts';

/** The commands of `docker container`, and `docker inspect`. */
export const containerCommands: Readonly<Record<string, RunCommand>> = {
  inspect: runInspect,
  'container attach': runAttach,
  'container commit': runCommit,
  'container cp': runCopy,
  'container create': runCreate,
  'container diff': runDiff,
  'container exec': runExec,
  'container export': runExport,
  'container inspect': runContainerInspect,
  'container kill': runKill,
  'container logs': runLogs,
  'container ls': runList,
  'container pause': runPause,
  'container port': runPort,
  'container prune': runPrune,
  'container rename': runRename,
  'container restart': runRestart,
  'container rm': runRemove,
  'container run': runRun,
  'container start': runStart,
  'container stats': runStats,
  'container stop': runStop,
  'container top': runTop,
  'container unpause': runUnpause,
  'container update': runUpdate,
  'container wait': runWait,
};
