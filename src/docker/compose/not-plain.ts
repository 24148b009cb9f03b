/** What is not of the plain kind is left to the whole reader. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain';
}
