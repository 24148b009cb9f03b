import { cut, parseDecimal } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A limit of a process, as the API has it. */
export interface Ulimit {
  readonly Name: string;
  readonly Soft: number;
  readonly Hard: number;
}

const names =
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  );
const howToLimit = 'Write name=soft[:hard], such as nofile=1024:2048; -1 is no limit.';

/** A value of `--ulimit`: `nofile=1024:2048` (ParseUlimit of github.com/docker/go-units). */
export function parseUlimit(text: string): Ulimit {
  const [name, limits, found] = cut(text, '=');
  if (!found) throw new DockerRefusal(`invalid ulimit argument: ${text}`, howToLimit);
  if (!names.includes(name)) {
    throw new DockerRefusal(`invalid ulimit type: ${name}`, `It is one of ${names.join(', ')}.`);
  }
  const values = limits.split(':');
  if (values.length > 2) {
    throw new DockerRefusal(
      `too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``,
      howToLimit,
    );
  }
  const [soft = 0, hard = soft] = values.map(readLimit);
  if (hard !== -1 && (soft === -1 || soft > hard)) {
    throw new DockerRefusal(
      `ulimit soft limit must be less than or equal to hard limit: ${soft === -1 ? 'soft: -1 (unlimited), hard:' : `${soft} >`} ${hard}`,
      'Raise the second number, or lower the first.',
    );
  }
  return { Name: name, Soft: soft, Hard: hard };
}

function readLimit(text: string): number {
  const value = parseDecimal(text);
  if (value !== undefined) return Number(value);
  throw new DockerRefusal(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`, howToLimit);
}

/** When docker starts a container again. */
export interface RestartPolicy {
  readonly Name: string;
  readonly MaximumRetryCount: number;
}

/**
 * A value of `--restart`: `no`, `always`, `unless-stopped`, `on-failure:5` (ParseRestartPolicy of docker/cli
 * opts). The client passes names it does not know on to the daemon; so does this.
 */
export function parseRestart(text: string): RestartPolicy {
  const [name, count, found] = cut(text, ':');
  if (found && name === '') {
    throw new DockerRefusal(
      'invalid restart policy format: no policy provided before colon',
      'Write on-failure:5, or one of no, always and unless-stopped.',
    );
  }
  const retries = count === '' ? 0n : parseDecimal(count);
  if (retries === undefined) {
    throw new DockerRefusal(
      'invalid restart policy format: maximum retry count must be an integer',
      'Write on-failure:5.',
    );
  }
  return { Name: name, MaximumRetryCount: Number(retries) };
}
