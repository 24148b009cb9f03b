/**
 * Why an image could not be pulled, from the words of containerd or of the Docker Engine.
 *
 * @returns sentences
 */
export function pullFailure(image: string, message: string): readonly string[] {
  if (/no such host/.test(message)) {
    const [, host = ''] = /lookup (\S+)/.exec(message) ?? [];
    return [`There is no registry ${host}.`];
  }
  if (/pull access denied|authorization failed|unauthorized|no basic auth|denied/.test(message)) {
    return [`The registry does not give ${image} away: there is no such repository, or it wants a login.`];
  }
  if (/not found|manifest unknown/.test(message)) return [`The registry has no image ${image}.`];
  if (/invalid reference format/.test(message)) return [`${image} is no name of an image.`];
  return [message];
}
