import type { EngineEvent } from '../../host/events.ts';
import { exitMeaning } from '../findings/exit-code.ts';
import type { Step } from './account.ts';

/** What the Docker Engine did, in order, from what it told of it. */
export function dockerSteps(events: readonly EngineEvent[]): readonly Step[] {
  return events.flatMap((event): Step[] => {
    const did = told(event);
    if (did === undefined) return [];
    const code = Number(event.attributes.exitCode ?? 0);
    const isTrouble =
      event.action === 'oom' ||
      event.action === 'health_status: unhealthy' ||
      (event.action === 'die' && ![0, 130, 137, 143].includes(code));
    return [{ at: event.at, who: 'Docker Engine', did, isTrouble }];
  });
}

/** @returns undefined for what is not worth telling */
function told({ type, action, id, attributes }: EngineEvent): string | undefined {
  const { name = id, image = '', exitCode = '0', signal, container = '' } = attributes;
  if (type === 'container') {
    switch (action) {
      case 'create':
        return `made container ${name} from ${image}`;
      case 'start':
        return `started container ${name}`;
      case 'die': {
        const meaning = exitMeaning(Number(exitCode));
        return `saw container ${name} end with exit code ${exitCode}${meaning ? `: ${meaning}` : ''}`;
      }
      case 'oom':
        return `saw container ${name} use more memory than its limit`;
      case 'kill':
        return `sent signal ${signal ?? ''} to container ${name}`;
      case 'pause':
        return `paused container ${name}`;
      case 'unpause':
        return `let container ${name} go on`;
      case 'destroy':
        return `removed container ${name}`;
      case 'rename':
        return `gave a container the name ${name}`;
      default:
    }
    const [, health] = /^health_status: (\w+)$/.exec(action) ?? [];
    return health === undefined ? undefined : `found container ${name} ${health}, by its health check`;
  }
  if (type === 'image') {
    if (action === 'pull') return `pulled ${id}`;
    if (action === 'push') return `pushed ${id}`;
    if (action === 'tag') return `gave an image the name ${name}`;
    if (action === 'delete') return `removed the image ${name}`;
    return undefined;
  }
  if (type === 'network') {
    if (action === 'create') return `made network ${name}`;
    if (action === 'destroy') return `removed network ${name}`;
    if (action === 'connect' && name !== 'bridge' && name !== 'host' && name !== 'none') {
      return `put container ${container.slice(0, 12)} on network ${name}`;
    }
    return undefined;
  }
  if (type === 'volume' && action === 'create') return `made volume ${id}`;
  if (type === 'volume' && action === 'destroy') return `removed volume ${id}`;
  return undefined;
}
