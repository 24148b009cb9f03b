import type { RunCommand } from '../context.ts';
import { runConfig } from './commands/config.ts';
import { runCp } from './commands/cp.ts';
import { runDown } from './commands/down.ts';
import { runExec } from './commands/exec.ts';
import { runImages } from './commands/images.ts';
import { runBuild, runPull, runPush } from './commands/images-commands.ts';
import { runLogs } from './commands/logs.ts';
import { runLs } from './commands/ls.ts';
import {
  runAttach,
  runCreate,
  runEvents,
  runPort,
  runStats,
  runVersion,
  runVolumes,
  runWait,
} from './commands/other-commands.ts';
import { runPs } from './commands/ps.ts';
import { runRun } from './commands/run.ts';
import { runScale } from './commands/scale.ts';
import { pausing, runKill, runRestart, runRm, runStart, runStop } from './commands/start-stop.ts';
import { runTop } from './commands/top.ts';
import { runUp } from './commands/up.ts';
import { refusingDryRun } from './dry-run.ts';

/** What compose does, by the name of the command. */
export const composeCommands: Readonly<Record<string, RunCommand>> = refusingDryRun({
  'compose attach': runAttach,
  'compose build': runBuild,
  'compose config': runConfig,
  'compose cp': runCp,
  'compose create': runCreate,
  'compose down': runDown,
  'compose events': runEvents,
  'compose exec': runExec,
  'compose images': runImages,
  'compose kill': runKill,
  'compose logs': runLogs,
  'compose ls': runLs,
  'compose pause': pausing('pause'),
  'compose port': runPort,
  'compose ps': runPs,
  'compose pull': runPull,
  'compose push': runPush,
  'compose restart': runRestart,
  'compose rm': runRm,
  'compose run': runRun,
  'compose scale': runScale,
  'compose start': runStart,
  'compose stats': runStats,
  'compose stop': runStop,
  'compose top': runTop,
  'compose unpause': pausing('unpause'),
  'compose up': runUp,
  'compose version': runVersion,
  'compose volumes': runVolumes,
  'compose wait': runWait,
});
