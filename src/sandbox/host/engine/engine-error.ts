/** What the engine refuses: the client shows the message after `Error response from daemon: `. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** Of HTTP, such as 404. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
