import { pause, type Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import { together } from '../together.ts';
import { type Project, sortedNames } from './project.ts';

/** For each service the names of those it has to come after. */
type Graph = ReadonlyMap<string, readonly string[]>;

const aDay = 86_400_000;

/**
 * What each service depends on.
 *
 * @throws CommandFailure where that is not there, or goes round in a circle (NewGraph of dependencies.go)
 */
function dependencyGraph(project: Project): Graph {
  const graph = new Map<string, readonly string[]>();
  for (const name of sortedNames(project.services.keys())) {
    const dependencies = Object.entries(project.services.get(name)?.depends_on ?? {});
    const known = dependencies.filter(([other, { required }]) => {
      if (project.services.has(other)) return true;
      if (required === false) return false;
      const profiles = project.disabled.get(other);
      throw new CommandFailure(
        profiles
          ? `service ${other} is required by ${name} but is disabled. Can be enabled by profiles [${profiles.join(' ')}]`
          : `could not find ${other}: not found`,
      );
    });
    graph.set(name, sortedNames(known.map(([other]) => other)));
  }
  return graph;
}

/** Names of services, each after those it depends on. @throws CommandFailure */
export function inOrder(project: Project): readonly string[] {
  const graph = dependencyGraph(project);
  const names: string[] = [];
  while (names.length < graph.size) {
    const next = [...graph].find(
      ([name, others]) => !names.includes(name) && others.every((other) => names.includes(other)),
    );
    if (!next) throw new CommandFailure('cycle found');
    names.push(next[0]);
  }
  return names;
}

/**
 * Visits services at the same time, each when those it depends on have been visited.
 *
 * @param visit may throw, which ends all
 */
export function* visitInOrder(project: Project, visit: (name: string) => Steps<void>): Steps<void> {
  yield* visitGraph(dependencyGraph(project), visit);
}

/**
 * Visits services at the same time, each when those that depend on it have been visited.
 *
 * @param only these, with those that depend on them; all where there are none
 */
export function* visitInReverse(
  project: Project,
  visit: (name: string) => Steps<void>,
  only: readonly string[] = [],
): Steps<void> {
  const graph = dependencyGraph(project);
  const reversed = new Map([...graph.keys()].map((name) => [name, dependantsOf(graph, name)]));
  const wanted = only.length === 0 ? undefined : withAll(reversed, only);
  yield* visitGraph(reversed, function* (name) {
    if (!wanted || wanted.has(name)) yield* visit(name);
  });
}

function dependantsOf(graph: Graph, name: string): readonly string[] {
  return [...graph].filter(([, others]) => others.includes(name)).map(([each]) => each);
}

function withAll(graph: Graph, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of graph.get(name) ?? []) add(other);
  };
  for (const name of names) add(name);
  return found;
}

function* visitGraph(graph: Graph, visit: (name: string) => Steps<void>): Steps<void> {
  const visited = new Set<string>();
  function* oneOf(name: string, others: readonly string[]): Steps<void> {
    while (!others.every((other) => visited.has(other))) yield* pause(aDay);
    yield* visit(name);
    visited.add(name);
  }
  yield* together([...graph].map(([name, others]) => oneOf(name, others)));
}
