import type { Pod } from '../../../../kubernetes/api.ts';
import type { ApiObject } from '../../object.ts';
import { fullReference } from '../images/image-names.ts';
import type { AnyContainer } from './pod-containers.ts';
import type { PodRecord } from './pod-record.ts';

// What the API fills in where a Pod leaves it out, so that it is always there, though the types do not say so.

/** The namespace of an object that is in one. */
export function namespaceOf({ metadata }: Pick<ApiObject, 'metadata'>): string {
  return metadata.namespace ?? '';
}

/** Which version of its spec an object has. */
export function generationOf({ metadata }: Pick<ApiObject, 'metadata'>): number {
  return metadata.generation ?? 1;
}

/** How long a Pod's containers are given to stop, in seconds. */
export function graceOf({ spec }: Pick<Pod, 'spec'>): number {
  return spec?.terminationGracePeriodSeconds ?? 30;
}

/** The image of a container as its Pod names it. */
export function imageOf({ image = '' }: AnyContainer): string {
  return image;
}

/** The same in full where it can be read. */
export function fullImageOf(spec: AnyContainer): string {
  const image = imageOf(spec);
  return fullReference(image) ?? image;
}

/** The network of a Pod, and its address there; both are empty until it has one. */
export function sandboxOf({ sandbox }: PodRecord): { readonly network: string; readonly address: string } {
  return sandbox ?? noSandbox;
}

const noSandbox = { network: '', address: '' };
