import { complain, now, pause, print, type Steps, terminal } from '../effects.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Program } from '../shell/shell-context.ts';
import { deadPortsOf } from './dead-ports.ts';
import { listedContainers } from './docker-listed.ts';
import { allParts, type Overview, type OverviewChoice, overview } from './overview.ts';
import { type Difference, differencesBetween } from './summary.ts';

/** How an overview is drawn: each gives a text as it is to be printed. */
export interface OverviewDrawing {
  /** Whether a screen may be drawn over. */
  readonly redraws: boolean;
  drawn(overview: Overview): string;
  /** As much of it as one screen holds. */
  screenful(overview: Overview): string;
  difference(difference: Difference): string;
}

const usage = 'usage: show [-n NAMESPACE] [--watch] [pods] [nodes] [services] [docker]\n';

/** Words for the parts of an overview. */
const words: Readonly<Record<string, OverviewChoice['parts'][number]>> = {
  docker: 'docker',
  container: 'docker',
  containers: 'docker',
  node: 'nodes',
  nodes: 'nodes',
  no: 'nodes',
  pod: 'pods',
  pods: 'pods',
  po: 'pods',
  service: 'services',
  services: 'services',
  svc: 'services',
};

/** How often is looked whether something has changed, in milliseconds. */
const look = 500;
/** Where nobody can press Ctrl-C, watching ends when nothing has changed for so long, or after so many lines. */
const quietFor = 60_000;
const mostLines = 200;

/**
 * `show`: the world at a glance.
 *
 * @param drawingFor how it is drawn, on a terminal and in a pipe
 */
export function showProgram(sandbox: Sandbox, drawingFor: (isTerminal: boolean) => OverviewDrawing): Program {
  const { cluster } = sandbox;
  return function* show(given) {
    const read = readLine(given.slice(1));
    if (typeof read === 'string') {
      yield* complain(read);
      return 2;
    }
    const { choice, isWatched } = read;
    if (choice.namespace !== undefined && !cluster.get('namespaces', undefined, choice.namespace)) {
      yield* complain(`show: there is no namespace "${choice.namespace}"\n`);
      return 1;
    }
    const { isTerminal } = yield* terminal();
    const drawing = drawingFor(isTerminal);
    function* seen(): Steps<Overview> {
      const containers = choice.parts.includes('docker') ? yield* listedContainers() : [];
      const looked = containers.map((each) =>
        deadPortsOf(sandbox, each.Id, each.Ports).length > 0 ? { ...each, isUnanswered: true } : each,
      );
      return overview(cluster, looked, choice);
    }
    if (!isWatched) {
      yield* print(drawing.drawn(yield* seen()));
      return 0;
    }
    return isTerminal && drawing.redraws ? yield* redrawn(seen, drawing) : yield* told(seen, drawing);
  };
}

interface ShowLine {
  readonly choice: OverviewChoice;
  readonly isWatched: boolean;
}

/** @returns a complaint where the line is none */
function readLine(given: readonly string[]): ShowLine | string {
  const parts: OverviewChoice['parts'][number][] = [];
  let namespace: string | undefined;
  let isWatched = false;
  const rest = [...given];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, joined] = /^(?:-n=?|--namespace=)(.+)$/.exec(word) ?? [];
    if (word === '-n' || word === '--namespace') namespace = rest.shift() ?? '';
    else if (joined !== undefined) namespace = joined;
    else if (word === '-w' || word === '--watch') isWatched = true;
    else if (Object.hasOwn(words, word)) parts.push(words[word] as (typeof parts)[number]);
    else if (word !== '-A' && word !== 'all') return `show: there is no ${word} to show\n${usage}`;
  }
  if (namespace === '') return usage;
  return { choice: { parts: parts.length > 0 ? parts : allParts, namespace }, isWatched };
}

/** Another screen, on which each picture takes the place of the one before; the last one stays. */
function* redrawn(seen: () => Steps<Overview>, drawing: OverviewDrawing): Steps<number> {
  let last = yield* seen();
  let shown = '';
  yield* print('\u001b[?1049h\u001b[?25l');
  try {
    for (;;) {
      const text = drawing.screenful(last);
      if (text !== shown) yield* print(`\u001b[H\u001b[J${text}`);
      shown = text;
      yield* pause(look);
      last = yield* seen();
    }
  } finally {
    yield* print('\u001b[?25h\u001b[?1049l');
    yield* print(drawing.drawn(last));
  }
}

/** A line for everything that changes, where nothing can be drawn over. */
function* told(seen: () => Steps<Overview>, drawing: OverviewDrawing): Steps<number> {
  let before = yield* seen();
  yield* print(drawing.drawn(before));
  let lines = 0;
  let changedAt = yield* now();
  for (;;) {
    yield* pause(look);
    const after = yield* seen();
    const at = yield* now();
    const differences = differencesBetween(before, after);
    before = after;
    for (const each of differences) yield* print(`${drawing.difference(each)}\n`);
    lines += differences.length;
    if (differences.length > 0) changedAt = at;
    if (lines >= mostLines || at - changedAt >= quietFor) return 0;
  }
}
