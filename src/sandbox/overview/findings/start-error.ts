/** What matters of the error with which runc could not start a container: the end of it. */
export function runcError(message: string): string {
  const [, what = message] = /(exec: .*)$/s.exec(message) ?? [];
  return what.replace(/: unknown$/, '').replace(/\.$/, '');
}

/**
 * Why the Docker Engine could not start a container, from its words.
 *
 * @returns a sentence
 */
export function engineError(message: string): string {
  const port = /Bind for \S+:(\d+) failed: port is already allocated/.exec(message)?.[1];
  if (port !== undefined) return `It could not be started: another has port ${port} of this machine already.`;
  return `It could not be started: ${runcError(message)}.`;
}
