import type { Archive, ArchiveEntry } from '../../../../src/sandbox/host/engine/request.ts';
import type { FileNode } from '../../../../src/sandbox/runtime/file-tree.ts';

const block = 512;

/** An archive as the bytes of a tar file (ustar of POSIX.1-1988). */
export function tarOf({ entries }: Archive): Buffer {
  const parts = entries.flatMap(({ path, node }) => {
    const content = node.kind === 'file' ? contentOf(node) : Buffer.alloc(0);
    const filled = Buffer.alloc(Math.ceil(content.length / block) * block);
    content.copy(filled);
    return [header(path, node, content.length), filled];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function contentOf(node: Extract<FileNode, { kind: 'file' }>): Buffer {
  return Buffer.concat([Buffer.from(node.content), Buffer.alloc(node.zeros ?? 0)]);
}

function header(path: string, node: FileNode, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const [user = '0', group = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
  const octal = (value: number, at: number, length: number): void => {
    bytes.write(value.toString(8).padStart(length - 1, '0'), at);
  };
  bytes.write(node.kind === 'folder' ? `${path}/` : path, 0, 100);
  octal(node.kind === 'link' ? 0o777 : node.mode, 100, 8);
  octal(Number(user), 108, 8);
  octal(Number(group), 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(node.at / 1000), 136, 12);
  bytes.write({ file: '0', link: '2', folder: '5' }[node.kind], 156);
  if (node.kind === 'link') bytes.write(node.target, 157, 100);
  bytes.write('ustar\u000000', 257);
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

/** Reads the bytes of a tar file; PAX headers are passed over. Zeros at the end of a file are only counted. */
export function archiveIn(bytes: Buffer): Archive {
  const entries: ArchiveEntry[] = [];
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0; ) {
    const text = (from: number, length: number): string =>
      bytes.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const number = (from: number, length: number): number => Number.parseInt(text(from, length), 8) || 0;
    const size = number(124, 12);
    const type = text(156, 1) || '0';
    const prefix = text(345, 155);
    const path = `${prefix === '' ? '' : `${prefix}/`}${text(0, 100)}`.replace(/^[./]*\/|^\.$|\/+$/g, '');
    const content = bytes.subarray(at + block, at + block + size);
    const written = {
      mode: number(100, 8),
      owner: `${number(108, 8)}:${number(116, 8)}`,
      at: number(136, 12) * 1000,
    };
    if (type === '0') entries.push({ path, node: { kind: 'file', ...fileOf(content), ...written } });
    if (type === '5') entries.push({ path, node: { kind: 'folder', ...written } });
    if (type === '2') entries.push({ path, node: { kind: 'link', target: text(157, 100), at: written.at } });
    at += block + Math.ceil(size / block) * block;
  }
  return { entries };
}

function fileOf(bytes: Buffer): { readonly content: string; readonly zeros?: number } {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  const content = bytes.toString('utf8', 0, end);
  return end === bytes.length ? { content } : { content, zeros: bytes.length - end };
}
