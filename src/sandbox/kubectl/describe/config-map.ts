import type { ConfigMap, Secret } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description, sortedEntries } from './description.ts';

/** Describes a ConfigMap, with all that is in it. */
export function* describeConfigMap(map: ConfigMap, about: About): Steps<string> {
  const { metadata, data, binaryData } = map;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.write('\nData\n====\n');
  for (const [key, value] of sortedEntries(data)) description.write(`${key}:\n----\n${value}\n\n`);
  description.write('\nBinaryData\n====\n');
  for (const [key, value] of sortedEntries(binaryData)) {
    description.write(`${key}: ${decodedLength(value)} bytes\n`);
  }
  description.write('\n');
  yield* describeEvents(description, map, about);
  return description.toString();
}

/** Describes a Secret: how long its values are, not what they say. */
export function describeSecret(secret: Secret): string {
  const { metadata, data, type } = secret;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.write('\n').field('Type', type).write('\nData\n====\n');
  for (const [key, value] of sortedEntries(data)) {
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    description.field(key, isToken ? atob(value) : `${decodedLength(value)} bytes`);
  }
  return description.toString();
}

/** How many bytes base64 stands for. */
function decodedLength(base64: string): number {
  const digits = base64.replace(/[\s=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}
