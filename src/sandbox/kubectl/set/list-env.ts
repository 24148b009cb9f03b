import type { ConfigMap, Container, EnvVar, EnvVarSource, Secret } from '../../../kubernetes/api.ts';
import { metadataField } from '../../../kubernetes/field-path.ts';
import { parseQuantity } from '../../../kubernetes/quantity.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, rethrowUnlessOwn } from '../failures.ts';
import { get } from '../server/client.ts';
import { withContainers, withPodSpec } from './pod-specs.ts';

/** `kubectl set env --list`: the variables of each container; with `--resolve` what they refer to. */
export function* listEnv(context: KubectlContext, object: ApiObject, pattern: string): Steps<void> {
  const containers: Container[] = [];
  withPodSpec(object, (spec) => {
    const gather = (container: Container): Container => {
      containers.push(container);
      return container;
    };
    return withContainers(spec, pattern, gather).spec;
  });
  for (const container of containers) {
    yield* print(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`);
    const unresolved = new Map<string, string[]>();
    for (const variable of container.env ?? []) {
      yield* listVariable(context, { object, container, variable }, unresolved);
    }
    const says = [...unresolved].map(
      ([why, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${why}\n`,
    );
    for (const each of says.sort()) yield* complain(each);
  }
}

interface Place {
  readonly object: ApiObject;
  readonly container: Container;
  readonly variable: EnvVar;
}

function* listVariable(
  context: KubectlContext,
  place: Place,
  unresolved: Map<string, string[]>,
): Steps<void> {
  const { name, value = '', valueFrom } = place.variable;
  if (!valueFrom) {
    yield* print(`${name}=${value}\n`);
    return;
  }
  if (context.options.on('--resolve')) {
    try {
      yield* print(`${name}=${yield* resolved(context, place, valueFrom)}\n`);
      return;
    } catch (failure) {
      rethrowUnlessOwn(failure);
      unresolved.set(failure.message, [...(unresolved.get(failure.message) ?? []), name]);
    }
  }
  yield* print(`# ${name} from ${referenceText(valueFrom)}\n`);
}

function referenceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ''}${resource}`;
}

function* resolved(
  context: KubectlContext,
  { object, container }: Place,
  { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource,
): Steps<string> {
  const { namespace } = yield* context.target();
  const root = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  if (secretKeyRef) {
    const { name = '', key } = secretKeyRef;
    const { data = {} } = yield* get<Secret>(`${root}/secrets/${encodeURIComponent(name)}`);
    if (data[key] === undefined) throw new CommandFailure(`key ${key} not found in secret ${name}`);
    return new TextDecoder().decode(Uint8Array.from(atob(data[key]), (char) => char.charCodeAt(0)));
  }
  if (configMapKeyRef) {
    const { name = '', key } = configMapKeyRef;
    const { data = {} } = yield* get<ConfigMap>(`${root}/configmaps/${encodeURIComponent(name)}`);
    if (data[key] === undefined) throw new CommandFailure(`key ${key} not found in config map ${name}`);
    return data[key];
  }
  if (fieldRef) return fieldText(object, fieldRef.fieldPath);
  if (resourceFieldRef) return amountText(container, resourceFieldRef.resource, resourceFieldRef.divisor);
  throw new CommandFailure('invalid valueFrom');
}

function fieldText({ metadata }: ApiObject, path: string): string {
  const text = metadataField(metadata, path);
  if (text === undefined) throw new CommandFailure(`unsupported fieldPath: ${path}`);
  return text;
}

function amountText({ resources }: Container, name: string, divisor: string | undefined): string {
  const [, side, resource = ''] =
    /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.exec(name) ?? [];
  if (side !== 'limits' && side !== 'requests') {
    throw new CommandFailure(`Unsupported container resource : ${name}`);
  }
  const amount = parseQuantity(resources?.[side]?.[resource] ?? '0') ?? 0n;
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1') || 1_000_000_000n;
  return String((amount + unit - 1n) / unit);
}
