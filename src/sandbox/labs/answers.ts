import { readDockerThing } from './docker-things.ts';
import { shortened } from './field-test.ts';
import type { AnswerCheck } from './lab.ts';
import type { Answer, Trial } from './trial.ts';

/** Networks to ask from; undefined stands for the learner's machine. None when nobody is there who could ask. */
export function askersIn(
  trial: Trial,
  from: AnswerCheck['from'],
  namespace: string,
): readonly (string | undefined)[] {
  if (from === 'outside') return [undefined];
  const network =
    from === undefined
      ? trial.visitorIn(namespace)
      : typeof from === 'string'
        ? trial.networkOfContainer(readDockerThing(from)?.name ?? from)
        : undefined;
  if (typeof from === 'object') return trial.networksOf(namespace, from);
  return network === undefined ? [] : [network];
}

/** Why nobody could ask. */
export function nobodyAsks(from: AnswerCheck['from']): string {
  if (from === undefined) return 'no Pod that could ask gets a place on a node';
  return typeof from === 'string' ? `\`${from}\` does not run` : 'no Pod that could ask is running';
}

/** @returns what came instead of the answer that is wanted; undefined when it is that one */
export function wrongWith(
  answer: Answer,
  { status, matches, never }: Pick<AnswerCheck, 'status' | 'matches' | 'never'>,
): string | undefined {
  if ('failure' in answer) return never ? undefined : answer.failure;
  if (never) return `it is answered, with status ${answer.status}`;
  const isRight = status === undefined ? answer.status < 400 : answer.status === status;
  if (!isRight) return `the answer has the status ${answer.status}: ${shortened(answer.body)}`;
  if (matches === undefined || new RegExp(matches).test(answer.body)) return undefined;
  return `the answer is: ${shortened(answer.body.replaceAll('\n', ' '))}`;
}
