import { print, type Steps } from '../../../effects.ts';
import { elasticTabs } from '../../../go/elastic-tabs.ts';
import type { DockerContext } from '../../context.ts';
import { ask } from '../../engine-client.ts';
import { byName, containersOf, type Listed, labels, serviceOf } from '../containers.ts';
import { nameOfProject } from '../project/load-project.ts';

interface Processes {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

/** `docker compose top` (cmd/compose/top.go). */
export function* runTop(context: DockerContext): Steps<number> {
  const { args: services } = context;
  const name = (yield* nameOfProject(context)).toLowerCase();
  const found = yield* containersOf(name, 'include', false);
  const chosen = byName(found).filter((each) => services.length === 0 || services.includes(serviceOf(each)));
  const heads = ['SERVICE', '#'];
  const rows: Map<string, string>[] = [];
  for (const container of chosen) {
    const { Titles, Processes } = yield* ask<Processes>('GET', `/containers/${container.Id}/top`);
    for (const title of Titles) if (!heads.includes(title)) heads.push(title);
    for (const process of Processes) rows.push(rowOf(container, Titles, process));
  }
  if (rows.length === 0) return 0;
  // What runs stands at the right.
  if (heads.includes('CMD')) heads.push(...heads.splice(heads.indexOf('CMD'), 1));
  const lines = [heads, ...rows.map((row) => heads.map((title) => row.get(title) ?? '-'))];
  yield* print(
    elasticTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), { smallest: 4, padding: 2 }),
  );
  return 0;
}

function rowOf(
  container: Listed,
  titles: readonly string[],
  process: readonly string[],
): Map<string, string> {
  const row = new Map(titles.map((title, place) => [title, process[place] ?? '-']));
  row.set('SERVICE', serviceOf(container));
  row.set('#', container.Labels[labels.number] ?? '');
  return row;
}
