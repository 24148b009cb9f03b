import type { Simulation } from '../../simulation.ts';
import { ApiError } from '../api-error.ts';
import type { Cluster } from '../cluster.ts';
import { rulesOf } from '../kinds/all-kinds.ts';
import { demandPermission } from './access/rbac.ts';
import { answerReview } from './access/reviews.ts';
import { requestToken } from './access/token-request.ts';
import { userOf } from './access/user.ts';
import type { ApiContext } from './context.ts';
import { discoveryAt, servedPaths, serverVersion } from './discovery/discovery.ts';
import { openApiAt, prepareOpenApi } from './discovery/openapi.ts';
import { servedGroups } from './discovery/served-parts.ts';
import { ChangeHistory } from './objects/change-history.ts';
import { deleteCollection, deleteObject } from './objects/delete-object.ts';
import { finalizeNamespace } from './objects/finalize.ts';
import { listObjects, oneObject } from './objects/list-objects.ts';
import { methodNotAllowed, noSuchPath, notSimulated, statusBody } from './objects/status.ts';
import { watchObjects } from './objects/watch.ts';
import { createObject, demandObject, patchObject, replaceObject } from './objects/write-object.ts';
import { flag } from './options.ts';
import type { ApiRequest, ApiResponse } from './request.ts';
import { createdInV1, isOfAutoscalingV1 } from './subresources/autoscaling-v1.ts';
import { bindPod } from './subresources/binding.ts';
import { evictPod } from './subresources/eviction.ts';
import { answerLeases } from './subresources/leases.ts';
import { answerMetrics } from './subresources/metrics.ts';
import type { NodeBackend } from './subresources/node-backend.ts';
import { connectPod } from './subresources/pod-connections.ts';
import { scaleObject } from './subresources/scale.ts';
import { decodeWords, readTarget, type ServedTarget, servedTarget, type Target } from './target.ts';

/**
 * The API server: it answers requests as a real one of Kubernetes 1.36 does, over the objects of a Cluster.
 * It keeps nothing itself but a memory of the latest changes, for watches.
 */
export class ApiServer {
  readonly #cluster: Cluster;
  readonly #simulation: Simulation;
  readonly #backend: NodeBackend;
  readonly #history: ChangeHistory;

  constructor(cluster: Cluster, simulation: Simulation, backend: NodeBackend) {
    this.#cluster = cluster;
    this.#simulation = simulation;
    this.#backend = backend;
    this.#history = new ChangeHistory(cluster.store);
  }

  /** Loads what only some requests need: the texts of the OpenAPI documents. To be waited for before `handle`. */
  async prepare({ path }: Pick<ApiRequest, 'path'>): Promise<void> {
    await prepareOpenApi(path);
  }

  /** Answers a request. What is refused is answered with a `Status`; nothing is thrown but for a bug. */
  handle(request: ApiRequest): ApiResponse {
    try {
      return this.#answer(request);
    } catch (error) {
      if (error instanceof ApiError) return { status: error.code, body: statusBody(error) };
      throw error;
    }
  }

  #answer(request: ApiRequest): ApiResponse {
    if (isOfAutoscalingV1(request)) return createdInV1(request, (each) => this.#answer(each));
    const { user, impersonator } = userOf(request);
    const context: ApiContext = {
      cluster: this.#cluster,
      simulation: this.#simulation,
      backend: this.#backend,
      user,
    };
    if (impersonator) {
      demandPermission(this.#cluster, impersonator, {
        verb: 'impersonate',
        group: '',
        resource: 'users',
        name: user.name,
      });
    }
    const target = readTarget(request.path);
    if (!target) return withoutTarget(request);
    const isServed = servedGroups().some(
      ({ group, version }) => group === target.group && version === target.version,
    );
    if (!isServed) return notServed(target.group);
    // Everybody may ask what they may do themselves.
    if (!target.plural.startsWith('selfsubject')) {
      const attributes = { ...target, verb: verbOf(request, target), resource: target.plural };
      demandPermission(this.#cluster, user, attributes);
    }
    return this.#answerTarget(context, target, request);
  }

  #answerTarget(context: ApiContext, target: Target, request: ApiRequest): ApiResponse {
    if (target.group === 'metrics.k8s.io') return answerMetrics(context, target, request);
    if (target.group === 'coordination.k8s.io') return answerLeases(context, target, request);
    const review = answerReview(context, target, request);
    if (review) return review;
    const pods = target.group === '' && target.plural === 'bindings' && { ...target, plural: 'pods' };
    const served = servedTarget(pods || target);
    if (!served) throw noSuchPath();
    if (pods) return bindPod(context, served, request);
    if (served.subresource !== undefined) return answerPart(context, served, request);
    const response =
      served.name === undefined
        ? this.#answerCollection(context, served, request)
        : answerObject(context, this.#history, served, request);
    const { deprecation } = rulesOf(served.resource.table);
    if (deprecation === undefined) return response;
    return { ...response, warnings: [deprecation, ...(response.warnings ?? [])] };
  }

