import { parseQuantity } from '../../../kubernetes/quantity.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { create } from '../server/client.ts';
import { apiVersionOf } from '../server/discovery.ts';
import { readDryRun } from './dry-run.ts';
import { savedConfiguration } from './last-applied.ts';
import { outcomePrinter } from './outcome.ts';
import { forEachSubject, takeSubjects } from './subjects.ts';
import { typed } from './typed.ts';
import { demandFlags } from './usage.ts';
import { fieldManager, writeQuery } from './write-query.ts';

/** `kubectl autoscale (-f FILENAME | TYPE NAME) --max=… [--min=…] [--cpu=…]` (k8s.io/kubectl/pkg/cmd/autoscale). */
export function* runAutoscale(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.has('--cpu-percent')) {
    yield* complain(
      "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n",
    );
  }
  demandFlags(options, '--max');
  const dryRun = yield* readDryRun(options);
  const max = options.number('--max', -1);
  const min = options.number('--min', -1);
  if (max < 1) throw new CommandFailure(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) {
    throw new CommandFailure(
      `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`,
    );
  }
  const metrics = metricsOf(options);
  const { namespace, isNamespaceGiven } = yield* context.target();
  const taken = yield* takeSubjects(context);
  const isEmpty = taken.subjects.length + taken.failures.length === 0;
  const printer = yield* outcomePrinter(
    options,
    dryRun === 'client' ? 'created' : 'autoscaled',
    dryRun,
    true,
  );
  yield* forEachSubject(taken, function* (subject) {
    demandScalable(subject);
    const wanted = scalerFor(subject, options.text('--name') || subject.name, { max, min, metrics });
    const scaler = isNamespaceGiven ? { ...wanted, metadata: { ...wanted.metadata, namespace } } : wanted;
    if (dryRun === 'client') {
      yield* print(printer.text(typed(scaler)));
      return;
    }
    const saved = savedConfiguration(scaler, options.on('--save-config'), true);
    const path = `/apis/autoscaling/v2/namespaces/${encodeURIComponent(namespace)}/horizontalpodautoscalers`;
    const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-autoscale') });
    yield* print(printer.text(yield* created(path, saved, query, options)));
  });
  if (isEmpty) throw new CommandFailure('no objects passed to autoscale');
  return 0;
}

/** kubectl falls back to autoscaling/v1, which knows no more than a share of the processors. */
function* created(
  path: string,
  scaler: ApiObject,
  query: Record<string, string>,
  options: Options,
): Steps<ApiObject> {
  try {
    return yield* create(path, scaler, query);
  } catch (failure) {
    const cpu = options.text('--cpu', '');
    if (!(failure instanceof ServerFailure) || (cpu.trim().endsWith('%') && !options.text('--memory'))) {
      throw failure;
    }
    // The second one is a slip of kubectl's own.
    const why = cpu.trim() === '' ? 'empty input' : '%!w(<nil>)';
    throw new CommandFailure(
      `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`,
    );
  }
}

const scalable = ['Deployment.apps', 'ReplicaSet.apps', 'StatefulSet.apps', 'ReplicationController.'];

function demandScalable({ resource: { kind, group, version, name } }: Subject): void {
  if (scalable.includes(`${kind}.${group}`)) return;
  throw new CommandFailure(
    `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${name} in discovery information`,
  );
}

interface Bounds {
  readonly max: number;
  readonly min: number;
  readonly metrics: readonly unknown[];
}

function scalerFor({ resource, name }: Subject, own: string, { max, min, metrics }: Bounds): ApiObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: own },
    spec: {
      scaleTargetRef: { kind: resource.kind, name, apiVersion: apiVersionOf(resource) },
      ...(min > 0 ? { minReplicas: min } : {}),
      maxReplicas: max,
      ...(metrics.length > 0 ? { metrics } : {}),
    },
  } as ApiObject;
}

function metricsOf(options: Options): readonly unknown[] {
  const percent = options.number('--cpu-percent', -1);
  const cpu = options.text('--cpu', '');
  const memory = options.text('--memory', '');
  if (percent > 0 && cpu !== '') {
    throw new CommandFailure('--cpu-percent and --cpu are mutually exclusive');
  }
  return [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...(cpu === '' ? [] : [metric('cpu', targetOf(cpu, 'cpu', 'm'))]),
    ...(memory === '' ? [] : [metric('memory', targetOf(memory, 'memory', 'Mi'))]),
  ];
}

function metric(name: string, target: unknown): unknown {
  return { type: 'Resource', resource: { name, target } };
}

/** A share such as `70%`, or an amount; a bare number is in the unit that is usual for it. */
function targetOf(input: string, resource: string, unit: string): unknown {
  const text = input.trim();
  if (text === '') throw new CommandFailure('empty input');
  if (text.endsWith('%')) {
    const share = text.slice(0, -1);
    if (!/^\+?\d+$/.test(share)) throw new CommandFailure(`invalid percentage value: ${share}`);
    return { type: 'Utilization', averageUtilization: Number(share) };
  }
  const amount = Number.isNaN(Number(text)) ? text : `${Number(text)}${unit}`;
  if (parseQuantity(amount) === undefined) {
    throw new CommandFailure(`invalid resource ${resource} value: ${text}`);
  }
  return { type: 'AverageValue', averageValue: amount };
}
