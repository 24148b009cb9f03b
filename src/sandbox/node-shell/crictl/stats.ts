import { pause, print, type Steps } from '../../effects.ts';
import { byText } from '../../go/go-order.ts';
import { humanSize } from '../../go/go-units.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { columns } from '../columns.ts';
import type { CriContainer } from '../cri/pods-on-node.ts';
import { sandboxLabels } from '../cri/pods-on-node.ts';
import { containerAnnotations, sandboxAnnotations } from './entries.ts';
import { showUsage } from './lists.ts';
import { nanoseconds, printJson, shortId } from './output.ts';
import type { CrictlRun } from './run.ts';
import { labelsAsked } from './selection.ts';

/** `crictl stats`. */
export function* runStats(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length > 1) return yield* showUsage('stats');
  const id = options.text('id') || (options.args[0] ?? '');
  const labels = Object.entries(labelsAsked(options));
  const chosen = (): readonly CriContainer[] =>
    run
      .containers()
      .filter(
        ({ container, sandbox }) =>
          container.id.startsWith(id) &&
          sandbox.id.startsWith(options.text('pod')) &&
          (options.on('all') || container.state === 'running') &&
          labels.every(([key, value]) => container.spec.labels[key] === value),
      )
      .sort(({ container: one }, { container: other }) => byText(one.id, other.id));
  const output = options.text('output');
  if (output === 'json' || output === 'yaml') {
    const stats = chosen().map((each) => containerStats(run, each));
    yield* output === 'json' ? printJson({ stats }) : print(`${goYaml({ stats })}\n`);
    return 0;
  }
  return yield* watched(run, () => [
    ['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES', 'SWAP'],
    ...chosen().map((each) => {
      const { cpuMilli, memoryBytes } = usageOf(run, each);
      const changes = run.parts.runtime.changes(run.parts.node, each.container.id).length;
      return [
        shortId(each.container.id),
        each.name,
        (cpuMilli / 10).toFixed(2),
        humanSize(memoryBytes),
        humanSize(diskOf(changes)),
        `${inodesOf(changes)}`,
        '0B',
      ];
    }),
  ]);
}

/** `crictl statsp`. */
export function* runStatsp(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length > 1) return yield* showUsage('statsp');
  const id = options.text('id') || (options.args[0] ?? '');
  const labels = Object.entries(labelsAsked(options));
  const chosen = () =>
    run
      .sandboxes()
      .filter((each) => {
        const own = sandboxLabels(each);
        return each.isReady && each.id.startsWith(id) && labels.every(([key, value]) => own[key] === value);
      })
      .sort((one, other) => byText(one.id, other.id))
      .map((sandbox) => {
        const used = run
          .containers()
          .filter((each) => each.sandbox.id === sandbox.id)
          .map((each) => usageOf(run, each));
        return {
          sandbox,
          cpuMilli: used.reduce((sum, { cpuMilli }) => sum + cpuMilli, 0),
          // The process that holds the sandbox takes a little too.
          memoryBytes: used.reduce((sum, { memoryBytes }) => sum + memoryBytes, pauseBytes),
        };
      });
  const output = options.text('output');
  if (output === 'json' || output === 'yaml') {
    const stats = chosen().map(({ sandbox, cpuMilli, memoryBytes }) => ({
      attributes: {
        id: sandbox.id,
        metadata: {
          name: sandbox.name,
          uid: sandbox.uid,
          namespace: sandbox.namespace,
          attempt: sandbox.attempt,
        },
        labels: sandboxLabels(sandbox),
        annotations: sandboxAnnotations(sandbox),
      },
      linux: { cpu: cpuStats(run, cpuMilli), memory: memoryStats(run, memoryBytes) },
    }));
    yield* output === 'json' ? printJson({ stats }) : print(`${goYaml({ stats })}\n`);
    return 0;
  }
  return yield* watched(run, () => [
    ['POD', 'POD ID', 'CPU %', 'MEM'],
    ...chosen().map(({ sandbox, cpuMilli, memoryBytes }) => [
      sandbox.name,
      shortId(sandbox.id),
      (cpuMilli / 10).toFixed(2),
      humanSize(memoryBytes),
    ]),
  ]);
}

const pauseBytes = 230 * 1024;
/** What a container has written to disk is not weighed: a file takes about a block. */
const diskOf = (changes: number): number => 4096 * (6 + changes);
const inodesOf = (changes: number): number => 8 + changes;

/** The clearing of the screen stands before the table, wherever it is printed. */
const clear = '\u001b[2J\u001b[H';

/** Prints a table after the time that is measured in, and again and again where that is asked for. */
function* watched(run: CrictlRun, rows: () => readonly (readonly string[])[]): Steps<number> {
  const { options } = run;
  const sample = options.number('seconds') * 1000;
  for (;;) {
    const end = run.now + sample;
    while (run.now < end) yield* pause(end - run.now);
    yield* print(clear + columns(rows(), { least: 20, padding: 3 }));
    if (!options.on('watch')) return 0;
  }
}

function usageOf({ parts }: CrictlRun, { container }: CriContainer) {
  return parts.runtime.usage(parts.node, container.id);
}

function containerStats(run: CrictlRun, each: CriContainer): object {
  const { cpuMilli, memoryBytes } = usageOf(run, each);
  return {
    attributes: {
      id: each.container.id,
      metadata: { name: each.name, attempt: each.attempt },
      labels: each.container.spec.labels,
      annotations: containerAnnotations(each),
    },
    cpu: cpuStats(run, cpuMilli),
    memory: memoryStats(run, memoryBytes),
  };
}

function cpuStats({ now }: CrictlRun, milli: number): object {
  return { timestamp: nanoseconds(now), usageNanoCores: { value: `${Math.round(milli * 1e6)}` } };
}

function memoryStats({ now }: CrictlRun, bytes: number): object {
  return { timestamp: nanoseconds(now), workingSetBytes: { value: `${Math.round(bytes)}` } };
}
