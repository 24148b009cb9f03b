import type { CoreEvent, ObjectReference } from '../../kubernetes/api.ts';
import type { ApiObject, Stored } from './object.ts';

/** Something worth telling that happened to an object. */
export interface Happening {
  readonly about: ApiObject;
  readonly type: 'Normal' | 'Warning';
  /** Such as `Scheduled`, `BackOff`. */
  readonly reason: string;
  readonly message: string;
  /** Who tells it, such as `kubelet`. */
  readonly component: string;
  /** The node it was seen on, where it was on one. */
  readonly host?: string;
  /** The part of the object, such as `spec.containers{web}`. */
  readonly fieldPath?: string | undefined;
}

/** What was told by the same of the same object. */
export interface Told {
  /** How often in all, and since when; no time when it was never told. */
  times: number;
  since: string | undefined;
  /** How many events were told for the same reason. */
  alike: number;
  /** The one that told just this. */
  same: Stored<CoreEvent> | undefined;
  /** How the last one named the object, where it was of the same version and part: so does the next one. */
  subject: ObjectReference | undefined;
}
