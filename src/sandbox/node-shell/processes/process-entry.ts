/** A process as a host sees it. */
export interface HostProcess {
  readonly pid: number;
  readonly parent: number;
  /** A name of the host, or a number that it has no name for. */
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly argv: readonly string[];
  /** Seconds of a processor that it has used. */
  readonly seconds: number;
  readonly memoryBytes: number;
}
