import type { Ingress, IngressRule } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import type { KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { classAnnotation, ingressComplaints } from './ingress-validation.ts';

/** How many hosts the cell shows. */
const shownHosts = 3;

/** Ingresses (k8s.io/kubernetes/pkg/apis/networking/v1 and pkg/registry/networking/ingress). */
export const ingressRules: KindRules<Ingress> = {
  prepareCreate: (object) => beginsWith(object, { loadBalancer: {} }),
  prepareUpdate: keepsStatus,
  validate: ingressComplaints,
  warnings: ({ metadata, spec }, old) =>
    old || metadata.annotations?.[classAnnotation] === undefined || spec?.ingressClassName !== undefined
      ? []
      : [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`],
  columns: [nameColumn, text('Class'), text('Hosts'), text('Address'), text('Ports'), ageColumn],
  row: (object, context) => {
    const { spec, status } = object;
    const found = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
    return [
      object.metadata.name,
      spec?.ingressClassName ?? '<none>',
      hostsCell(spec?.rules ?? []),
      [...new Set(found)].sort().join(','),
      spec?.tls?.length ? '80, 443' : '80',
      ageOf(object, context),
    ];
  },
  hasStatus: true,
};

/** Rules behind those that are shown are counted, with a host or without. */
function hostsCell(rules: readonly IngressRule[]): string {
  const hosts: string[] = [];
  let isMore = false;
  for (const { host } of rules) {
    if (hosts.length === shownHosts) isMore = true;
    if (!isMore && host) hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  return isMore ? `${hosts.join(',')} + ${rules.length - shownHosts} more...` : hosts.join(',');
}
