import type { ServiceAccount } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';

/** Describes a ServiceAccount. */
export function* describeServiceAccount(account: ServiceAccount, about: About): Steps<string> {
  const { metadata, imagePullSecrets = [] } = account;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  const title = 'Image pull secrets:';
  const [first = '<none>', ...others] = imagePullSecrets.map(({ name = '' }) => name);
  description.row(0, title, first);
  for (const name of others) description.row(0, ' '.repeat(title.length), name);
  yield* describeEvents(description, account, about);
  return description.toString();
}
