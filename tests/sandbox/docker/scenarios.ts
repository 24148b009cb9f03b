import type { Scenario } from './scenario.ts';
import { addresses } from './scenarios/addresses.ts';
import { buildCache } from './scenarios/build-cache.ts';
import { buildWarnings } from './scenarios/build-warnings.ts';
import { builds } from './scenarios/builds.ts';
import { clientCorners } from './scenarios/client-corners.ts';
import { clientEdges } from './scenarios/client-edges.ts';
import { composeBuild } from './scenarios/compose-build.ts';
import { composeChanges } from './scenarios/compose-changes.ts';
import { composeCorners } from './scenarios/compose-corners.ts';
import { composeDependencies } from './scenarios/compose-dependencies.ts';
import { composeDetails } from './scenarios/compose-details.ts';
import { composeEdges } from './scenarios/compose-edges.ts';
import { composeEnds } from './scenarios/compose-ends.ts';
import { composeFiles } from './scenarios/compose-files.ts';
import { composeImages } from './scenarios/compose-images.ts';
import { composeLooking } from './scenarios/compose-looking.ts';
import { composeRun } from './scenarios/compose-run.ts';
import { composeServices } from './scenarios/compose-services.ts';
import { composeUp } from './scenarios/compose-up.ts';
import { failingBuilds } from './scenarios/failing-builds.ts';
import { formats } from './scenarios/formats.ts';
import { images } from './scenarios/images.ts';
import { lifecycle } from './scenarios/lifecycle.ts';
import { lookingInside } from './scenarios/looking-inside.ts';
import { moreBuilds } from './scenarios/more-builds.ts';
import { moreContainers } from './scenarios/more-containers.ts';
import { moreSystem } from './scenarios/more-system.ts';
import { networks } from './scenarios/networks.ts';
import { nothingThere } from './scenarios/nothing-there.ts';
import { registries } from './scenarios/registries.ts';
import { restartsAndHealth } from './scenarios/restarts-and-health.ts';
import { running } from './scenarios/running.ts';
import { theSystem } from './scenarios/the-system.ts';
import { volumes } from './scenarios/volumes.ts';
import { wrongLines } from './scenarios/wrong-lines.ts';

/** All that is compared. */
export const scenarios: readonly Scenario[] = [
  nothingThere,
  wrongLines,
  running,
  lifecycle,
  lookingInside,
  restartsAndHealth,
  networks,
  addresses,
  formats,
  volumes,
  images,
  registries,
  theSystem,
  builds,
  buildCache,
  buildWarnings,
  failingBuilds,
  composeFiles,
  composeUp,
  composeChanges,
  composeDependencies,
  composeRun,
  composeBuild,
  composeServices,
  composeImages,
  composeLooking,
  moreContainers,
  moreBuilds,
  moreSystem,
  composeEnds,
  composeCorners,
  composeDetails,
  clientCorners,
  clientEdges,
  composeEdges,
];
