import { conditionOf } from '../../cluster/controllers/conditions.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Kinds, Resource } from '../../cluster/resources.ts';
import type { Sandbox } from '../../sandbox.ts';
import { type Finding, sentence } from '../why/account.ts';
import { claimFindings } from './claim-findings.ts';
import { onItsWay, trouble } from './finding.ts';
import { nodeFindings } from './node-findings.ts';
import { podFindings } from './pod-findings.ts';
import { namespaceFlag } from './pod-flags.ts';
import { serviceFindings } from './service-findings.ts';
import {
  cronJobFindings,
  daemonSetFindings,
  deploymentFindings,
  jobFindings,
  replicaSetFindings,
  statefulSetFindings,
} from './workload-findings.ts';

type Reader<R extends Resource> = (sandbox: Sandbox, object: Stored<Kinds[R]>) => readonly Finding[];

const readers: { readonly [R in Resource]?: Reader<R> } = {
  nodes: nodeFindings,
  namespaces: (_, object) => namespaceFindings(object),
  persistentvolumeclaims: claimFindings,
  'cronjobs.batch': (_, object) => cronJobFindings(object),
  'jobs.batch': (_, object) => jobFindings(object),
  'deployments.apps': (_, object) => deploymentFindings(object),
  'statefulsets.apps': (_, object) => statefulSetFindings(object),
  'daemonsets.apps': (_, object) => daemonSetFindings(object),
  'replicasets.apps': (_, object) => replicaSetFindings(object),
  pods: podFindings,
  services: serviceFindings,
  'horizontalpodautoscalers.autoscaling': (_, object) => autoscalerFindings(object),
};

/** Why an object is not as it should be, by its kind; nothing for kinds that are never ill. */
export function findingsOf(
  sandbox: Sandbox,
  { table, object }: { readonly table: Resource; readonly object: Stored<Kinds[Resource]> },
): readonly Finding[] {
  const read = readers[table] as Reader<Resource> | undefined;
  return read ? read(sandbox, object) : [];
}

function autoscalerFindings({
  metadata,
  status,
}: Stored<Kinds['horizontalpodautoscalers.autoscaling']>): readonly Finding[] {
  const idle = [
    conditionOf(status?.conditions, 'AbleToScale'),
    conditionOf(status?.conditions, 'ScalingActive'),
  ].find((each) => each?.status === 'False');
  if (!idle) return [];
  const describe = `kubectl describe hpa ${metadata.name}${namespaceFlag({ metadata })}`;
  return [trouble(`Autoscaler ${metadata.name}`, [sentence(idle.message)], [describe])];
}

function namespaceFindings({ metadata, status }: Stored<Kinds['namespaces']>): readonly Finding[] {
  if (status?.phase !== 'Terminating') return [];
  const told = (status.conditions ?? []).filter((each) => each.status === 'True');
  return [
    onItsWay(`Namespace ${metadata.name}`, [
      'It is being deleted, with all that is in it.',
      ...told.map(({ message }) => sentence(message)),
    ]),
  ];
}
