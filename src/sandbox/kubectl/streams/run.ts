import type { Pod } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { type DryRun, readDryRun } from '../changing/dry-run.ts';
import { isReference } from '../changing/image-reference.ts';
import { savedConfiguration } from '../changing/last-applied.ts';
import { noEnvName } from '../changing/name-rules.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { overridden } from '../changing/overrides.ts';
import { readLabels, serviceFor } from '../changing/service-for.ts';
import { typed } from '../changing/typed.ts';
import { demandFlags, usageFailure } from '../changing/usage.ts';
import { readPairs } from '../changing/words.ts';
import { fieldManager, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { create } from '../server/client.ts';
import { attachToRun } from './run-attached.ts';

/** `kubectl run NAME --image=…` (k8s.io/kubectl/pkg/cmd/run). */
export function* runRun(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFlags(options, '--image');
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'created', dryRun, true);
  const attaches = options.on('--attach', options.on('--stdin'));
  const restartPolicy = demandFitting(options, attaches, dryRun);
  const made: ApiObject[] = [
    yield* createObject(context, overridden(podOf(options, restartPolicy), options), dryRun),
  ];
  const [pod] = made;
  if (options.on('--expose')) {
    const service = yield* createObject(context, exposing(options), dryRun);
    made.push(service);
    yield* print(printer.text(service));
    // kubectl parts them twice.
    if (options.text('--output') === 'yaml') yield* print('---\n');
  }
  if (!pod) return 0;
  if (attaches) return yield* attachToRun(context, made, restartPolicy);
  yield* print(printer.text(pod));
  return 0;
}

function demandFitting(options: Options, attaches: boolean, dryRun: DryRun): string {
  const [name] = options.args;
  const image = options.text('--image', '');
  if (name === undefined) throw usageFailure(options, 'NAME is required for run');
  if (options.duration('--pod-running-timeout', 60_000) <= 0)
    throw usageFailure(options, '--pod-running-timeout must be higher than zero');
  if (image === '') throw new CommandFailure('--image is required');
  if (name === '') throw new CommandFailure('Parameter: name is required');
  if (!isReference(image)) {
    throw new CommandFailure(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
  if (options.on('--tty') && !options.on('--stdin')) {
    throw usageFailure(options, '-i/--stdin is required for containers with -t/--tty=true');
  }
  if (options.on('--expose') && !options.text('--port')) {
    throw usageFailure(options, '--port must be set when exposing a service');
  }
  const restart = options.text('--restart') || (options.on('--stdin') ? 'OnFailure' : 'Always');
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) {
    throw usageFailure(options, `invalid restart policy: ${restart}`);
  }
  if (options.on('--rm') && !attaches) {
    throw usageFailure(options, '--rm should only be used for attached containers');
  }
  if (attaches && dryRun !== 'none') {
    throw usageFailure(
      options,
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
  const pull = options.text('--image-pull-policy', '');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull)) {
    throw usageFailure(options, `invalid image pull policy: ${pull}`);
  }
  return restart;
}

function podOf(options: Options, restartPolicy: string): Pod {
  const [name = '', ...rest] = options.args;
  const args = [...rest, ...options.command.afterDashes];
  const env = options.all('--env').map(readEnv);
  const annotations = readPairs(options.all('--annotations'), 'annotations', false).set;
  const port = options.text('--port', '');
  const stdin = options.on('--stdin');
  const pull = options.text('--image-pull-policy', '');
  const container = {
    name,
    image: options.text('--image', ''),
    ...(args.length > 0 ? { [options.on('--command') ? 'command' : 'args']: args } : {}),
    ...(port === '' ? {} : { ports: [{ containerPort: readPort(port) }] }),
    ...(env.length > 0 ? { env } : {}),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(options.on('--privileged') ? { securityContext: { privileged: true } } : {}),
    ...(stdin ? { stdin } : {}),
    ...(stdin && !options.on('--leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(options.on('--tty') ? { tty: true } : {}),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: labelsOf(options, name),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: { containers: [container], restartPolicy, dnsPolicy: 'ClusterFirst' },
  };
}

function labelsOf(options: Options, name: string): Record<string, string> {
  const given = options.text('--labels', '');
  return given === '' ? { run: name } : readLabels(given);
}

function readEnv(text: string): { readonly name: string; readonly value: string } {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals));
  if (name === '' || noEnvName(name)) throw new CommandFailure(`invalid env: ${text}`);
  return { name, value: text.slice(equals + 1) };
}

function readPort(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new CommandFailure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function exposing(options: Options): ApiObject {
  const [name = ''] = options.args;
  const labels = options.text('--labels', '');
  return serviceFor({
    name,
    selector: labels || `run=${name}`,
    labels,
    ports: options.text('--port', ''),
    protocol: '',
    protocols: {},
    targetPort: '',
  }) as unknown as ApiObject;
}

function* createObject(context: KubectlContext, object: ApiObject, dryRun: DryRun): Steps<ApiObject> {
  const { options } = context;
  const { namespace, isNamespaceGiven } = yield* context.target();
  if (dryRun === 'client') {
    const placed = isNamespaceGiven ? { ...object, metadata: { ...object.metadata, namespace } } : object;
    return typed(placed);
  }
  const saved = savedConfiguration(object, options.on('--save-config'), true);
  const plural = object.kind === 'Pod' ? 'pods' : 'services';
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-run') });
  return yield* create(`/api/v1/namespaces/${encodeURIComponent(namespace)}/${plural}`, saved, query);
}
