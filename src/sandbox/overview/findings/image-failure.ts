const whatThereIs = '`help images` lists what the registries of the sandbox have.';

/**
 * Why an image could not be pulled, from the words of containerd or of the Docker Engine.
 *
 * @returns sentences
 */
export function pullFailure(image: string, message: string): readonly string[] {
  if (/no such host/.test(message)) {
    return [`There is no registry ${/lookup (\S+)/.exec(message)?.[1]}.`];
  }
  if (/pull access denied|authorization failed|unauthorized|no basic auth|denied/.test(message)) {
    return [
      `The registry does not give ${image} away: there is no such repository, or it wants a login.`,
      // Docker Hub says so of all that it has not, and in the sandbox it has little.
      ...(message.includes('insufficient_scope') ? [whatThereIs] : []),
    ];
  }
  if (/not found|manifest unknown/.test(message)) return [`The registry has no image ${image}.`];
  return [message];
}
