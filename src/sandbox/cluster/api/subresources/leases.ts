import type { ObjectMeta } from '../../../../kubernetes/api.ts';
import { notFound } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { ageColumn, ageOf, nameColumn, text } from '../../kinds/cells.ts';
import type { KindRules } from '../../kinds/kind.ts';
import { downSince } from '../../node/node-power.ts';
import { type ApiObject, type Stored, timestamp } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { readFieldSelector } from '../objects/field-selector.ts';
import { readLabelSelector } from '../objects/label-selector.ts';
import { methodNotAllowed, noSuchPath } from '../objects/status.ts';
import { formOf, includeObject, tableOf } from '../objects/table.ts';
import { flag, parameter } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { Target } from '../target.ts';

interface Lease extends ApiObject {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly holderIdentity: string;
    readonly leaseDurationSeconds: number;
    readonly renewTime: string;
  };
}

const apiVersion = 'coordination.k8s.io/v1';
const home = 'kube-node-lease';

/** How often a kubelet says that it lives (`nodeLeaseDurationSeconds` is 40, renewed at a quarter of it). */
const renewedEach = 10_000;

const rules: KindRules<Lease> = {
  columns: [nameColumn, text('Holder'), ageColumn],
  row: (lease, context) => [lease.metadata.name, lease.spec.holderIdentity, ageOf(lease, context)],
};

/**
 * Answers for the Leases of the nodes, which are read only here: what they say follows from when a node came and
 * whether it runs, so nothing has to be written every ten seconds.
 *
 * @throws ApiError
 */
export function answerLeases({ cluster }: ApiContext, target: Target, request: ApiRequest): ApiResponse {
  const { plural, namespace, name, subresource } = target;
  if (plural !== 'leases' || subresource !== undefined) throw noSuchPath();
  if (request.method !== 'GET' || flag(request, 'watch')) throw methodNotAllowed();
  const all = namespace === undefined || namespace === home ? leasesOf(cluster) : [];
  const labels = readLabelSelector(parameter(request, 'labelSelector') ?? '');
  const fields = readFieldSelector(parameter(request, 'fieldSelector') ?? '', undefined);
  const items =
    name === undefined
      ? all.filter((each) => labels(each.metadata.labels) && fields(each))
      : all.filter(({ metadata }) => metadata.name === name);
  const [only] = items;
  if (name !== undefined && !only) throw notFound('leases.coordination.k8s.io', name);
  const metadata = { resourceVersion: `${cluster.store.revision}` };
  if (formOf(request) === 'table') {
    const body = tableOf(
      rules as unknown as KindRules<ApiObject>,
      items,
      metadata,
      includeObject(request),
      cluster,
    );
    return { status: 200, body };
  }
  return {
    status: 200,
    body: name === undefined ? { kind: 'LeaseList', apiVersion, metadata, items } : only,
  };
}

function leasesOf(cluster: Cluster): readonly Stored<Lease>[] {
  return cluster.list('nodes').map((node) => {
    const { name, uid, creationTimestamp } = node.metadata;
    const created = Date.parse(creationTimestamp);
    const lived = (downSince(cluster.store, name) ?? cluster.now) - created;
    const renewed = created + renewedEach * Math.floor(lived / renewedEach);
    return {
      apiVersion,
      kind: 'Lease',
      metadata: {
        creationTimestamp,
        name,
        namespace: home,
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
        resourceVersion: `${cluster.store.revision}`,
        uid: leaseUid(uid),
      },
      spec: {
        holderIdentity: name,
        leaseDurationSeconds: 40,
        renewTime: timestamp(renewed).replace('Z', '.000000Z'),
      },
    };
  });
}

/** A Lease needs an identifier of its own that is always the same: the node's, with its digits turned around. */
function leaseUid(uid: string): string {
  const digits = [...uid.replaceAll('-', '')].reverse();
  return uid.replace(/[0-9a-f]/g, () => digits.shift() ?? '0');
}
