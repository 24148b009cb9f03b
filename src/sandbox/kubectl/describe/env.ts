import type {
  Container,
  EnvFromSource,
  EnvVar,
  Pod,
  ResourceFieldSelector,
} from '../../../kubernetes/api.ts';
import { thousandths, wholeUnits } from '../../../kubernetes/quantity-text.ts';
import { nameOf, namespaceOf } from '../server/served-object.ts';
import type { Description } from './description.ts';

/** Adds where the environment of a container comes from, and its variables. */
export function describeEnvironment(
  description: Description,
  container: Container,
  pod: Pod | undefined,
): void {
  const { envFrom = [], env = [] } = container;
  if (envFrom.length > 0) description.title('Environment Variables from', 2);
  for (const source of envFrom) describeSource(description, source);
  description.write(`Environment:${env.length === 0 ? '\t<none>' : ''}\n`, 2);
  for (const variable of env) describeVariable(description, variable, container, pod);
}

function describeSource(description: Description, { configMapRef, secretRef, prefix }: EnvFromSource): void {
  const [kind, reference] = configMapRef ? ['ConfigMap', configMapRef] : ['Secret', secretRef];
  const from = prefix ? `${kind} with prefix '${prefix}'` : kind;
  description.row(3, reference?.name, from, `Optional: ${reference?.optional ?? false}`);
}

function describeVariable(
  description: Description,
  { name, value = '', valueFrom }: EnvVar,
  container: Container,
  pod: Pod | undefined,
): void {
  if (!valueFrom) {
    const [first, ...others] = value.split('\n');
    description.field(name, first, 3);
    for (const line of others) description.row(3, '', line);
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const { apiVersion = 'v1', fieldPath } = fieldRef;
    description.field(name, `${pod ? fieldOf(pod, fieldPath) : ''} (${apiVersion}:${fieldPath})`, 3);
  } else if (resourceFieldRef) {
    description.field(name, `${resourceOf(container, resourceFieldRef)} (${resourceFieldRef.resource})`, 3);
  } else if (secretKeyRef) {
    const { key, name: secret, optional = false } = secretKeyRef;
    description.row(
      3,
      `${name}:`,
      `<set to the key '${key}' in secret '${secret}'>`,
      `Optional: ${optional}`,
    );
  } else if (configMapKeyRef) {
    const { key, name: map, optional = false } = configMapKeyRef;
    description.row(
      3,
      `${name}:`,
      `<set to the key '${key}' of config map '${map}'>`,
      `Optional: ${optional}`,
    );
  }
}

/** Only these two are looked up. */
function fieldOf({ metadata }: Pod, path: string): string {
  if (path === 'metadata.name') return nameOf(metadata);
  return path === 'metadata.namespace' ? namespaceOf(metadata) : '';
}

function resourceOf({ resources }: Container, { resource, divisor }: ResourceFieldSelector): string {
  const [, list, name = ''] = /^(limits|requests)\.(.+)$/.exec(resource) ?? [];
  if (list === undefined) return '';
  const amount = (list === 'limits' ? resources?.limits : resources?.requests)?.[name];
  const measured = name === 'cpu' ? thousandths : wholeUnits;
  const result = Math.ceil(measured(amount) / (measured(divisor) || measured('1')));
  return result === 0 && (resource === 'limits.cpu' || resource === 'limits.memory')
    ? 'node allocatable'
    : String(result);
}
