import type { Subject } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { sameValue } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { changeObjects, demandLocal, takeForSet } from './change-objects.ts';

/** `kubectl set subject (-f FILENAME | TYPE NAME) --user=… --group=… --serviceaccount=namespace:name` */
export function* runSetSubject(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const subjects = yield* takeForSet(context, options.args);
  demandLocal(options.on('--local'), dryRun);
  if (options.on('--all') && options.text('--selector')) {
    throw new CommandFailure('cannot set --all and --selector at the same time');
  }
  const hasClusterWide = subjects.some(({ object }) => object.kind === 'ClusterRoleBinding');
  const { namespace } = yield* context.target();
  const wanted = readWanted(options, namespace, hasClusterWide);
  const manner = {
    outcome: 'subjects updated',
    refusal: 'failed to patch subjects to rolebinding:',
    manager: 'kubectl-set',
  };
  yield* changeObjects(context, subjects, manner, (object) => {
    if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') {
      throw new CommandFailure('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
    }
    const { subjects: before = [] } = object as ApiObject & { subjects?: readonly Subject[] };
    const added = wanted.filter((each) => !before.some((one) => sameValue(one, each)));
    return { ...object, subjects: [...before, ...added] } as ApiObject;
  });
  return 0;
}

function readWanted(options: Options, namespace: string, hasClusterWide: boolean): readonly Subject[] {
  const once = (flag: string): readonly string[] => [...new Set(options.list(flag))].sort();
  const users = once('--user');
  const groups = once('--group');
  const accounts = once('--serviceaccount');
  if (users.length + groups.length + accounts.length === 0) {
    throw new CommandFailure('you must specify at least one value of user, group or serviceaccount');
  }
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    ...users.map((name) => ({ apiGroup, kind: 'User', name })),
    ...groups.map((name) => ({ apiGroup, kind: 'Group', name })),
    ...accounts.map((text) => {
      const parts = text.split(':');
      const [where = '', name = ''] = parts;
      if (parts.length !== 2 || name === '') {
        throw new CommandFailure('serviceaccount must be <namespace>:<name>');
      }
      if (where === '' && hasClusterWide) {
        throw new CommandFailure('serviceaccount must be <namespace>:<name>, namespace must be specified');
      }
      return { kind: 'ServiceAccount', name, namespace: where || namespace };
    }),
  ];
}
