/** Lines that a real client treats otherwise than the built-in one, and why that is right. */
export interface ClientDifference {
  /** Only clients before this version. */
  readonly before?: number;
  readonly line: RegExp;
  /** What is not compared. */
  readonly of: 'output' | 'requests' | 'both';
  readonly because: string;
}

/** What differs in every version. */
const always: readonly ClientDifference[] = [
  {
    line: /^docker (version|info|system info)/,
    of: 'both',
    because: 'the client says what it is itself, and which plugins it has',
  },
  {
    line: /^docker (context|--context)/,
    of: 'both',
    because: 'DOCKER_HOST, by which the client finds the served engine, takes precedence over contexts',
  },
  {
    line: /^docker attach( --no-stdin)? (web|nothing)$/,
    of: 'requests',
    because: 'the real client asks two things at once, and ours stops where the first is refused',
  },
  {
    line: /^docker (service (create|inspect|scale)|node inspect|swarm unlock-key|checkpoint)/,
    of: 'requests',
    because: 'only the refusal is simulated of what needs a swarm, or an experimental engine',
  },
  {
    line: /--mount type=volume,source=x busybox/,
    of: 'requests',
    because: 'a mount without a target is refused while the line is read, in the words of the engine',
  },
  {
    line: /^docker import /,
    of: 'output',
    because: 'the id of an image that is made from an archive depends on the bytes of the archive',
  },
];

/** What versions before 29 do otherwise. */
const before29: readonly ClientDifference[] = [
  {
    line: /^docker (images|image ls)\b(?!.*(--format|--no-trunc|--digests| -q))/,
    of: 'both',
    because: 'the list of images has another layout since 29, and so asks for their manifests',
  },
  {
    line: /^docker images --format '\{\{\.Repository\}\}:\{\{\.Tag\}\}'$/,
    of: 'output',
    because: 'names that an image has of the same moment come in an order of chance',
  },
  {
    line: /^docker trust/,
    of: 'both',
    because: 'content trust left the client with 29',
  },
  {
    line: /^docker rm -f web$/,
    of: 'output',
    because: 'it complained of a container that is not there, also when that was no failure',
  },
  {
    line: /^docker (logs|exec|stats|system df -v)/,
    of: 'requests',
    because: 'it said what is usual anyway: tail=all, Detach=false, stream=0; the verbose form of df is new',
  },
  {
    line: /^docker (network create --subnet (nonsense|10\.3\.0(\.0)?(\/\d+)? wrong)|pull --platform nonsense)/,
    of: 'both',
    because: 'the client left it to the engine to find this, or the other way round',
  },
  {
    line: /^docker .*--detach-keys (nonsense|ctrl-1) /,
    of: 'both',
    because: 'it looked at the keys where it had a use for them only',
  },
  {
    line: /^docker (rename one ""|port checked (99999|\/tcp)|import --platform nonsense|network create --subnet (300\.1|10\.1\.0\.0 x))/,
    of: 'both',
    because: 'the client left it to the engine to find this, or the other way round',
  },
  {
    line: /^docker run --rm --platform nonsense /,
    of: 'output',
    because: 'it said that it could not parse the platform',
  },
  {
    line: /^docker images .*--format json/,
    of: 'output',
    because: 'it also had a field VirtualSize',
  },
  {
    line: /^docker network ls .*(\.Labels|--format json)/,
    of: 'output',
    because: 'it wrote labels in any order',
  },
  {
    line: /^docker run .*--mount type=volume,source=x /,
    of: 'both',
    because: 'it refused a mount without a target itself',
  },
];

export const clientDifferences: readonly ClientDifference[] = [
  ...always,
  ...before29.map((each) => ({ ...each, before: 29 })),
];

/** Words of 29, and those that versions before it had for the same. */
const olderWords: readonly (readonly [RegExp, string])[] = [
  [/^error: no such object:/gm, 'Error: No such object:'],
  [/^failed to start containers:/gm, 'Error: failed to start containers:'],
  [/^cannot attach to a stopped container/gm, 'You cannot attach to a stopped container'],
  [/^cannot attach to a paused container/gm, 'You cannot attach to a paused container'],
  [/^cannot attach stdin to a TTY-enabled container because .*$/gm, 'the input device is not a TTY'],
  [/^no public port /gm, 'Error: No public port '],
  [
    /^invalid port '(.*)': invalid syntax/gm,
    'Error: invalid port ($1): strconv.ParseUint: parsing "$1": invalid syntax',
  ],
  [/^error parsing reference:/gm, 'Error parsing reference:'],
  [
    /^error: cannot perform an interactive login from a non-TTY/gm,
    'Error: Cannot perform an interactive login from a non TTY',
  ],
  [/^docker: --env-file: open /gm, 'docker: open '],
];

/** What the built-in docker says, in the words of a client of this version. */
export function inWordsOf(version: number, line: string, stderr: string): string {
  if (version >= 29) return stderr;
  const words = olderWords.reduce((text, [newer, older]) => text.replace(newer, older), stderr);
  const [, renamed = ''] = /^docker rename (\S+)/.exec(line) ?? [];
  return words
    .replace(/^failed to rename container: (.*)$/gm, `$1\nError: failed to rename container named ${renamed}`)
    .replace(/(?<=at most \d+ arguments?\n\nUsage: .*\n\n)Run '/, "SRun '");
}
