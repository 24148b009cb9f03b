import { listFolder, now, put, readFile, type Steps } from '../effects.ts';
import { configPath } from './config-file.ts';
import type { DockerContext } from './context.ts';
import { CommandFailure } from './failures.ts';

/** As whom files are put is up to the machine. */
const owner = '1000:1000';

/**
 * Writes a file of the settings that only the learner can read, with the folders above it.
 *
 * @throws CommandFailure where it cannot be written
 */
export function* save(path: string, text: string): Steps<void> {
  const at = yield* now();
  const parts = path.split('/');
  for (let length = 2; length < parts.length; length++) {
    const folder = parts.slice(0, length).join('/');
    if ((yield* listFolder(folder)) === undefined) {
      yield* put(folder, { kind: 'folder', mode: 0o700, owner, at });
    }
  }
  const failure = yield* put(path, { kind: 'file', content: text, mode: 0o600, owner, at });
  if (failure !== undefined) throw new CommandFailure(`open ${path}: ${failure.toLowerCase()}`);
}

/**
 * Writes the settings anew with some of them changed; a setting that is undefined is left out.
 *
 * @throws CommandFailure where the file cannot be read
 */
export function* changeConfig(
  context: DockerContext,
  changes: Readonly<Record<string, unknown>>,
): Steps<void> {
  const path = configPath(context);
  const before = settingsIn((yield* readFile(path)) ?? '{}', path);
  yield* save(path, JSON.stringify({ auths: {}, ...before, ...changes }, null, '\t'));
}

function settingsIn(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailure(`error loading config file: ${path}: invalid JSON`);
  }
}
