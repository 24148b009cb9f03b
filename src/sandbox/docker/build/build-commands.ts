import type { RunCommand } from '../context.ts';
import { runBuild } from './build.ts';
import { runDiskUsage, runPrune } from './build-cache.ts';
import { runBuilders, runInspectBuilder, runVersion } from './buildx.ts';

/** The commands that build, and those that look after what builds leave behind. */
export const buildCommands: Readonly<Record<string, RunCommand>> = {
  'builder prune': runPrune,
  'buildx build': runBuild,
  'buildx du': runDiskUsage,
  'buildx inspect': runInspectBuilder,
  'buildx ls': runBuilders,
  'buildx prune': runPrune,
  'buildx version': runVersion,
  'image build': runBuild,
};
