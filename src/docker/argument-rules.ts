import { cut, parseFields } from './go-values.ts';
import { parseImage } from './images.ts';
import { parseRestart } from './limits.ts';
import { DockerRefusal, reworded } from './refusal.ts';
import { wrongNetwork } from './wrong-network.ts';

/** What a rule looks at: the arguments, and the last value of each flag given. */
export interface Given {
  readonly args: readonly string[];
  readonly flag: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  /** Names of the flags given. */
  readonly flags: readonly string[];
}

/** Gives the refusal, or nothing. */
type Rule = (given: Given) => DockerRefusal | undefined;

function refusal(message: string, hint: string): DockerRefusal {
  return new DockerRefusal(message, hint);
}

/** A path inside a container has a name and a colon before it; `.` and `/` begin one that is not. */
function isInContainer(path: string): boolean {
  return !/^[./]/.test(path) && cut(path, ':')[2];
}

function availability({ flag }: Given): DockerRefusal | undefined {
  const given = flag('--availability')?.toLowerCase();
  if (given === undefined || ['active', 'pause', 'drain'].includes(given)) return undefined;
  return refusal(
    `invalid availability ${JSON.stringify(given)}, only active, pause and drain are supported`,
    'Choose one of these three.',
  );
}

function allTags({ args, flag }: Given): DockerRefusal | undefined {
  const [name = ''] = args;
  const image = parseImage(name);
  if (flag('--all-tags') !== 'true' || (image.tag === '' && image.digest === '')) return undefined;
  return refusal("tag can't be used with --all-tags/-a", 'Leave the tag out, or the flag.');
}

function scales({ all }: Given): DockerRefusal | undefined {
  const wrong = all('--scale').find((text) => !/^[^=]+=[+-]?\d{1,18}$/.test(text));
  if (wrong === undefined) return undefined;
  return refusal(
    `invalid --scale option ${JSON.stringify(wrong)}. Should be SERVICE=NUM`,
    'Write service=number, such as web=3.',
  );
}

/** The name of a context, and the keys of its endpoint. */
function context({ args: [name = ''], all }: Given): DockerRefusal | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name)) {
    return refusal(
      `context name ${JSON.stringify(name)} is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"`,
      'Two characters or more: letters, digits, and _ . + - after the first.',
    );
  }
  const known = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify'];
  const keys = all('--docker').flatMap((text) => parseFields(text).map((field) => cut(field, '=')[0]));
  const unknown = keys.find((key) => !known.includes(key));
  return unknown === undefined
    ? undefined
    : refusal(
        `unable to create docker endpoint config: unrecognized config key: ${unknown}`,
        `Keys are ${known.join(', ')}.`,
      );
}

/** What `docker inspect` looks for. */
const inspectTypes: readonly string[] = [
  'config',
  'container',
  'image',
  'network',
  'node',
  'plugin',
  'secret',
  'service',
  'task',
  'volume',
];

