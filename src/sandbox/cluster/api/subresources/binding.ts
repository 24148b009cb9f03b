import type { Binding, Pod } from '../../../../kubernetes/api.ts';
import { conflict } from '../../api-error.ts';
import type { Stored } from '../../object.ts';
import { timestamp } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { readObject } from '../objects/read-object.ts';
import { badRequest, methodNotAllowed, unexplained } from '../objects/status.ts';
import { demandObject } from '../objects/write-object.ts';
import { writeOptions } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';

/** Puts a Pod on a node, as a scheduler does (k8s.io/kubernetes/pkg/registry/core/pod/storage, BindingREST). @throws ApiError */
export function bindPod(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  if (request.method !== 'POST') throw methodNotAllowed();
  const { cluster } = context;
  const options = writeOptions(request, 'CreateOptions');
  const { object } = readObject<Binding>(
    request,
    { apiVersion: 'v1', kind: 'Binding' },
    options.fieldValidation,
  );
  const name = object.metadata.name ?? '';
  if (target.name !== undefined && name !== target.name) {
    throw badRequest('name in URL does not match name in Binding object');
  }
  const { kind = '', name: node = '' } = object.target;
  if (kind !== '' && kind !== 'Node') {
    throw unexplained(
      `target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`,
    );
  }
  if (node === '') throw unexplained('target.name: Required value');
  const pod = demandObject(context, { ...target, name }) as Stored<Pod>;
  const { metadata, spec, status } = pod;
  if (metadata.deletionTimestamp !== undefined) {
    throw refusal(name, `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (spec?.nodeName)
    throw refusal(name, `pod ${name} is already assigned to node ${JSON.stringify(spec.nodeName)}`);
  if (spec?.schedulingGates?.length) throw refusal(name, `pod ${name} has non-empty .spec.schedulingGates`);
  const others = status?.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp(cluster.now) };
  const attempt = () => cluster.bind(pod, node, { ...status, conditions: [...others, scheduled] });
  if (options.dryRun) cluster.rehearse(attempt);
  else attempt();
  return {
    status: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  };
}

function refusal(name: string, why: string): Error {
  return conflict('pods/binding', name, why);
}
