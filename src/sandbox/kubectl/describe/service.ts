import type { EndpointSlice, Service, ServicePort } from '../../../kubernetes/api.ts';
import { labelsText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { nameOf, namespaceOf } from '../server/served-object.ts';
import { type About, describeEvents, listOrEmpty } from './about.ts';
import { Description } from './description.ts';
import { endpointsText } from './endpoint-slice.ts';

/** Describes a Service. */
export function* describeService(service: Service, about: About): Steps<string> {
  const { metadata, spec, status } = service;
  const slices = yield* slicesOf(namespaceOf(metadata), nameOf(metadata));
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Selector', labelsText(spec?.selector) || '<none>').field('Type', spec?.type);
  description.optional('IP Family Policy', spec?.ipFamilyPolicy);
  description.field('IP Families', listed(spec?.ipFamilies) || '<none>');
  description.field('IP', spec?.clusterIP).field('IPs', listed(spec?.clusterIPs) || '<none>');
  description.optional('External IPs', listed(spec?.externalIPs));
  description.optional('Desired LoadBalancer IP', spec?.loadBalancerIP);
  description.optional('External Name', spec?.externalName);
  const balancers = (status?.loadBalancer?.ingress ?? []).map(({ ip, ipMode, hostname = '' }) =>
    ip ? `${ip}${ipMode === undefined ? '' : ` (${ipMode})`}` : hostname,
  );
  if (balancers.length > 0) description.field('LoadBalancer Ingress', balancers.join(', '));
  for (const port of spec?.ports ?? []) describePort(description, port, slices);
  description.field('Session Affinity', spec?.sessionAffinity);
  description.optional('External Traffic Policy', spec?.externalTrafficPolicy);
  description.optional('Internal Traffic Policy', spec?.internalTrafficPolicy);
  if (spec?.healthCheckNodePort) description.field('HealthCheck NodePort', spec.healthCheckNodePort);
  description.optional('LoadBalancer Source Ranges', listed(spec?.loadBalancerSourceRanges));
  description.optional('Traffic Distribution', spec?.trafficDistribution);
  yield* describeEvents(description, service, about);
  return description.toString();
}

function describePort(
  description: Description,
  { name = '', port, protocol = '', targetPort = 0, nodePort, appProtocol }: ServicePort,
  slices: readonly EndpointSlice[],
): void {
  const shown = name || '<unset>';
  description.row(0, 'Port:', shown, `${port}/${protocol}`);
  description.field('TargetPort', `${targetPort}/${protocol}`).optional('AppProtocol', appProtocol);
  if (nodePort) description.row(0, 'NodePort:', shown, `${nodePort}/${protocol}`);
  description.field('Endpoints', endpointsText(slices, name));
}

/** The EndpointSlices of a Service; none when the server refuses. */
export function* slicesOf(namespace: string, name: string): Steps<readonly EndpointSlice[]> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const query = { labelSelector: `kubernetes.io/service-name=${name}` };
  return yield* listOrEmpty<EndpointSlice>(path, query);
}

function listed(texts: readonly string[] = []): string {
  return texts.join(',');
}
