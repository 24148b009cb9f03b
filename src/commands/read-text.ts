import { readFileSync } from 'node:fs';
import { TutorError } from '../errors.ts';

/**
 * The text of a file, or of standard input.
 *
 * @param file its path, or 0
 * @throws what the file system throws
 */
export function readText(file: string | 0): string {
  return decodeText(readFileSync(file));
}

/**
 * The text of a file that was named on the command line.
 *
 * @throws TutorError for a file that is not there or cannot be read
 */
export function readNamed(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TutorError(
      code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${message}`,
      'Check the name, and that you may read it.',
    );
  }
}

/**
 * Bytes as text: UTF-8, or UTF-16 where its mark stands before it, which is how PowerShell 5 writes what is
 * redirected into a file. A mark is no part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
