import type { Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { inspect } from '../format/inspect.ts';
import { platformJson } from './transfer.ts';

/** `docker image inspect`. */
export function* runInspect({ flags, args }: DockerContext): Steps<number> {
  const given = flags.text('--platform');
  const platform = given === '' ? undefined : platformJson(given);
  return yield* inspect(args, flags.text('--format'), function* (name) {
    const value = yield* ask('GET', `/images/${name}/json`, { query: { platform } });
    return { value, type: 'image.InspectResponse' };
  });
}
