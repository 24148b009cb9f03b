import { join } from 'node:path';
import type { Io } from '../../io.ts';
import { stateDirectory } from '../../learner/state-directory.ts';
import { WorldFile } from '../../learner/world-file.ts';

/** Where a world is kept. */
export interface WorldPlace {
  readonly file: WorldFile | undefined;
  /** Whether the learner has named the file: then it is never put aside. */
  readonly isNamed: boolean;
  /** What it is called: "the sandbox's world". */
  readonly name: string;
  /** How another place is named. */
  readonly another: string;
}

/**
 * The place of a world of its own, beside the learner's: that of a lab, or of the tasks of a lesson.
 *
 * @param folder below the directory of the learner's state
 * @param of what it is, such as `lab`
 */
export function placeBeside(io: Io, folder: string, of: string, id: string): WorldPlace {
  const directory = stateDirectory(io);
  return {
    file: directory === undefined ? undefined : new WorldFile(join(directory, folder, `${id}.json`)),
    isNamed: false,
    name: `the world of the ${of} ${id}`,
    another: 'Set K8S_DOCKER_TUTOR_STATE to another directory.',
  };
}
