/** Thrown when a shell has become another program: there is no shell left to go on. */
export class BecomeSignal extends Error {
  override readonly name = 'BecomeSignal';
}
