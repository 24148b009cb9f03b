import { keyOn, type ProcessRecord } from '../records.ts';

/** Key of a process in its table. */
export function keyOf({ host, id }: Pick<ProcessRecord, 'host' | 'id'>): string {
  return keyOn(host, id);
}
