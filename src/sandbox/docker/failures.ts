/** What ends a docker command before its time: said as it stands on standard error, with the exit code. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the engine refused, in the client's words: `Error response from daemon: …`. */
export class DaemonFailure extends CommandFailure {
  override readonly name = 'DaemonFailure';
  /** Of HTTP, such as 404. */
  readonly status: number;

  /** @param said by the engine */
  constructor(status: number, said: string) {
    super(`Error response from daemon: ${said}`);
    this.status = status;
  }
}

/** Ends the command with a code after everything was said. */
export class SilentExit extends CommandFailure {
  override readonly name = 'SilentExit';

  constructor(exitCode: number) {
    super('', exitCode);
  }
}

/**
 * Throws what was collected, a line each (errors.Join of Go); nothing for none.
 *
 * @throws CommandFailure
 */
export function throwAll(failures: readonly CommandFailure[]): void {
  if (failures.length > 0) throw new CommandFailure(failures.map(({ message }) => message).join('\n'));
}
