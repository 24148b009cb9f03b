import type { HorizontalPodAutoscaler, MetricSpec, ObjectMeta } from '../../../../kubernetes/api.ts';
import { noSuchPath, notSimulated } from '../objects/status.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';

/** A HorizontalPodAutoscaler as `autoscaling/v1` has it: of metrics it knows the processor only. */
interface OldAutoscaler {
  readonly metadata?: ObjectMeta;
  readonly spec?: Omit<HorizontalPodAutoscaler['spec'], 'metrics' | 'behavior'> & {
    readonly targetCPUUtilizationPercentage?: number;
  };
}

const path = /^\/apis\/autoscaling\/v1\/(namespaces\/[^/]+\/horizontalpodautoscalers)\/?$/;

/** Whether a request is about `autoscaling/v1`, which discovery does not tell of. */
export function isOfAutoscalingV1({ path: asked }: Pick<ApiRequest, 'path'>): boolean {
  return asked.startsWith('/apis/autoscaling/v1/');
}

/**
 * `kubectl autoscale` up to 1.33 knows this version only, whatever discovery tells it. So an autoscaler is taken
 * in it, and told back in it (k8s.io/kubernetes/pkg/apis/autoscaling/v1, conversion.go).
 *
 * @param answer answers a request in the version that is simulated
 * @throws ApiError for everything but making one
 */
export function createdInV1(request: ApiRequest, answer: (request: ApiRequest) => ApiResponse): ApiResponse {
  const [, collection] = path.exec(request.path) ?? [];
  if (collection === undefined) throw noSuchPath();
  if (request.method !== 'POST') {
    throw notSimulated('a HorizontalPodAutoscaler of autoscaling/v1 (autoscaling/v2 is)');
  }
  const body = toV2((request.body ?? {}) as OldAutoscaler);
  const response = answer({ ...request, path: `/apis/autoscaling/v2/${collection}`, body });
  if (!('body' in response) || response.status >= 300) return response;
  return { ...response, body: toV1(response.body as HorizontalPodAutoscaler) };
}

function toV2(old: OldAutoscaler): unknown {
  const { targetCPUUtilizationPercentage: wanted, ...spec } = old.spec ?? {};
  return { ...old, apiVersion: 'autoscaling/v2', spec: { ...spec, ...metricsFor(wanted) } };
}

function metricsFor(wanted: number | undefined): { readonly metrics?: readonly MetricSpec[] } {
  if (wanted === undefined) return {};
  const target = { type: 'Utilization', averageUtilization: wanted } as const;
  return { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

function toV1({
  spec: { metrics, behavior: _, ...spec },
  status,
  ...others
}: HorizontalPodAutoscaler): unknown {
  const wanted = metrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.target
    .averageUtilization;
  return {
    ...others,
    apiVersion: 'autoscaling/v1',
    spec: { ...spec, ...(wanted === undefined ? {} : { targetCPUUtilizationPercentage: wanted }) },
    status: {
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
    },
  };
}
