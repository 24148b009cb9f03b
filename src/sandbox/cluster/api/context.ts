import type { Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import type { NodeBackend } from './node-backend.ts';
import type { User } from './user.ts';

/** What answering a request needs. */
export interface ApiContext {
  readonly cluster: Cluster;
  readonly simulation: Simulation;
  readonly backend: NodeBackend;
  readonly user: User;
}
