import type { EngineEvent } from '../../host/events.ts';
import { exitMeaning } from '../findings/exit-code.ts';
import type { Step } from './account.ts';

/** What the Docker Engine did, in order, from what it told of it. */
export function dockerSteps(events: readonly EngineEvent[]): readonly Step[] {
  return events.flatMap((event): Step[] => {
    const did = told(event);
    if (did === undefined) return [];
    const code = Number(event.attributes.exitCode);
    const isTrouble =
      event.action === 'oom' ||
      event.action === 'health_status: unhealthy' ||
      (event.action === 'die' && ![0, 130, 137, 143].includes(code));
    return [{ at: event.at, who: 'Docker Engine', did, isTrouble }];
  });
}

/** @returns undefined for what is not worth telling */
function told(event: EngineEvent): string | undefined {
  const { type, action, id, attributes } = event;
  const { name = id, container = '' } = attributes;
  switch (`${type} ${action}`) {
    case 'image pull':
      return `pulled ${id}`;
    case 'image push':
      return `pushed ${id}`;
    case 'image tag':
      return `gave an image the name ${name}`;
    case 'image untag':
      return `took the name ${name} from an image`;
    case 'image delete':
      return `removed the image ${name}`;
    case 'network create':
      return `made network ${name}`;
    case 'network destroy':
      return `removed network ${name}`;
    case 'network connect':
      return usualNetworks.includes(name)
        ? undefined
        : `put container ${container.slice(0, 12)} on network ${name}`;
    case 'volume create':
      return `made volume ${id}`;
    case 'volume destroy':
      return `removed volume ${id}`;
    default:
      return type === 'container' ? toldOfContainer(event) : undefined;
  }
}

/** Networks on which a container is without being put there. */
const usualNetworks = ['bridge', 'host', 'none'];

function toldOfContainer({ action, attributes }: EngineEvent): string | undefined {
  const { name, image, exitCode, signal } = attributes;
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
      return `sent signal ${signal} to container ${name}`;
    case 'pause':
      return `paused container ${name}`;
    case 'unpause':
      return `let container ${name} go on`;
    case 'destroy':
      return `removed container ${name}`;
    case 'rename':
      return `gave a container the name ${name}`;
    default: {
      const [, health] = /^health_status: (\w+)$/.exec(action) ?? [];
      return health && `found container ${name} ${health}, by its health check`;
    }
  }
}
