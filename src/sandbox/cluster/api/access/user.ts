import { badRequest } from '../objects/status.ts';
import type { ApiRequest } from '../request.ts';
import { readToken } from './token.ts';
import type { User } from './user-info.ts';

/** Who the kubeconfig of a new cluster stands for; kubeadm calls it so too. */
const administrator: User = {
  name: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:authenticated'],
};

/** Groups whose members may do everything, whatever the rules say. */
const almighty = ['system:masters', 'kubeadm:cluster-admins'];

/** Whether a user may do everything. */
export function isAlmighty({ groups }: User): boolean {
  return groups.some((group) => almighty.includes(group));
}

/**
 * Who a request comes from: the bearer of a token that this API gave a service account, or else the
 * administrator; and whom they ask to be taken for (`--as`, `--as-group`).
 *
 * @returns the user, and whether somebody else is meant by it
 * @throws ApiError BadRequest for groups without a user
 */
export function userOf({ headers }: Pick<ApiRequest, 'headers'>): {
  readonly user: User;
  readonly impersonator?: User;
} {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const user = bearer === undefined ? administrator : (readToken(bearer) ?? administrator);
  const name = headers['impersonate-user'];
  const groups = headers['impersonate-group']?.split(',').map((each) => each.trim()) ?? [];
  const uid = headers['impersonate-uid'];
  if (name === undefined) {
    if (groups.length === 0 && uid === undefined) return { user };
    const named = groups.length > 0 ? `{${groups.map((each) => JSON.stringify(each)).join(', ')}}` : '(nil)';
    const info = `&user.DefaultInfo{Name:"", UID:${JSON.stringify(uid ?? '')}, Groups:[]string${named}, Extra:map[string][]string(nil)}`;
    throw badRequest(`requested ${info} without impersonating a user name`);
  }
  const taken = serviceAccountUser(name) ?? {
    name,
    groups: name === 'system:anonymous' ? ['system:unauthenticated'] : ['system:authenticated'],
  };
  const named = groups.length > 0 ? [...groups, 'system:authenticated'] : taken.groups;
  const meant: User = { name, groups: [...new Set(named)], ...(uid === undefined ? {} : { uid }) };
  return { user: meant, impersonator: user };
}

/** The user that a service account is; undefined when the name is of another kind. */
export function serviceAccountUser(name: string): User | undefined {
  const [, namespace] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
  if (namespace === undefined) return undefined;
  return {
    name,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}
