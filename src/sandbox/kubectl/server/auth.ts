import type { PolicyRule } from '../../../kubernetes/api.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { throwUnless } from '../../thrown.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { goText } from '../printing/jsonpath.ts';
import { create } from './client.ts';
import type { DiscoveredResource } from './discovered-resource.ts';
import { resourceNamed } from './discovery.ts';
import { compactRules, ruleCells } from './policy-rules.ts';

const resourceVerbs = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
].concat(['use', 'bind', 'impersonate', '*', 'approve', 'sign', 'escalate', 'attest']);
const pathVerbs = ['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*'];

/** `kubectl auth can-i` (k8s.io/kubectl/pkg/cmd/auth/cani.go). */
export function* runCanI(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.on('--list')) return yield* listAllowed(context);
  const [verb = '', what = ''] = options.args;
  if (options.args.length !== 2) {
    throw new CommandFailure(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const spec = what.startsWith('/')
    ? yield* pathAsked(verb, what, options)
    : yield* resourceAsked(context, verb, what);
  if (options.has('--no-headers') && options.on('--no-headers')) {
    throw new CommandFailure('--no-headers cannot be set without --list specified');
  }
  const { status } = yield* review<AccessStatus>('selfsubjectaccessreviews', 'SelfSubjectAccessReview', spec);
  const { allowed, reason, evaluationError } = status;
  const answer = allowed ? 'yes' : ['no', reason, evaluationError].filter(Boolean).join(' - ');
  if (!options.on('--quiet')) yield* print(`${answer}\n`);
  return allowed ? 0 : 1;
}

interface AccessStatus {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly evaluationError?: string;
}

function* review<T>(resource: string, kind: string, spec: unknown): Steps<{ readonly status: T }> {
  const path = `/apis/authorization.k8s.io/v1/${resource}`;
  return yield* create(path, { apiVersion: 'authorization.k8s.io/v1', kind, spec });
}

function* pathAsked(verb: string, path: string, options: Options): Steps<unknown> {
  if (options.text('--subresource')) {
    throw new CommandFailure('--subresource can not be used with NonResourceURL');
  }
  if (!pathVerbs.includes(verb)) yield* complain(`Warning: verb '${verb}' is not a known verb\n\n`);
  return { nonResourceAttributes: { verb, path } };
}

function* resourceAsked(context: KubectlContext, verb: string, what: string): Steps<unknown> {
  const { options } = context;
  const slash = what.indexOf('/');
  const type = slash < 0 ? what : what.slice(0, slash);
  const name = slash < 0 ? undefined : what.slice(slash + 1);
  const resource = yield* resourceOrWarning(type, yield* context.known());
  const isEverywhere = options.on('--all-namespaces');
  const { namespace } = yield* context.target();
  if (!isEverywhere && resource && !resource.namespaced) {
    const where = resource.group === '' ? '' : ` in group '${resource.group}'`;
    yield* complain(`Warning: resource '${resource.name}' is not namespace scoped${where}\n\n`);
  }
  if (!isEverywhere && !resourceVerbs.includes(verb)) {
    yield* complain(`Warning: verb '${verb}' is not a known verb\n\n`);
  }
  const part = options.text('--subresource');
  return {
    resourceAttributes: {
      ...(isEverywhere ? {} : { namespace }),
      verb,
      ...(resource?.group ? { group: resource.group } : {}),
      ...(resource ? { resource: resource.name } : { resource: type }),
      ...(part ? { subresource: part } : {}),
      ...(name ? { name } : {}),
    },
  };
}

function* resourceOrWarning(
  type: string,
  known: readonly DiscoveredResource[],
): Steps<DiscoveredResource | undefined> {
  if (type === '*') return undefined;
  try {
    return resourceNamed(type, known);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    const [name = '', ...group] = type.toLowerCase().split('.');
    if (!['users', 'groups'].includes(type)) {
      const where = group.length === 0 ? '' : ` in group '${group.join('.')}'`;
      yield* complain(`Warning: the server doesn't have a resource type '${name}'${where}\n\n`);
    }
    return undefined;
  }
}

interface RulesStatus {
  readonly resourceRules: readonly PolicyRule[];
  readonly nonResourceRules: readonly PolicyRule[];
}

function* listAllowed(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) throw new CommandFailure('list option must be specified with no arguments');
  if (options.on('--quiet') || options.on('--all-namespaces') || options.text('--subresource')) {
    throw new CommandFailure(
      "list option can't be specified with neither quiet, all-namespaces nor subresource options",
    );
  }
  const { namespace } = yield* context.target();
  const spec = { namespace };
  const { status } = yield* review<RulesStatus>('selfsubjectrulesreviews', 'SelfSubjectRulesReview', spec);
  const rows = compactRules([...status.resourceRules, ...status.nonResourceRules]).map(ruleCells);
  const head = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  yield* print(new TabWriter().text(options.on('--no-headers') ? rows : [head, ...rows]));
  return 0;
}

interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** `kubectl auth whoami` (k8s.io/kubectl/pkg/cmd/auth/whoami.go). */
export function* runWhoAmI(context: KubectlContext): Steps<number> {
  const { options } = context;
  yield* context.target();
  const printer = yield* outcomePrinter(options, '', 'none', true);
  const found = yield* askWho();
  if (options.text('--output')) {
    yield* print(printer.text(found as never));
    return 0;
  }
  const { username, uid, groups, extra = {} } = found.status.userInfo;
  const rows = [
    ['ATTRIBUTE', 'VALUE'],
    ['Username', username],
    ...(uid ? [['UID', uid]] : []),
    ['Groups', goText(groups)],
    ...Object.entries(extra)
      .sort(byKey)
      .map(([key, values]) => [`Extra: ${key}`, goText(values)]),
  ];
  yield* print(new TabWriter().text(rows));
  return 0;
}

function* askWho(): Steps<{ readonly status: { readonly userInfo: UserInfo } }> {
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  try {
    return yield* create(path, { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    throw new CommandFailure(
      'the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it',
    );
  }
}
