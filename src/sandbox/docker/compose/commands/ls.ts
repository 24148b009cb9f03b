import { print, type Steps } from '../../../effects.ts';
import { escapeHtml } from '../../../go/go-json.ts';
import { byKey } from '../../../go/go-order.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { readFilters } from '../../filters.ts';
import { type Listed, labels, listContainers } from '../containers.ts';
import { warn } from '../warn.ts';
import { demandTable, prettyTable } from './pretty-table.ts';

interface Stack {
  readonly Name: string;
  readonly Status: string;
  readonly ConfigFiles: string;
}

/** `docker compose ls` (cmd/compose/list.go, pkg/compose/ls.go). */
export function* runLs({ flags }: DockerContext): Steps<number> {
  const filters = readFilters(flags.texts('--filter'));
  const unknown = Object.keys(filters).find((name) => name !== 'name');
  if (unknown !== undefined) throw new CommandFailure(`invalid filter '${unknown}'`);
  const found = yield* listContainers({ label: [labels.project, labels.configHash] }, flags.on('--all'));
  const names = [...new Set(found.map(({ Labels }) => Labels[labels.project] ?? ''))].sort();
  const wanted = filters.name;
  const stacks: Stack[] = [];
  for (const name of names) {
    if (wanted && !wanted.some((pattern) => fits(pattern, name))) continue;
    stacks.push(
      yield* stackOf(
        name,
        found.filter(({ Labels }) => Labels[labels.project] === name),
      ),
    );
  }
  if (flags.on('--quiet')) yield* print(stacks.map(({ Name }) => `${Name}\n`).join(''));
  else if (flags.text('--format').toLowerCase() === 'json')
    yield* print(`${escapeHtml(JSON.stringify(stacks))}\n`);
  else {
    demandTable(flags.text('--format'));
    yield* print(prettyTable([['NAME', 'STATUS', 'CONFIG FILES'], ...stacks.map(cells)]));
  }
  return 0;
}

function cells({ Name, Status, ConfigFiles }: Stack): readonly string[] {
  return [Name, Status, ConfigFiles];
}

function fits(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

function* stackOf(name: string, containers: readonly Listed[]): Steps<Stack> {
  const counts = new Map<string, number>();
  for (const { State } of containers) counts.set(State, (counts.get(State) ?? 0) + 1);
  const status = [...counts].sort(byKey);
  const nameless = containers.find(({ Labels }) => Labels[labels.files] === undefined);
  if (nameless)
    yield* warn(`no label "${labels.files}" set on container "${nameless.Id}" of compose project`);
  const files = new Set(containers.flatMap(({ Labels }) => (Labels[labels.files] ?? '').split(',')));
  return {
    Name: name,
    Status: status.map(([state, count]) => `${state}(${count})`).join(', '),
    ConfigFiles: nameless ? 'N/A' : [...files].join(','),
  };
}
