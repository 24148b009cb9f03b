import { newContainerId } from '../../../runtime/container-id.ts';
import type { RuntimeError } from '../../../runtime/container-runtime.ts';
import type { Store } from '../../../store.ts';

/**
 * Why a command could not be started in a container, in the words of the runtime, which gives each try a name
 * (github.com/containerd/containerd, `internal/cri/server`).
 */
export function startFailure(store: Store, { message }: RuntimeError): string {
  return `failed to exec in container: failed to start exec "${newContainerId(store)}": ${message}`;
}
