import type { MysqlOutcome } from './run-mysql.ts';

/** What a client says to the server. */
export interface MysqlRequest {
  /** What makes it known as one. */
  readonly isMysql: true;
  readonly user: string;
  readonly password: string;
  /** Whether it comes by the socket. */
  readonly isLocal: boolean;
  readonly database?: string;
  /** One statement, or a command of mysqladmin; neither when it comes in. */
  readonly sql?: string;
  readonly command?: 'status' | 'shutdown';
}

/** What the server answers. */
export interface MysqlAnswer extends Partial<Omit<MysqlOutcome, 'data'>> {
  readonly version: string;
  /** The number of the connection. */
  readonly thread: number;
  /** Seconds since the server began. */
  readonly uptime: number;
  readonly questions: number;
}
