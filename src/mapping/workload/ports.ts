import { toName } from '../../kubernetes/names.ts';
import type { Protocol } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from './draft.ts';

/**
 * Says that the container listens on a port. In Kubernetes, as with EXPOSE, this is for the reader: an
 * undeclared port is reachable as well
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports).
 */
export function declarePort(draft: WorkloadDraft, containerPort: number, protocol: Protocol): void {
  const ports = draft.container.ports ?? [];
  const known = ports.some((each) => each.containerPort === containerPort && protocolOf(each) === protocol);
  if (known) return;
  draft.container.ports = [...ports, { containerPort, ...(protocol === 'TCP' ? {} : { protocol }) }];
}

/**
 * Gives a port of the container a port of the Service.
 *
 * @returns whether the Service's port was free; one port cannot lead to two places
 */
export function publishPort(
  draft: WorkloadDraft,
  { port, containerPort, protocol }: { port: number; containerPort: number; protocol: Protocol },
): boolean {
  declarePort(draft, containerPort, protocol);
  const taken = draft.service.ports.find((each) => each.port === port && each.protocol === protocol);
  if (taken) return taken.targetPort === containerPort;
  draft.service.ports.push({ port, targetPort: containerPort, protocol });
  return true;
}

/** Remembers that a port should be reachable on the learner's own machine; port-forward does TCP only. */
export function forwardPort(draft: WorkloadDraft, local: number, remote: number): void {
  if (local !== 0 && draft.forwards.some((each) => each.local === local)) return;
  draft.forwards.push({ local, remote });
}

/**
 * Gives the Pods one more name in the cluster's DNS, which takes one more Service.
 *
 * @returns the name as a Service can have it
 */
export function addAlias(draft: WorkloadDraft, alias: string): string {
  const name = serviceName(draft, alias);
  if (name !== serviceName(draft) && !draft.service.aliases.includes(name)) draft.service.aliases.push(name);
  return name;
}

/**
 * The name of the draft's Service, or of another one. It has to begin with a letter (RFC 1035) up to 1.35;
 * from 1.36 on RelaxedServiceNameValidation lets digits begin it, but what works everywhere is kept.
 */
export function serviceName(draft: WorkloadDraft, text: string = draft.name): string {
  return toName(text, 'service').name;
}

function protocolOf(port: { readonly protocol?: Protocol }): Protocol {
  return port.protocol ?? 'TCP';
}
