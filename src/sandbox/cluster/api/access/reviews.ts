import type { PolicyRule } from '../../../../kubernetes/api.ts';
import { invalid } from '../../kinds/complaint.ts';
import { timestamp } from '../../object.ts';
import { trackUpdate } from '../apply/managed-fields.ts';
import type { ApiContext } from '../context.ts';
import { isObject, readObject } from '../objects/read-object.ts';
import { badRequest, invalidObject, methodNotAllowed } from '../objects/status.ts';
import { writeOptions } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { Target } from '../target.ts';
import { type Attributes, authorize, rulesFor } from './rbac.ts';
import { isAlmighty, serviceAccountUser } from './user.ts';
import type { User } from './user-info.ts';

interface Review {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec?: Readonly<Record<string, unknown>>;
}

type Answer = (context: ApiContext, target: Target, review: Review) => object;

const kinds: Readonly<Record<string, readonly [apiVersion: string, kind: string, answer: Answer]>> = {
  selfsubjectaccessreviews: ['authorization.k8s.io/v1', 'SelfSubjectAccessReview', selfAccess],
  subjectaccessreviews: ['authorization.k8s.io/v1', 'SubjectAccessReview', otherAccess],
  localsubjectaccessreviews: ['authorization.k8s.io/v1', 'LocalSubjectAccessReview', otherAccess],
  selfsubjectrulesreviews: ['authorization.k8s.io/v1', 'SelfSubjectRulesReview', selfRules],
  selfsubjectreviews: ['authentication.k8s.io/v1', 'SelfSubjectReview', whoAmI],
};

/**
 * Answers questions about who may do what, which are no objects: `kubectl auth can-i`, `kubectl auth whoami`.
 *
 * @returns undefined when the target is no such question
 * @throws ApiError
 */
export function answerReview(
  context: ApiContext,
  target: Target,
  request: ApiRequest,
): ApiResponse | undefined {
  const found = Object.hasOwn(kinds, target.plural) ? kinds[target.plural] : undefined;
  if (!found) return undefined;
  const [apiVersion, kind, answer] = found;
  if (apiVersion !== `${target.group}/${target.version}`) return undefined;
  if (request.method !== 'POST' || target.name !== undefined) throw methodNotAllowed();
  const options = writeOptions(request, 'CreateOptions');
  const { object } = readObject<Review>(request, { apiVersion, kind }, options.fieldValidation);
  checkReview(kind, object);
  const { now } = context.cluster;
  const tracked = trackUpdate(undefined, { ...object, metadata: {} }, { manager: options.fieldManager, now });
  const isTimed = kind === 'SelfSubjectReview';
  const { namespace } = target;
  const place = kind === 'LocalSubjectAccessReview' && namespace !== undefined ? { namespace } : {};
  const metadata = {
    ...place,
    ...tracked.metadata,
    ...(isTimed ? { creationTimestamp: timestamp(now) } : {}),
  };
  return { status: 201, body: { ...object, metadata, status: answer(context, target, object) } };
}

/** What is wrong with a question (k8s.io/kubernetes/pkg/apis/authorization/validation). */
function checkReview(kind: string, { spec = {} }: Review): void {
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  if (kind === 'SelfSubjectRulesReview') {
    if (!spec.namespace) throw badRequest('no namespace on request');
    return;
  }
  if (kind === 'SelfSubjectReview') return;
  const both = 'cannot be specified in combination with resourceAttributes';
  const none = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  const nobody = 'at least one of user or group must be specified';
  const hasUser = Boolean(spec.user) || (Array.isArray(spec.groups) && spec.groups.length > 0);
  const complaints = [
    ...(isObject(resource) && isObject(path)
      ? [invalid('spec.nonResourceAttributes', { Path: path.path ?? '', Verb: path.verb ?? '' }, both)]
      : []),
    ...(isObject(resource) || isObject(path) ? [] : [invalid('spec.resourceAttributes', null, none)]),
    ...(kind === 'SelfSubjectAccessReview' || hasUser ? [] : [invalid('spec.user', '', nobody)]),
  ];
  if (complaints.length === 0) return;
  // Upstream does not say which kind it is.
  throw invalidObject({ kind: '', group: 'authorization.k8s.io' }, '', complaints);
}

function selfAccess({ cluster, user }: ApiContext, _: Target, { spec = {} }: Review): object {
  return decide({ cluster }, user, spec);
}

function otherAccess({ cluster }: ApiContext, { namespace }: Target, { spec = {} }: Review): object {
  const name = typeof spec.user === 'string' ? spec.user : '';
  const groups = Array.isArray(spec.groups) ? spec.groups.map(String) : [];
  const user: User = serviceAccountUser(name) ?? { name, groups };
  const own = isObject(spec.resourceAttributes) ? spec.resourceAttributes : undefined;
  const scoped =
    own && namespace !== undefined ? { ...spec, resourceAttributes: { ...own, namespace } } : spec;
  return decide({ cluster }, user, scoped);
}

function decide(
  { cluster }: Pick<ApiContext, 'cluster'>,
  user: User,
  spec: Readonly<Record<string, unknown>>,
): object {
  const { allowed, reason } = authorize(cluster, user, attributesOf(spec));
  return { allowed, ...(reason === '' ? {} : { reason }) };
}

function attributesOf(spec: Readonly<Record<string, unknown>>): Attributes {
  const { resourceAttributes, nonResourceAttributes } = spec;
  const from = isObject(resourceAttributes)
    ? resourceAttributes
    : isObject(nonResourceAttributes)
      ? nonResourceAttributes
      : {};
  const text = (name: string) => (typeof from[name] === 'string' ? (from[name] as string) : '');
  return {
    verb: text('verb'),
    group: text('group'),
    resource: text('resource'),
    subresource: text('subresource') || undefined,
    namespace: text('namespace') || undefined,
    name: text('name') || undefined,
    path: isObject(resourceAttributes) ? undefined : text('path'),
  };
}

function selfRules({ cluster, user }: ApiContext, _: Target, { spec = {} }: Review): object {
  const namespace = typeof spec.namespace === 'string' ? spec.namespace : undefined;
  const everything: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const allPaths: PolicyRule = { verbs: ['*'], nonResourceURLs: ['*'] };
  const found = [...rulesFor(cluster, user, namespace)].flatMap((each) => each.rules);
  const isTold = found.some(({ verbs, resources }) => verbs.includes('*') && resources?.includes('*'));
  const rules = isAlmighty(user) && !isTold ? [...found, everything, allPaths] : found;
  return {
    resourceRules: rules
      .filter(({ resources }) => resources)
      .map(({ verbs, apiGroups = [], resources = [], resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames ? { resourceNames } : {}),
      })),
    nonResourceRules: rules
      .filter(({ nonResourceURLs }) => nonResourceURLs)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}

function whoAmI({ user }: ApiContext): object {
  const { name, groups, uid } = user;
  return { userInfo: { username: name, ...(uid === undefined ? {} : { uid }), groups } };
}
