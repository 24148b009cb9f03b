import type { Steps } from '../../effects.ts';
import type { MessageStream } from '../../host/engine/request.ts';
import { encoded, firstMessage, openMessages } from '../engine-client.ts';

/** When a wait is over: at the next end of a container, or when it is gone. */
export type WaitCondition = 'next-exit' | 'removed';

/** Begins to wait for the end of a container. @throws DaemonFailure */
export function* openWait(id: string, condition?: WaitCondition): Steps<MessageStream> {
  return yield* openMessages('POST', `/containers/${encoded(id)}/wait`, { query: { condition } });
}

/** Waits for the exit code of a container. */
export function* exitStatus(stream: MessageStream): Steps<number> {
  const { StatusCode } = yield* firstMessage<{ readonly StatusCode: number }>(stream);
  return StatusCode;
}
