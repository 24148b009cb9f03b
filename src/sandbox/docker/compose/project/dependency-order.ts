import { pause, type Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import { together } from '../together.ts';
import { type Project, type Service, sortedEntries, sortedNames } from './project.ts';

/** Each service with the names of those it has to come after. */
type Graph = ReadonlyMap<string, { readonly service: Service; readonly others: readonly string[] }>;

/** What is done about a service; it may throw, which ends all. */
type Visit = (service: Service) => Steps<void>;

const aDay = 86_400_000;

/**
 * What each service depends on.
 *
 * @throws CommandFailure where that is not there, or goes round in a circle (NewGraph of dependencies.go)
 */
function dependencyGraph(project: Project): Graph {
  const graph: Map<string, { readonly service: Service; readonly others: readonly string[] }> = new Map();
  for (const [name, service] of sortedEntries(project.services)) {
    const known = Object.entries(service.depends_on ?? {}).filter(([other, { required }]) => {
      if (project.services.has(other)) return true;
      if (required === false) return false;
      const profiles = project.disabled.get(other);
      throw new CommandFailure(
        profiles
          ? `service ${other} is required by ${name} but is disabled. Can be enabled by profiles [${profiles.join(' ')}]`
          : `could not find ${other}: not found`,
      );
    });
    graph.set(name, { service, others: sortedNames(known.map(([other]) => other)) });
  }
  for (const name of graph.keys()) demandNoCircle(graph, [name]);
  return graph;
}

/** @param path of services, each of which comes after the next. @throws CommandFailure */
function demandNoCircle(graph: Graph, path: readonly string[]): void {
  for (const other of othersOf(graph, path.at(-1))) {
    const longer = [...path, other];
    if (path.includes(other)) throw new CommandFailure(`cycle found: ${longer.join(' -> ')}`);
    demandNoCircle(graph, longer);
  }
}

function othersOf(graph: Graph, name = ''): readonly string[] {
  return graph.get(name)?.others ?? [];
}

/** The services, each after those it depends on. @throws CommandFailure */
export function inOrder(project: Project): readonly Service[] {
  const graph = dependencyGraph(project);
  const ordered = new Map<string, Service>();
  while (ordered.size < graph.size) {
    for (const [name, { service, others }] of graph) {
      if (ordered.has(name) || !others.every((other) => ordered.has(other))) continue;
      ordered.set(name, service);
      break;
    }
  }
  return [...ordered.values()];
}

/** Visits services at the same time, each when those it depends on have been visited. */
export function* visitInOrder(project: Project, visit: Visit): Steps<void> {
  yield* visitGraph(dependencyGraph(project), visit);
}

/**
 * Visits services at the same time, each when those that depend on it have been visited.
 *
 * @param only these, with those that depend on them; all where there are none
 */
export function* visitInReverse(project: Project, visit: Visit, only: readonly string[] = []): Steps<void> {
  const graph = dependencyGraph(project);
  const reversed = new Map(
    [...graph].map(([name, { service }]) => [name, { service, others: dependantsOf(graph, name) }]),
  );
  const wanted = only.length === 0 ? undefined : withAll(reversed, only);
  yield* visitGraph(reversed, function* (service) {
    if (!wanted || wanted.has(service.name)) yield* visit(service);
  });
}

function dependantsOf(graph: Graph, name: string): readonly string[] {
  return [...graph].filter(([, { others }]) => others.includes(name)).map(([each]) => each);
}

function withAll(graph: Graph, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of othersOf(graph, name)) add(other);
  };
  for (const name of names) add(name);
  return found;
}

function* visitGraph(graph: Graph, visit: Visit): Steps<void> {
  const visited = new Set<string>();
  function* oneOf(service: Service, others: readonly string[]): Steps<void> {
    while (!others.every((other) => visited.has(other))) yield* pause(aDay);
    yield* visit(service);
    visited.add(service.name);
  }
  yield* together([...graph.values()].map(({ service, others }) => oneOf(service, others)));
}
