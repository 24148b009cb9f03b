import type { Pod } from '../../../../kubernetes/api.ts';
import { type Complaint, forbidden, invalid } from '../../kinds/complaint.ts';
import type { Stored } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { badRequest, invalidObject, methodNotAllowed } from '../objects/status.ts';
import { demandObject } from '../objects/write-object.ts';
import { count, flag, parameter, parameters } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import type { LogOptions } from './node-backend.ts';

/** Answers `pods/…/log`, and opens the connections of `exec`, `attach` and `portforward`. @throws ApiError */
export function connectPod(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const isLog = target.subresource === 'log';
  if (request.method !== 'GET' && (isLog || request.method !== 'POST')) throw methodNotAllowed();
  const pod = demandObject(context, target) as Stored<Pod>;
  switch (target.subresource) {
    case 'log':
      return logOf(context, pod, request);
    case 'exec':
      return execIn(context, pod, request);
    case 'attach': {
      const container = containerOf(pod, request);
      demandNode(pod);
      const options = { stdin: flag(request, 'stdin'), tty: flag(request, 'tty') };
      return { status: 200, stream: context.backend.attach(pod, container, options) };
    }
    default:
      demandNode(pod);
      return { status: 200, stream: context.backend.forward(pod) };
  }
}

function logOf({ backend }: ApiContext, pod: Stored<Pod>, request: ApiRequest): ApiResponse {
  const options = logOptions(pod, request);
  // Upstream has nothing to ask as long as no node has the Pod.
  if (!pod.spec?.nodeName) return { status: 204, text: '' };
  const found = backend.logs(pod, options);
  return typeof found === 'string' ? { status: 200, text: found } : { status: 200, stream: found };
}

function logOptions(pod: Stored<Pod>, request: ApiRequest): LogOptions {
  const sinceSeconds = count(request, 'sinceSeconds');
  const tailLines = count(request, 'tailLines');
  const limitBytes = count(request, 'limitBytes');
  const sinceText = parameter(request, 'sinceTime') || undefined;
  const sinceTime = sinceText === undefined ? undefined : Date.parse(sinceText);
  if (sinceTime !== undefined && Number.isNaN(sinceTime)) {
    const shown = JSON.stringify(sinceText);
    throw badRequest(`parsing time ${shown} as "2006-01-02T15:04:05Z07:00": cannot parse ${shown} as "2006"`);
  }
  const complaints: Complaint[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    complaints.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1) {
    complaints.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  }
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    complaints.push(forbidden('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    complaints.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  }
  if (complaints.length > 0) {
    throw invalidObject({ kind: 'PodLogOptions', group: '' }, pod.metadata.name, complaints);
  }
  return {
    container: containerOf(pod, request),
    follow: flag(request, 'follow'),
    previous: flag(request, 'previous'),
    timestamps: flag(request, 'timestamps'),
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
    ...(sinceTime === undefined ? {} : { sinceTime }),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}

function execIn({ backend }: ApiContext, pod: Stored<Pod>, request: ApiRequest): ApiResponse {
  const container = containerOf(pod, request);
  demandNode(pod);
  const argv = parameters(request, 'command');
  if (argv.length === 0) throw badRequest('you must specify at least 1 command for the container');
  const stream = backend.exec(pod, container, {
    argv,
    tty: flag(request, 'tty'),
    stdin: flag(request, 'stdin'),
  });
  return { status: 200, stream };
}

/** The container that is meant (k8s.io/kubernetes/pkg/registry/core/pod, validateContainer). */
function containerOf({ metadata, spec }: Stored<Pod>, request: ApiRequest): string {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = spec ?? {};
  const all = [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
  const asked = parameter(request, 'container') ?? '';
  const [only] = containers;
  if (asked === '') {
    if (only && containers.length === 1) return only.name;
    const choice = all.length > 0 ? `, choose one of: [${all.join(' ')}]` : '';
    throw badRequest(`a container name must be specified for pod ${metadata.name}${choice}`);
  }
  if (all.includes(asked)) return asked;
  throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
}

function demandNode({ metadata, spec }: Stored<Pod>): void {
  if (spec?.nodeName) return;
  throw badRequest(`pod ${metadata.name} does not have a host assigned`);
}
