import type { CommonOptions } from '../../help.ts';

export interface SandboxOptions extends CommonOptions {
  /** Lines to run, of `-c`. */
  readonly command?: string;
  readonly fresh?: boolean;
  /** A file that holds another world. */
  readonly world?: string;
  /** A lesson whose tasks are to be done. */
  readonly lesson?: string;
  readonly nodes?: number;
  readonly serve?: boolean;
  readonly port?: number;
  readonly kubeconfig?: string;
}
