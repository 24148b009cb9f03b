import type { Ingress, IngressBackend, IngressClass, Service } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { ServerFailure } from '../failures.ts';
import { get } from '../server/client.ts';
import { namespaceOf } from '../server/served-object.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';
import { endpointsText } from './endpoint-slice.ts';
import { slicesOf } from './service.ts';

/** Describes an Ingress. */
export function* describeIngress(ingress: Ingress, about: About): Steps<string> {
  const { metadata, spec, status } = ingress;
  const namespace = namespaceOf(metadata);
  const description = new Description();
  description.field('Name', metadata.name).labels('Labels', metadata.labels);
  description.field('Namespace', namespace);
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  description.field('Address', [...new Set(addresses.filter(Boolean))].sort().join(','));
  description.field('Ingress Class', spec?.ingressClassName ?? '<none>');
  const fallback = spec?.defaultBackend ? yield* backendText(namespace, spec.defaultBackend) : '<default>';
  description.field('Default backend', fallback);
  if (spec?.tls?.length) description.title('TLS');
  for (const { secretName, hosts = [] } of spec?.tls ?? []) {
    description.row(1, `${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}`);
  }
  description.title('Rules').head(1, 'Host', 'Path', 'Backends');
  const rules = (spec?.rules ?? []).filter(({ http }) => http);
  for (const { host, http } of rules) {
    description.row(1, host || '*', '');
    for (const { path = '', backend } of http?.paths ?? []) {
      description.row(2, '', `${path} `, yield* backendText(namespace, backend));
    }
  }
  if (rules.length === 0) description.row(1, '*', '*', fallback);
  description.annotations('Annotations', metadata.annotations);
  yield* describeEvents(description, ingress, about);
  return description.toString();
}

/** A backend, and the addresses behind it: `web:80 (10.244.1.5:80)`. */
function* backendText(namespace: string, { service, resource }: IngressBackend): Steps<string> {
  if (!service) {
    if (!resource) return '';
    const { apiGroup = '<none>', kind, name } = resource;
    return `APIGroup: ${apiGroup}, Kind: ${kind}, Name: ${name}`;
  }
  const { name, port } = service;
  const text = `${name}:${port?.number || (port?.name ?? '')}`;
  const slices = yield* slicesOf(namespace, name);
  try {
    const { spec } = yield* get<Service>(`/api/v1/namespaces/${namespace}/services/${name}`);
    const found = spec?.ports?.findLast((each) =>
      port?.number ? each.port === port.number : port?.name !== undefined && each.name === port.name,
    );
    return `${text} (${endpointsText(slices, found?.name ?? '')})`;
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    return `${text} (<error: ${failure.message}>)`;
  }
}

/** Describes an IngressClass. */
export function* describeIngressClass(ingressClass: IngressClass, about: About): Steps<string> {
  const { metadata, spec } = ingressClass;
  const description = new Description();
  description.field('Name', metadata.name);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Controller', spec?.controller);
  if (spec?.parameters) {
    const { apiGroup, kind, name } = spec.parameters;
    description.title('Parameters').optional('APIGroup', apiGroup, 1);
    description.field('Kind', kind, 1).field('Name', name, 1);
  }
  yield* describeEvents(description, ingressClass, about);
  return description.toString();
}
