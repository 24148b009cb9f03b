import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText, readText } from '../../src/commands/read-text.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

const text = 'services: {}\r\n# für 日本\n';

function bigEndian(given: string): Buffer {
  return Buffer.from(given, 'utf16le').swap16();
}

describe('a text', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 of Windows', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 the other way round', bigEndian(`\ufeff${text}`)],
  ])('in %s is read as it was written', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text);
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, bytes);
    expect(readText(path)).toBe(text);
  });

  it.each([
    [Buffer.from([]), ''],
    [Buffer.from([0xff]), '\ufffd'],
    [Buffer.from([0xff, 0xfe]), ''],
    [Buffer.from([0x61, 0xff]), 'a\ufffd'],
  ])('of %o is %o', (bytes, expected) => {
    expect(decodeText(bytes)).toBe(expected);
  });
});
