/** Who asks, where, and when. */
export interface MysqlSession {
  readonly isMaria: boolean;
  readonly version: string;
  /** As it came: the name, and the host that it came from. */
  readonly user: string;
  readonly from: string;
  /** The user of the server that it is taken for: `ann@%`. */
  readonly account: string;
  readonly database: string | undefined;
  readonly now: number;
  readonly port: number;
  readonly hostname: string;
}