/** What the commands of docker/cli refuse before they ask the daemon, beside flags and numbers of arguments. */
const rules: Readonly<Record<string, Rule>> = {
  'docker container cp': ({ args: [from = '', to = ''] }) => {
    if (from === '') return refusal('source can not be empty', 'Name what to copy.');
    if (to === '') return refusal('destination can not be empty', 'Name where to copy it.');
    const containers = [from, to].filter(isInContainer).length;
    if (containers === 1) return undefined;
    return containers === 2
      ? refusal('copying between containers is not supported', 'Copy to your machine first, and from there.')
      : refusal('must specify at least one container source', 'Write container:/path for one of the two.');
  },
  'docker container commit': ({ flag }) =>
    flag('--pause') !== undefined && flag('--no-pause') !== undefined
      ? refusal('conflicting options: --no-pause and --pause cannot be used together', 'Leave --pause out.')
      : undefined,
  'docker container start': ({ args, flag }) => {
    const attaches = flag('--attach') === 'true' || flag('--interactive') === 'true';
    if (attaches && args.length > 1) {
      return refusal('you cannot start and attach multiple containers at once', 'Name one container.');
    }
    return (flag('--checkpoint') ?? '') !== '' && args.length > 1
      ? refusal('you cannot restore multiple containers at once', 'Name one container.')
      : undefined;
  },
  'docker container update': ({ flags, flag }) => {
    parseRestart(flag('--restart') ?? '');
    return flags.length === 0
      ? refusal(
          'you must provide one or more flags when using this command',
          'Say what to change, such as --memory 1g.',
        )
      : undefined;
  },
  'docker compose run': ({ flag, all }) =>
    flag('--service-ports') === 'true' && all('--publish').length > 0
      ? refusal('--service-ports and --publish are incompatible', 'Leave one of them out.')
      : undefined,
  'docker compose create': scales,
  'docker compose up': scales,
  'docker context create': context,
  'docker image pull': allTags,
  'docker image push': allTags,
  'docker image tag': ({ args }) => {
    for (const arg of args) {
      const what = `error parsing reference: ${JSON.stringify(arg)} is not a valid repository/tag`;
      reworded(
        () => parseImage(arg),
        ({ message, hint }) => refusal(`${what}: ${message}`, hint),
      );
    }
    return undefined;
  },
  'docker inspect': ({ flag }) => {
    const type = flag('--type');
    if (type === undefined || inspectTypes.includes(type)) return undefined;
    const wrong = type === '' ? 'type is empty' : `unknown type: ${JSON.stringify(type)}`;
    return refusal(
      `${wrong}: must be one of "${inspectTypes.join('", "')}"`,
      `It is one of ${inspectTypes.join(', ')}.`,
    );
  },
  'docker login': ({ flag }) => {
    const stdin = flag('--password-stdin') === 'true';
    if (stdin && (flag('--password') ?? '') !== '') {
      return refusal(
        'conflicting options: cannot specify both --password and --password-stdin',
        'Leave --password out: it stays in the history of your shell.',
      );
    }
    return stdin && (flag('--username') ?? '') === ''
      ? refusal('the --password-stdin option requires --username to be set', 'Add --username.')
      : undefined;
  },
  'docker service inspect': ({ flag }) =>
    flag('--pretty') === 'true' && (flag('--format') ?? '') !== ''
      ? refusal('--format is incompatible with human friendly format', 'Leave one of them out.')
      : undefined,
  'docker network create': ({ all }) => {
    const wrong = all('--subnet').flatMap(parseFields).map(wrongNetwork).find(Boolean);
    return wrong === undefined
      ? undefined
      : refusal(wrong, 'Give an address and a length, such as 10.0.0.0/24.');
  },
  'docker plugin enable': ({ flag }) =>
    (flag('--timeout') ?? '').startsWith('-')
      ? refusal(`negative timeout ${flag('--timeout')} is invalid`, 'Give 0 or more seconds.')
      : undefined,
  'docker secret create': ({ args, flag }) => {
    const driver = flag('--driver') ?? '';
    if (driver !== '' && args.length > 1) {
      return refusal('when using secret driver secret data must be empty', 'Leave the file out.');
    }
    return driver === '' && args.length < 2
      ? refusal('secret file is required', 'Name the file, or - for what comes from a pipe.')
      : undefined;
  },
  'docker service scale': ({ args }) => {
    for (const arg of args) {
      const [service, replicas] = cut(arg, '=');
      if (service === '' || replicas === '') {
        return refusal(`invalid scale specifier '${arg}'`, 'Write service=number, such as web=3.');
      }
    }
    // The client scales those it can, and says of the others what is wrong.
    const wrong = args.filter((arg) => !/^\d{1,19}$/.test(cut(arg, '=')[1]));
    const [service = '', replicas = ''] = cut(wrong[0] ?? '', '=');
    return wrong.length === args.length
      ? refusal(
          `${service}: invalid replicas value ${replicas}: strconv.ParseUint: parsing ${JSON.stringify(replicas)}: invalid syntax`,
          'Give a number.',
        )
      : undefined;
  },
  'docker swarm init': availability,
  'docker swarm join': availability,
  'docker swarm join-token': ({ args: [role = ''] }) =>
    role === 'worker' || role === 'manager'
      ? undefined
      : refusal(`unknown role ${role}`, 'It is worker or manager.'),
  'docker system prune': ({ flag, all }) =>
    flag('--volumes') === 'true' && all('--filter').some((filter) => filter.startsWith('until='))
      ? refusal('ERROR: The "until" filter is not supported with "--volumes"', 'Leave one of them out.')
      : undefined,
  'docker volume create': ({ args, flag }) =>
    args.length > 0 && (flag('--name') ?? '') !== ''
      ? refusal(
          'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
          'Leave --name out.',
        )
      : undefined,
};

/** Refuses what a command refuses by itself: a copy without a container, a role that is none. */
export function checkArguments(command: string, given: Given): void {
  const refused = Object.hasOwn(rules, command) ? rules[command]?.(given) : undefined;
  if (refused) throw refused;
}
