import { askEngine, type Steps } from '../effects.ts';

/** A container as the Docker Engine lists it (`GET /containers/json`), in so far as an overview needs it. */
export interface ListedContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  /** Such as `running`, `exited`, `restarting`. */
  readonly State: string;
  /** Such as `Up 5 minutes (healthy)`. */
  readonly Status: string;
  /** Whether it ended for lack of memory or could not be started, which the engine tells of each one only. */
  readonly hasFailed?: boolean;
  /** Whether it publishes a port that nobody answers at, which nobody but the sandbox tells. */
  readonly isUnanswered?: boolean;
  readonly Ports: readonly ListedPort[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
}

export interface ListedPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/** All containers of the learner's machine, the oldest first. */
export function* listedContainers(): Steps<readonly ListedContainer[]> {
  const response = yield* askEngine({
    method: 'GET',
    path: '/containers/json',
    query: { all: '1' },
    headers: {},
  });
  const { body } = response as { readonly body: readonly ListedContainer[] };
  const found: ListedContainer[] = [];
  for (const each of body) {
    // What ended by SIGKILL may have been stopped, and what was made may not have been started yet.
    const isUnclear = each.Status.startsWith('Exited (137)') || each.State === 'created';
    found.unshift(isUnclear ? { ...each, hasFailed: yield* hasFailed(each.Id) } : each);
  }
  return found;
}

function* hasFailed(id: string): Steps<boolean> {
  const response = yield* askEngine({
    method: 'GET',
    path: `/containers/${id}/json`,
    query: {},
    headers: {},
  });
  const { body } = response as {
    readonly body: { readonly State: { readonly OOMKilled: boolean; readonly Error: string } };
  };
  return body.State.OOMKilled || body.State.Error !== '';
}
