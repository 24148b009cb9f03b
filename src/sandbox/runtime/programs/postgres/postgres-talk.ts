import type { SqlResult } from './run-sql.ts';

/** What a client says to the server. */
export interface PostgresRequest {
  /** What makes it known as one. */
  readonly isPostgres: true;
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly sql?: string;
  /** Whether it asks for what there is. */
  readonly isAbout?: boolean;
}

/** What the server answers. */
export interface PostgresAnswer extends Partial<Omit<SqlResult, 'cluster'>> {
  /** Why it does not let the client in. */
  readonly refusal?: string;
  readonly tables?: readonly string[];
  readonly databases?: readonly string[];
  readonly owner?: string;
}
