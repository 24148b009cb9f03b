import { sha256 } from '../../../images/sha256.ts';
import { fieldsOf } from './go-struct.ts';
import { networkFields, volumeFields } from './resource-fields.ts';
import { serviceFields } from './service-fields.ts';
import { writeJson } from './write-json.ts';

/** What does not make another container of a service when it changes (ServiceHash of pkg/compose/hash.go). */
const unhashed = {
  build: undefined,
  pull_policy: undefined,
  scale: undefined,
  depends_on: undefined,
  profiles: undefined,
};

/** The hash by which compose sees that a service has changed. */
export function serviceHash(service: {
  readonly deploy?: { readonly replicas?: number } | undefined;
}): string {
  const { deploy } = service;
  return hashed(
    { ...service, ...unhashed, ...(deploy ? { deploy: { ...deploy, replicas: undefined } } : {}) },
    serviceFields,
  );
}

/** The hash of a network of the project. */
export function networkHash(network: object): string {
  return hashed(network, networkFields);
}

/** The hash of a volume of the project. */
export function volumeHash(volume: { readonly driver?: string }): string {
  return hashed({ ...volume, driver: volume.driver || 'local' }, volumeFields);
}

function hashed(value: object, fields: Parameters<typeof fieldsOf>[1]): string {
  return sha256(writeJson(fieldsOf(value, fields, 'json'), false));
}
