import { parseImage } from '../../docker/images.ts';
import { parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { joinWords } from '../../docker/words.ts';
import { libraryTags } from '../../sandbox/images/library.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { shortName, shownTags } from '../../sandbox/shell/help/help-images.ts';
import { laptopHost } from '../../sandbox/shell/laptop/laptop.ts';

const pulling = new Set(['docker container run', 'docker container create', 'docker image pull']);

/**
 * Why a line that wanted an image has failed, where the sandbox is to blame: real registries have more images
 * than the simulated ones.
 *
 * @param words of a line that has failed
 * @returns one line without an end; undefined where it was something else
 */
export function missingImage(words: readonly string[], sandbox: Sandbox): string | undefined {
  const image = imageOf(words);
  if (image === undefined || sandbox.runtime.findImage(laptopHost, image)) return undefined;
  const { registry, repository, tag } = parseImage(image);
  const name = shortName(`${registry}/${repository}`);
  const tags = libraryTags(`${registry}/${repository}`);
  if (tags.includes(tag || 'latest') || registry === teamRegistry) return undefined;
  if (tags.length === 0)
    return `The registries of the sandbox have no ${name}; help images lists what they have`;
  return `The sandbox has ${name} with these tags among others: ${shownTags(tags)}`;
}

/** The registry that the learner's team runs: what is not there, nobody has pushed. */
const teamRegistry = 'registry.example.com';

function imageOf(words: readonly string[]): string | undefined {
  try {
    const { command, args } = parseDocker(joinWords(words).words);
    return pulling.has(command) ? args[0] : undefined;
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}
