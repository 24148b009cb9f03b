import type { Listed } from '../containers.ts';
import type { ProjectNetwork, ProjectVolume, Service } from '../project/project.ts';

/** One thing to do (pkg/compose/plan.go). */
export type Operation =
  | {
      readonly kind: 'remove-network' | 'remove-volume';
      readonly key: string;
      readonly name: string;
    }
  | {
      readonly kind: 'create-network';
      readonly key: string;
      readonly name: string;
      readonly network: ProjectNetwork;
    }
  | {
      readonly kind: 'create-volume';
      readonly key: string;
      readonly name: string;
      readonly volume: ProjectVolume;
    }
  | {
      readonly kind: 'connect' | 'disconnect';
      readonly network: string;
      readonly container: Listed;
    }
  | {
      readonly kind: 'create-container';
      readonly service: Service;
      readonly number: number;
      readonly name: string;
      /** The one that it takes the place of. */
      readonly replaces?: Listed;
      readonly inherits: boolean;
    }
  | { readonly kind: 'start' | 'stop' | 'remove'; readonly container: Listed }
  | { readonly kind: 'rename'; readonly name: string; readonly created: PlanNode };

/** An operation with what has to be done before it. */
export interface PlanNode {
  readonly operation: Operation;
  readonly after: readonly PlanNode[];
  /** Operations that are told of as one: a container that is replaced. */
  readonly group?: string;
}

/** What is to be done, in an order in which it could be. */
export class Plan {
  readonly nodes: PlanNode[] = [];

  add(operation: Operation, after: readonly PlanNode[] = [], group?: string): PlanNode {
    const node: PlanNode = { operation, after, ...(group === undefined ? {} : { group }) };
    this.nodes.push(node);
    return node;
  }

  /** The containers that it does something to. */
  touched(): ReadonlySet<string> {
    return new Set(
      this.nodes.flatMap(({ operation }) => ('container' in operation ? [operation.container.Id] : [])),
    );
  }
}
