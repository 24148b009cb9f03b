/** The last part of a path: what stands behind its last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The last part of a path on the machine of whoever typed it, which may be one of Windows. */
export function hostBaseName(path: string): string {
  return path.replace(/^.*[/\\]/s, '');
}

/** The program that a word starts, without the folder before it and `.exe` after it. */
export function programName(word: string): string {
  return hostBaseName(word).replace(/\.exe$/i, '');
}
