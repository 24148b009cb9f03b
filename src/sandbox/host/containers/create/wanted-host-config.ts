import type { HostConfig } from '../container-record.ts';

/** The same of the host's part. */
export type WantedHostConfig = Partial<HostConfig>;
