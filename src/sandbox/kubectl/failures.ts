import type { Status } from '../../kubernetes/api.ts';

/** What ends a kubectl command before its time: said as `error: …`, exit code 1. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The line was not understood: the command's help is named below the message. */
export class UsageFailure extends CommandFailure {
  override readonly name = 'UsageFailure';
  readonly command: string;

  /** @param command as it was typed, such as `kubectl get` */
  constructor(message: string, command: string) {
    super(message);
    this.command = command;
  }
}

/** Said as it stands, without `error:` before it. */
export class BareFailure extends CommandFailure {}

/** Something was printed before it was known that it cannot go on. */
export class PrintedFailure extends CommandFailure {
  readonly printed: string;

  /** @param printed what is on standard output by then */
  constructor(message: string, printed: string) {
    super(message);
    this.printed = printed;
  }
}

/** What the server refused. */
export class ServerFailure extends Error {
  override readonly name = 'ServerFailure';
  readonly status: Status;
  /** What the client was about to do, such as `error when creating "web.yaml"`. */
  readonly context: string | undefined;

  constructor(status: Status, context?: string) {
    super(status.message ?? 'unknown');
    this.status = status;
    this.context = context;
  }

  get reason(): string {
    return this.status.reason ?? '';
  }
}

/** How every message of an UpgradeFailure begins. */
export const upgradeFails = 'unable to upgrade connection: ';

/** The server did not let a connection talk both ways. */
export class UpgradeFailure extends CommandFailure {
  /** @param why in the server's words */
  constructor(why: string) {
    super(why.startsWith(upgradeFails) ? why : `${upgradeFails}${why}`);
  }
}

/** Several failures of one command. */
export class SeveralFailures extends Error {
  override readonly name = 'SeveralFailures';
  readonly failures: readonly Error[];

  constructor(failures: readonly Error[]) {
    super(failures.map(({ message }) => message).join('\n'));
    this.failures = failures;
  }
}

/** Ends the command with a code after everything was said. */
export class SilentExit extends Error {
  override readonly name = 'SilentExit';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('');
    this.exitCode = exitCode;
  }
}

/** A failure as kubectl tells it (k8s.io/kubectl/pkg/cmd/util/helpers.go). */
export function failureText(failure: Error): string {
  if (failure instanceof SeveralFailures) return failure.failures.map(oneOfSeveral).join('');
  if (failure instanceof ServerFailure)
    return isInvalid(failure) ? invalidText(failure) : serverText(failure);
  if (failure instanceof UsageFailure) {
    return `error: ${failure.message}\nSee '${failure.command} -h' for help and examples\n`;
  }
  if (failure instanceof BareFailure || failure.message.startsWith('error: ')) {
    return withLineEnd(failure.message);
  }
  return withLineEnd(`error: ${failure.message}`);
}

/**
 * Lets only what ends a kubectl command be dealt with.
 *
 * @throws whatever else was caught, as it is
 */
export function rethrowUnlessOwn(failure: unknown): asserts failure is Error {
  const isOwn = [CommandFailure, ServerFailure, SeveralFailures].some((kind) => failure instanceof kind);
  if (!isOwn) throw failure;
}

/** The exit code of a failure. */
export function failureCode(failure: Error): number {
  return failure instanceof CommandFailure || failure instanceof SilentExit ? failure.exitCode : 1;
}

/** Throws what was collected: nothing for none, the one there is, or all of them. */
export function throwAll(failures: readonly Error[]): void {
  const [first, ...more] = failures;
  if (first) throw more.length === 0 ? first : new SeveralFailures(failures);
}

/** One failure among others has no `error:` before it, and what is invalid is not told at length. */
function oneOfSeveral(failure: Error): string {
  if (failure instanceof SeveralFailures) return `[${failure.message.split('\n').join(', ')}]\n`;
  return failure instanceof ServerFailure ? serverText(failure) : withLineEnd(failure.message);
}

function isInvalid({ status }: ServerFailure): boolean {
  return status.reason === 'Invalid';
}

function invalidText({ status: { message = '', details } }: ServerFailure): string {
  if (!details) return `The request is invalid: ${message}\n`;
  const { kind = '', name = '', causes: told = [] } = details;
  const isNamed = kind !== '' || name !== '';
  const subject = isNamed ? `The ${kind} ${JSON.stringify(name)} is invalid` : 'The request is invalid';
  const causes = [...new Set(told.map(({ field, message: why = '' }) => (field ? `${field}: ${why}` : why)))];
  if (causes.length === 0) return `${subject}${isNamed ? '' : `: ${message}`}\n`;
  if (causes.length === 1) return `${subject}: ${causes[0]}\n`;
  return `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}

function serverText({ status, context }: ServerFailure): string {
  const { message = '', reason } = status;
  if (status.reason === 'Unauthorized') {
    return `error: You must be logged in to the server (${message})\n`;
  }
  const what = context === undefined ? message : `${context}: ${message}`;
  return withLineEnd(reason ? `Error from server (${reason}): ${what}` : `Error from server: ${what}`);
}

function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
