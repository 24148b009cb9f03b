import { parse } from 'yaml';
import { dockerCandidates, dockerPlace } from '../../../docker/completion.ts';
import type { EngineRequest } from '../../host/engine/request.ts';
import type { Shell } from '../shell.ts';

/** What the arguments of a command name. */
type Named =
  | 'containers'
  | 'running'
  | 'stopped'
  | 'images'
  | 'networks'
  | 'volumes'
  | 'services'
  | 'contexts';

/** By canonical command; where there are two, the first argument and the others. */
const takes: Readonly<Record<string, readonly [Named, Named?]>> = {
  'docker container attach': ['running'],
  'docker container commit': ['containers'],
  'docker container cp': ['containers'],
  'docker container diff': ['containers'],
  'docker container exec': ['running'],
  'docker container export': ['containers'],
  'docker container inspect': ['containers', 'containers'],
  'docker container kill': ['running', 'running'],
  'docker container logs': ['containers'],
  'docker container pause': ['running', 'running'],
  'docker container port': ['containers'],
  'docker container rename': ['containers'],
  'docker container restart': ['containers', 'containers'],
  'docker container rm': ['containers', 'containers'],
  'docker container run': ['images'],
  'docker container create': ['images'],
  'docker container start': ['stopped', 'stopped'],
  'docker container stats': ['running', 'running'],
  'docker container stop': ['running', 'running'],
  'docker container top': ['running'],
  'docker container unpause': ['running', 'running'],
  'docker container update': ['containers', 'containers'],
  'docker container wait': ['containers', 'containers'],
  'docker inspect': ['containers', 'containers'],
  'docker image history': ['images'],
  'docker image inspect': ['images', 'images'],
  'docker image pull': ['images'],
  'docker image push': ['images'],
  'docker image rm': ['images', 'images'],
  'docker image save': ['images', 'images'],
  'docker image tag': ['images'],
  'docker network connect': ['networks', 'containers'],
  'docker network disconnect': ['networks', 'containers'],
  'docker network inspect': ['networks', 'networks'],
  'docker network rm': ['networks', 'networks'],
  'docker volume inspect': ['volumes', 'volumes'],
  'docker volume rm': ['volumes', 'volumes'],
  'docker context use': ['contexts'],
  'docker context rm': ['contexts', 'contexts'],
  'docker context inspect': ['contexts', 'contexts'],
};

/** Of these the rest of the line is files. */
const takeFiles = ['docker buildx build', 'docker image build', 'docker image load', 'docker image import'];

const flagValues: Readonly<Record<string, Named>> = {
  '--network': 'networks',
  '--volumes-from': 'containers',
};

/**
 * What can follow in a docker line.
 *
 * @param before words up to the one that is typed, the program first
 * @returns undefined where it is a file
 */
export function completeDocker(
  before: readonly string[],
  last: string,
  shell: Shell,
): readonly string[] | undefined {
  const { grammar, subcommands, flag, args } = dockerPlace(before);
  if (flag) {
    const named = flagValues[flag.name];
    if (named) return namesOf(named, shell);
    const known = dockerCandidates(before, last);
    return known.length > 0 ? known : undefined;
  }
  if (last.startsWith('-') || subcommands.length > 0) return dockerCandidates(before, last);
  if (takeFiles.includes(grammar.command)) return undefined;
  if (grammar.command.startsWith('docker compose')) return namesOf('services', shell);
  const [first, rest] = takes[grammar.command] ?? [];
  const named = args.length === 0 ? first : rest;
  if (named === undefined) return grammar.command === 'docker container cp' ? undefined : [];
  const names = namesOf(named, shell);
  // `docker cp` names a file of a container behind a colon.
  return grammar.command === 'docker container cp' ? names.map((name) => `${name}:`) : names;
}

function namesOf(named: Named, shell: Shell): readonly string[] {
  switch (named) {
    case 'containers':
      return containers(shell, { all: '1' });
    case 'running':
      return containers(shell, {});
    case 'stopped':
      return containers(shell, { all: '1', filters: '{"status":{"created":true,"exited":true}}' });
    case 'images':
      return list<{ RepoTags?: readonly string[] }>(shell, '/images/json').flatMap(
        ({ RepoTags }) => RepoTags ?? [],
      );
    case 'networks':
      return list<{ Name: string }>(shell, '/networks').map(({ Name }) => Name);
    case 'volumes': {
      const body = asked(shell, '/volumes', {}) as
        | { Volumes?: readonly { Name: string }[] | null }
        | undefined;
      return (body?.Volumes ?? []).map(({ Name }) => Name);
    }
    case 'contexts':
      return ['default'];
    case 'services':
      return services(shell);
  }
}

function containers(shell: Shell, query: EngineRequest['query']): readonly string[] {
  const found = list<{ Names: readonly string[] }>(shell, '/containers/json', query);
  return found.flatMap(({ Names }) => Names.slice(0, 1).map((name) => name.slice(1)));
}

function list<Item>(shell: Shell, path: string, query: EngineRequest['query'] = {}): readonly Item[] {
  const body = asked(shell, path, query);
  return Array.isArray(body) ? body : [];
}

function asked(shell: Shell, path: string, query: EngineRequest['query']): unknown {
  const response = shell.sandbox.engine.handle({ method: 'GET', path, query, headers: {} });
  return response.status === 200 && 'body' in response ? response.body : undefined;
}

/** The services of the compose file in this folder. */
function services({ laptop }: Shell): readonly string[] {
  const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
  const text = names.map((name) => laptop.read(name)).find((each) => each !== undefined);
  try {
    return Object.keys((parse(text ?? '') as { services?: object } | null)?.services ?? {});
  } catch {
    // A file that does not parse names none.
    return [];
  }
}
