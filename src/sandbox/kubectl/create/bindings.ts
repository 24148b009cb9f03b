import type { Steps } from '../../effects.ts';
import { demandFlags, onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { createGenerated } from './generated.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;

/** `kubectl create rolebinding NAME --role=…|--clusterrole=… --user=… --group=… --serviceaccount=…` */
export function* runCreateRoleBinding(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const role = options.text('--role', '');
  const clusterRole = options.text('--clusterrole', '');
  if ((role === '') === (clusterRole === '')) {
    throw new CommandFailure('exactly one of clusterrole or role must be specified');
  }
  const roleRef =
    role === ''
      ? { apiGroup, kind: 'ClusterRole', name: clusterRole }
      : { apiGroup, kind: 'Role', name: role };
  return yield* createGenerated(
    context,
    { apiVersion, kind: 'RoleBinding', metadata: { name }, ...subjectsOf(options), roleRef },
    'rolebinding:',
  );
}

/** `kubectl create clusterrolebinding NAME --clusterrole=… --user=… --group=… --serviceaccount=…` */
export function* runCreateClusterRoleBinding(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFlags(options, '--clusterrole');
  const name = onlyName(context);
  const roleRef = { apiGroup, kind: 'ClusterRole', name: options.text('--clusterrole', '') };
  return yield* createGenerated(
    context,
    { apiVersion, kind: 'ClusterRoleBinding', metadata: { name }, ...subjectsOf(options), roleRef },
    'clusterrolebinding:',
  );
}

function subjectsOf(options: Options): { subjects?: readonly unknown[] } {
  const subjects = [
    ...options.all('--user').map((name) => ({ kind: 'User', apiGroup, name })),
    ...options.all('--group').map((name) => ({ kind: 'Group', apiGroup, name })),
    ...options.all('--serviceaccount').map(serviceAccountOf),
  ];
  return subjects.length > 0 ? { subjects } : {};
}

function serviceAccountOf(text: string): unknown {
  const [namespace = '', name = '', ...more] = text.split(':');
  if (namespace === '' || name === '' || more.length > 0) {
    throw new CommandFailure('serviceaccount must be <namespace>:<name>');
  }
  return { kind: 'ServiceAccount', name, namespace };
}
