import type { Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import type { User } from './access/user-info.ts';
import type { NodeBackend } from './subresources/node-backend.ts';

/** What answering a request needs. */
export interface ApiContext {
  readonly cluster: Cluster;
  readonly simulation: Simulation;
  readonly backend: NodeBackend;
  readonly user: User;
}
