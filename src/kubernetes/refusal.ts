/** A line that kubectl would refuse: what it says, what to do about it, and where the word is that it is about. */
export class KubectlRefusal extends Error {
  override readonly name = 'KubectlRefusal';
  readonly hint: string;
  readonly position: number;

  constructor(message: string, hint: string, position: number) {
    super(message);
    this.hint = hint;
    this.position = position;
  }
}
