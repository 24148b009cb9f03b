import type { EnvVar, Pod, Service } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import type { AnyContainer } from '../pods/pod-containers.ts';
import { namespaceOf } from '../pods/pod-facts.ts';
import { decoded } from '../volumes/secret-data.ts';
import { expand } from './expansion.ts';
import { ConfigError, type FieldSources, fieldValue, resourceValue } from './field-values.ts';

/**
 * The environment that a Pod gives one of its containers (k8s.io/kubernetes/pkg/kubelet/kubelet_pods.go,
 * `makeEnvironmentVariables`): what it declares itself over what it takes whole from ConfigMaps and Secrets,
 * and the Services of its namespace.
 *
 * @throws ConfigError when something that is referred to is not there
 */
export function environmentOf(
  cluster: Cluster,
  pod: Pod,
  container: AnyContainer,
  sources: FieldSources,
): ReadonlyMap<string, string> {
  const namespace = namespaceOf(pod);
  const services = serviceVariables(cluster, namespace, pod.spec?.enableServiceLinks ?? true);
  const own = new Map<string, string>();
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const { name: source = '', optional } = configMapRef ?? secretRef ?? {};
    const read = configMapRef ? configMapData : secretData;
    const found = Object.entries(read(cluster, namespace, source, optional) ?? {});
    for (const [name, value] of found.sort(([one], [other]) => (one < other ? -1 : 1))) {
      own.set(`${prefix}${name}`, value);
    }
  }
  for (const variable of container.env ?? []) {
    const value = variableValue(cluster, pod, container, variable, sources, (name) =>
      own.has(name) ? own.get(name) : services.get(name),
    );
    if (value !== undefined) own.set(variable.name, value);
  }
  if (own.size === 0) return services;
  for (const [name, value] of services) if (!own.has(name)) own.set(name, value);
  return own;
}

/** What a ConfigMap says, by key. @throws ConfigError when it is not there, and not optional */
export function configMapData(
  cluster: Cluster,
  namespace: string,
  name: string,
  optional = false,
): Readonly<Record<string, string>> | undefined {
  const found = cluster.get('configmaps', namespace, name);
  if (!found && !optional) throw new ConfigError(`configmap "${name}" not found`);
  return found ? (found.data ?? {}) : undefined;
}

/** What a Secret says, decoded, by key. @throws ConfigError when it is not there, and not optional */
export function secretData(
  cluster: Cluster,
  namespace: string,
  name: string,
  optional = false,
): Readonly<Record<string, string>> | undefined {
  const found = cluster.get('secrets', namespace, name);
  if (!found && !optional) throw new ConfigError(`secret "${name}" not found`);
  return found && decoded(found.data);
}

/** @returns undefined when it is left out, since what it refers to is optional */
function variableValue(
  cluster: Cluster,
  pod: Pod,
  container: AnyContainer,
  { value = '', valueFrom }: EnvVar,
  sources: FieldSources,
  known: (name: string) => string | undefined,
): string | undefined {
  if (value !== '') return expand(value, known);
  if (!valueFrom) return '';
  const namespace = namespaceOf(pod);
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef) return fieldValue(pod, fieldRef.fieldPath, sources);
  if (resourceFieldRef) return resourceValue(pod, container, resourceFieldRef, sources);
  if (configMapKeyRef) {
    const { name = '', key, optional } = configMapKeyRef;
    const data = configMapData(cluster, namespace, name, optional);
    return demandKey(data, key, optional, `ConfigMap ${namespace}/${name}`);
  }
  if (secretKeyRef) {
    const { name = '', key, optional } = secretKeyRef;
    const data = secretData(cluster, namespace, name, optional);
    return demandKey(data, key, optional, `Secret ${namespace}/${name}`);
  }
  throw new ConfigError('environment variables from files are not simulated');
}

function demandKey(
  data: Readonly<Record<string, string>> | undefined,
  key: string,
  optional: boolean | undefined,
  where: string,
): string | undefined {
  const value = data?.[key];
  if (value === undefined && !optional) throw new ConfigError(`couldn't find key ${key} in ${where}`);
  return value;
}

const variablesOf = new WeakMap<object, ReadonlyMap<string, string>>();
const none: ReadonlyMap<string, string> = new Map();

/**
 * The variables that tell of Services (k8s.io/kubernetes/pkg/kubelet/envvars): all of the namespace where the
 * Pod wants them, and always those of the API server.
 */
function serviceVariables(cluster: Cluster, namespace: string, linked: boolean): ReadonlyMap<string, string> {
  const api = cluster.get('services', 'default', 'kubernetes');
  const base = api ? remembered(api, () => new Map(linksOf(api))) : none;
  if (!linked) return base;
  const all = cluster.list('services', namespace);
  if (all.length === 0) return base;
  return remembered(all, () => {
    const links = all.flatMap((service) => linksOf(service));
    return new Map([...base, ...links]);
  });
}

function remembered(key: object, make: () => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const known = variablesOf.get(key) ?? make();
  variablesOf.set(key, known);
  return known;
}

function linksOf({ metadata, spec }: Stored<Service>): readonly (readonly [string, string])[] {
  const { clusterIP: address = '', ports = [] } = spec ?? {};
  const [first] = ports;
  if (address === '' || address === 'None' || !first) return [];
  const prefix = variableName(metadata.name);
  const named = ports
    .filter(({ name }) => name)
    .map(({ name = '', port }) => [`${prefix}_SERVICE_PORT_${variableName(name)}`, `${port}`] as const);
  const docker = ports.flatMap(({ port, protocol = 'TCP' }, place) => {
    const kind = protocol.toLowerCase();
    const start = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
    const url = `${kind}://${address}:${port}`;
    return [
      ...(place === 0 ? [[`${prefix}_PORT`, url] as const] : []),
      [start, url] as const,
      [`${start}_PROTO`, kind] as const,
      [`${start}_PORT`, `${port}`] as const,
      [`${start}_ADDR`, address] as const,
    ];
  });
  return [
    [`${prefix}_SERVICE_HOST`, address],
    [`${prefix}_SERVICE_PORT`, `${first.port}`],
    ...named,
    ...docker,
  ];
}

function variableName(text: string): string {
  return text.replaceAll('-', '_').toUpperCase();
}
