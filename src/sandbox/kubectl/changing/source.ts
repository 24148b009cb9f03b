import { CommandFailure, ServerFailure } from '../failures.ts';

/** What the server refused, with the file and what was about to be done: `error when creating "web.yaml"`. */
export function withSource(failure: unknown, verb: string, source: string | undefined): unknown {
  if (source === undefined || source === '') return failure;
  const what = `error when ${verb} ${JSON.stringify(source)}`;
  if (failure instanceof ServerFailure) {
    const inside = failure.context === undefined ? what : `${what}: ${failure.context}`;
    return new ServerFailure(failure.status, inside);
  }
  if (failure instanceof CommandFailure) return new CommandFailure(`${what}: ${failure.message}`);
  return failure;
}
