/** What makes a command fail before it runs, such as a variable that is not set. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
  /** What is wrong, where shells say it in different ways or leave with different codes. */
  readonly kind: 'unset' | 'read-only' | 'other';

  constructor(message: string, kind: ExpansionError['kind'] = 'other') {
    super(message);
    this.kind = kind;
  }
}
