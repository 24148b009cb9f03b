import { durationText } from '../../../../kubernetes/duration.ts';
import { notFound } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { timestamp } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { readFieldSelector } from '../objects/field-selector.ts';
import { readLabelSelector } from '../objects/label-selector.ts';
import { methodNotAllowed, noSuchPath } from '../objects/status.ts';
import { parameter } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { Target } from '../target.ts';
import type { NodeUsage, PodUsage } from './node-backend.ts';

interface Metrics {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp: string;
  };
  readonly [more: string]: unknown;
}

const apiVersion = 'metrics.k8s.io/v1beta1';

/** Answers for the metrics server: what Pods and nodes used lately. @throws ApiError */
export function answerMetrics(context: ApiContext, target: Target, request: ApiRequest): ApiResponse {
  const { plural, namespace, name, subresource } = target;
  const isOfNodes = plural === 'nodes';
  if ((!isOfNodes && plural !== 'pods') || subresource !== undefined) throw noSuchPath();
  if (request.method !== 'GET') throw methodNotAllowed();
  const { cluster, backend } = context;
  const all: readonly Metrics[] = isOfNodes
    ? backend.nodeMetrics().map((usage) => nodeMetrics(cluster, usage))
    : backend.podMetrics(namespace).map((usage) => podMetrics(cluster, usage));
  if (name !== undefined) {
    const found = all.find((each) => each.metadata.name === name);
    if (!found) throw notFound(isOfNodes ? 'node' : 'pods', name);
    return { status: 200, body: found };
  }
  const labels = readLabelSelector(parameter(request, 'labelSelector') ?? '');
  const fields = readFieldSelector(parameter(request, 'fieldSelector') ?? '', undefined);
  const items = all.filter((each) => labels(each.metadata.labels) && fields(each));
  return {
    status: 200,
    body: { kind: isOfNodes ? 'NodeMetricsList' : 'PodMetricsList', apiVersion, metadata: {}, items },
  };
}

function nodeMetrics(cluster: Cluster, { name, at, windowMs, cpuNano, memoryBytes }: NodeUsage): Metrics {
  const labels = cluster.get('nodes', undefined, name)?.metadata.labels;
  return {
    kind: 'NodeMetrics',
    apiVersion,
    metadata: { name, ...(labels ? { labels } : {}), creationTimestamp: timestamp(cluster.now) },
    ...measuredAt(at, windowMs),
    usage: usageOf(cpuNano, memoryBytes),
  };
}

function podMetrics(cluster: Cluster, { namespace, name, at, windowMs, containers }: PodUsage): Metrics {
  const labels = cluster.get('pods', namespace, name)?.metadata.labels;
  return {
    kind: 'PodMetrics',
    apiVersion,
    metadata: { name, namespace, ...(labels ? { labels } : {}), creationTimestamp: timestamp(cluster.now) },
    ...measuredAt(at, windowMs),
    containers: containers.map((each) => ({
      name: each.name,
      usage: usageOf(each.cpuNano, each.memoryBytes),
    })),
  };
}

function measuredAt(at: number, windowMs: number): object {
  return { timestamp: timestamp(at), window: durationText(windowMs) };
}

function usageOf(cpuNano: number, memoryBytes: number): object {
  return {
    cpu: cpuNano === 0 ? '0' : `${Math.round(cpuNano)}n`,
    memory: `${Math.round(memoryBytes / 1024)}Ki`,
  };
}