  #answerCollection(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
    const { resource, namespace } = target;
    const isWhole = resource.namespaced && namespace === undefined;
    switch (request.method) {
      case 'GET':
        if (!flag(request, 'watch')) return listObjects(context, target, request);
        return { status: 200, stream: watchObjects(context, this.#history, target, request) };
      case 'POST':
        if (isWhole) throw methodNotAllowed();
        return createObject(context, target, request);
      case 'DELETE':
        if (isWhole || resource.table === 'namespaces') throw methodNotAllowed();
        return deleteCollection(context, target, request);
      default:
        throw methodNotAllowed();
    }
  }
}

function answerObject(
  context: ApiContext,
  history: ChangeHistory,
  target: ServedTarget,
  request: ApiRequest,
): ApiResponse {
  switch (request.method) {
    case 'GET': {
      if (!flag(request, 'watch')) return oneObject(context, target, request, demandObject(context, target));
      const named = {
        ...request,
        query: { ...request.query, fieldSelector: `metadata.name=${target.name}` },
      };
      return { status: 200, stream: watchObjects(context, history, target, named) };
    }
    case 'PUT':
      return replaceObject(context, target, request);
    case 'PATCH':
      return patchObject(context, target, request);
    case 'DELETE':
      return deleteObject(context, target, request);
    default:
      throw methodNotAllowed();
  }
}

function answerPart(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const { resource, subresource } = target;
  switch (`${resource.table}/${subresource}`) {
    case 'pods/log':
    case 'pods/exec':
    case 'pods/attach':
    case 'pods/portforward':
      return connectPod(context, target, request);
    case 'pods/eviction':
      return evictPod(context, target, request);
    case 'pods/binding':
      return bindPod(context, target, request);
    case 'pods/ephemeralcontainers':
      return answerPartOfObject(context, target, request, 'ephemeralcontainers');
    case 'serviceaccounts/token':
      return requestToken(context, target, request);
    case 'namespaces/finalize':
      return finalizeNamespace(context, target, request);
    case 'pods/proxy':
    case 'services/proxy':
    case 'nodes/proxy':
    case 'pods/resize':
      throw notSimulated(`${resource.plural}/${subresource}`);
    default:
  }
  const { hasStatus, scale } = rulesOf(resource.table);
  if (subresource === 'status' && hasStatus) return answerPartOfObject(context, target, request, 'status');
  if (subresource === 'scale' && scale) return scaleObject(context, target, request);
  throw noSuchPath();
}

function answerPartOfObject(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  part: 'status' | 'ephemeralcontainers',
): ApiResponse {
  switch (request.method) {
    case 'GET':
      return oneObject(context, target, request, demandObject(context, target));
    case 'PUT':
      return replaceObject(context, target, request, part);
    case 'PATCH':
      return patchObject(context, target, request, part);
    default:
      throw methodNotAllowed();
  }
}

const notFoundText: ApiResponse = { status: 404, text: '404 page not found\n' };

/** Paths that name no resource: discovery, health, the version. */
function withoutTarget(request: ApiRequest): ApiResponse {
  const words = decodeWords(request.path) ?? (request.path === '/' ? [] : undefined);
  if (!words) return notFoundText;
  const [root = ''] = words;
  if (request.method !== 'GET') return refuse(methodNotAllowed());
  switch (root) {
    case '':
      return { status: 200, body: servedPaths() };
    case 'version':
      return words.length === 1 ? { status: 200, body: serverVersion } : refuse(noSuchPath());
    case 'healthz':
    case 'livez':
    case 'readyz':
      return words.length === 1 ? health(root, flag(request, 'verbose')) : { status: 200, text: 'ok' };
    case 'openapi':
      return openApiAt(words.slice(1)) ?? notFoundText;
    case 'api':
    case 'apis': {
      const found = discoveryAt(words, request);
      if (found !== undefined) return { status: 200, body: found };
      return notServed(root === 'api' ? '' : (words[1] ?? ''));
    }
    default:
      return notFoundText;
  }
}

/** Of a group that is served something is said, of others only that there is no such page. */
function notServed(group: string): ApiResponse {
  return servedGroups().some((each) => each.group === group) ? refuse(noSuchPath()) : notFoundText;
}

function health(check: string, isVerbose: boolean): ApiResponse {
  if (!isVerbose) return { status: 200, text: 'ok' };
  const checks = ['ping', 'log', 'etcd', 'poststarthook/start-apiextensions-controllers'];
  const lines = checks.map((each) => `[+]${each} ok\n`).join('');
  return { status: 200, text: `${lines}${check} check passed\n` };
}

function refuse(error: ApiError): ApiResponse {
  return { status: error.code, body: statusBody(error) };
}

const verbs: Readonly<Record<ApiRequest['method'], string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What a request does, as the rules of RBAC call it. */
function verbOf(request: ApiRequest, { name }: Target): string {
  if (request.method === 'GET' && flag(request, 'watch')) return 'watch';
  if (name !== undefined) return verbs[request.method];
  if (request.method === 'GET') return 'list';
  return request.method === 'DELETE' ? 'deletecollection' : verbs[request.method];
}
