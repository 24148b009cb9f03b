/** The texts that the values of a Secret, or the bytes of a ConfigMap, stand for. */
export function decoded(data: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decodeText(value)]));
}

/** The text that a value of a Secret stands for; bytes that are no UTF-8 become U+FFFD. */
export function decodeText(base64: string): string {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return '';
  }
  if (!/[\x80-\xff]/.test(binary)) return binary;
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
