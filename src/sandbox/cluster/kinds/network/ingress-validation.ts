import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressTLS,
} from '../../../../kubernetes/api.ts';
import { type Complaint, invalid, notSupported, required } from '../complaint.ts';
import { labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { isNew } from '../object-meta.ts';
import { complaintsOf, portComplaints, portNameProblems, requiredText } from '../value-rules.ts';
import { isAddress } from './addresses.ts';

/** What named a class before the field did. */
export const classAnnotation = 'kubernetes.io/ingress.class';

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const strangeSequences = ['//', '/./', '/../', '%2f', '%2F'];
const strangeEndings = ['/..', '/.'];
const wildcardForm = /^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const wildcardWords =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is wrong with an Ingress (k8s.io/kubernetes/pkg/apis/networking/validation, ValidateIngressSpec). */
export function ingressComplaints({ metadata, spec = {} }: Ingress): readonly Complaint[] {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec;
  return [
    ...(rules.length === 0 && !defaultBackend
      ? [invalid('spec', null, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend ? backendComplaints(defaultBackend, 'spec.defaultBackend') : []),
    ...rules.flatMap((rule, index) => ruleComplaints(rule, `spec.rules[${index}]`)),
    ...tls.flatMap((each, index) => tlsComplaints(each, `spec.tls[${index}]`)),
    ...(ingressClassName === undefined
      ? []
      : complaintsOf('spec.ingressClassName', ingressClassName, subdomainComplaints(ingressClassName))),
    ...(isNew(metadata)
      ? annotationComplaints(metadata.annotations?.[classAnnotation], ingressClassName)
      : []),
  ];
}

function annotationComplaints(noted: string | undefined, named: string | undefined): readonly Complaint[] {
  if (noted === undefined || named === undefined || noted === named) return [];
  const why = 'must match `ingressClassName` when both are specified';
  return [invalid(`annotations.${classAnnotation}`, noted, why)];
}

function ruleComplaints({ host = '', http }: IngressRule, path: string): readonly Complaint[] {
  const field = `${path}.host`;
  return [
    ...(isAddress(host) ? [invalid(field, host, 'must be a DNS name, not an IP address')] : []),
    ...(host === '' ? [] : complaintsOf(field, host, hostProblems(host))),
    ...(http?.paths.length === 0 ? [required(`${path}.http.paths`)] : []),
    ...(http?.paths ?? []).flatMap((each, index) => pathComplaints(each, `${path}.http.paths[${index}]`)),
  ];
}

function hostProblems(host: string): readonly string[] {
  if (!host.includes('*')) return subdomainComplaints(host);
  return wildcardForm.test(host) ? [] : [wildcardWords];
}

function pathComplaints({ path = '', pathType, backend }: HTTPIngressPath, at: string): readonly Complaint[] {
  if (!pathType) return [required(`${at}.pathType`, 'pathType must be specified')];
  const field = `${at}.path`;
  const isRelative = !path.startsWith('/');
  const absolute = isRelative ? [invalid(field, path, 'must be an absolute path')] : [];
  const backends = backendComplaints(backend, `${at}.backend`);
  if (pathType === 'ImplementationSpecific') return [...(path === '' ? [] : absolute), ...backends];
  if (!pathTypes.includes(pathType))
    return [notSupported(`${at}.pathType`, pathType, pathTypes), ...backends];
  return [
    ...absolute,
    ...strangeSequences
      .filter((each) => path.includes(each))
      .map((each) => invalid(field, path, `must not contain '${each}'`)),
    ...strangeEndings
      .filter((each) => path.endsWith(each))
      .map((each) => invalid(field, path, `cannot end with '${each}'`)),
    ...backends,
  ];
}

function backendComplaints({ resource, service }: IngressBackend, path: string): readonly Complaint[] {
  if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (resource) {
    return [
      ...requiredText(`${path}.resource.kind`, resource.kind),
      ...requiredText(`${path}.resource.name`, resource.name),
    ];
  }
  if (!service) return [invalid(path, '', 'resource or service backend is required')];
  const { name, port: { name: portName = '', number = 0 } = {} } = service;
  return [
    ...(name
      ? complaintsOf(`${path}.service.name`, name, labelNameComplaints(name))
      : [required(`${path}.service.name`)]),
    ...portChoice(path, portName, number),
  ];
}

function portChoice(path: string, name: string, number: number): readonly Complaint[] {
  if (name && number) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name) return complaintsOf(`${path}.service.port.name`, name, portNameProblems(name));
  if (number) return portComplaints(`${path}.service.port.number`, number);
  return [required(path, 'port name or number is required')];
}

function tlsComplaints({ hosts = [], secretName = '' }: IngressTLS, path: string): readonly Complaint[] {
  return [
    ...hosts.flatMap((host, index) => complaintsOf(`${path}.hosts[${index}]`, host, hostProblems(host))),
    ...(secretName === ''
      ? []
      : complaintsOf(`${path}.secretName`, secretName, subdomainComplaints(secretName))),
  ];
}
