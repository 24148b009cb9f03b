import { put, type Steps } from '../effects.ts';
import type { Archive, ArchiveEntry } from '../host/engine/request.ts';
import type { FileNode } from '../runtime/file-tree.ts';
import { CommandFailure } from './failures.ts';

const block = 512;
const encoder = new TextEncoder();

/** The record of an extended header that says how many bytes of zero stand behind what is there of a file. */
const zerosRecord = 'SANDBOX.zeros';

/**
 * An archive as the text of a tar file (ustar of POSIX.1-1988, extended headers of POSIX.1-2001). Zeros at the
 * end of a file are only counted in it.
 */
export function archiveText({ entries }: Archive): string {
  const parts = entries.map((entry) => {
    const content = entry.node.kind === 'file' ? entry.node.content : '';
    return extendedHeader(entry) + headerOf(entry, sizeOf(content)) + filledUp(content);
  });
  return parts.join('') + '\0'.repeat(2 * block);
}

/** Writes an archive as a file of the learner's that is as large as a real one. @returns why that failed */
export function* writeArchive(path: string, archive: Archive): Steps<string | undefined> {
  const zeros = archive.entries.map(({ node }) => (node.kind === 'file' ? (node.zeros ?? 0) : 0));
  const sum = zeros.reduce((total, each) => total + each, 0);
  const content = archiveText(archive);
  return yield* put(path, { kind: 'file', content, zeros: sum, mode: 0o600, owner: '', at: 0 });
}

/**
 * Reads the text of a tar file.
 *
 * @throws CommandFailure where it is none
 */
export function archiveOfText(text: string): Archive {
  const bytes = encoder.encode(text);
  const entries: ArchiveEntry[] = [];
  let zeros = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    if (at + block > bytes.length) throw new CommandFailure('unexpected EOF');
    const header = new Header(bytes.subarray(at, at + block));
    const content = decoded(bytes.subarray(at + block, at + block + header.size));
    if (header.type === 'x') zeros = zerosOf(content);
    else {
      const node = header.node(content);
      entries.push({
        path: header.path,
        node: node.kind === 'file' && zeros > 0 ? { ...node, zeros } : node,
      });
      zeros = 0;
    }
    at += block + Math.ceil(header.size / block) * block;
  }
  return { entries };
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

class Header {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (this.#text(257, 5) !== 'ustar') throw new CommandFailure('archive/tar: invalid tar header');
  }

  get size(): number {
    return this.#number(124, 12);
  }

  get type(): string {
    return this.#text(156, 1);
  }

  get path(): string {
    const prefix = this.#text(345, 155);
    return `${prefix === '' ? '' : `${prefix}/`}${this.#text(0, 100)}`.replace(/^\/+|\/+$/g, '');
  }

  node(content: string): FileNode {
    const mode = this.#number(100, 8);
    const owner = `${this.#number(108, 8)}:${this.#number(116, 8)}`;
    const at = this.#number(136, 12) * 1000;
    if (this.type === '5') return { kind: 'folder', mode, owner, at };
    if (this.type === '2') return { kind: 'link', target: this.#text(157, 100), at };
    return { kind: 'file', content, mode, owner, at };
  }

  #text(from: number, length: number): string {
    return decoded(this.#bytes.subarray(from, from + length)).replace(/\0[\s\S]*$/, '');
  }

  #number(from: number, length: number): number {
    return Number.parseInt(this.#text(from, length), 8) || 0;
  }
}

function zerosOf(records: string): number {
  return Number(new RegExp(`^\\d+ ${zerosRecord}=(\\d+)$`, 'm').exec(records)?.[1] ?? 0);
}

function sizeOf(text: string): number {
  return encoder.encode(text).length;
}

function filledUp(text: string): string {
  return text + '\0'.repeat((block - (sizeOf(text) % block)) % block);
}

function extendedHeader({ path, node }: ArchiveEntry): string {
  if (node.kind !== 'file' || !node.zeros) return '';
  const record = ` ${zerosRecord}=${node.zeros}\n`;
  // The length of a record counts its own digits.
  const length = record.length + String(record.length + 2).length;
  const content = `${length}${record}`;
  return header({ path: `PaxHeaders.0/${path}`, type: 'x', size: content.length, node }) + filledUp(content);
}

function headerOf({ path, node }: ArchiveEntry, size: number): string {
  if (node.kind === 'folder') return header({ path: `${path}/`, type: '5', size, node });
  return header({ path, type: node.kind === 'link' ? '2' : '0', size, node });
}

interface Headed {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly node: FileNode;
}

function header({ path, type, size, node }: Headed): string {
  const [prefix, name] = cutName(path);
  const [user = '0', group = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
  const before = [
    padded(name, 100),
    octal(node.kind === 'link' ? 0o777 : node.mode, 8),
    octal(Number(user), 8),
    octal(Number(group), 8),
    octal(size, 12),
    octal(Math.floor(node.at / 1000), 12),
  ].join('');
  const after = [
    type,
    padded(node.kind === 'link' ? node.target : '', 100),
    'ustar\u000000',
    padded('', 64),
    octal(0, 8),
    octal(0, 8),
    padded(prefix, 167),
  ].join('');
  const sum = encoder.encode(`${before}${' '.repeat(8)}${after}`).reduce((total, byte) => total + byte, 0);
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`;
}

function cutName(path: string): readonly [prefix: string, name: string] {
  if (sizeOf(path) <= 100) return ['', path];
  const slash = path.indexOf('/', path.length - 101);
  return slash < 0 ? ['', path.slice(-100)] : [path.slice(0, slash), path.slice(slash + 1)];
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function padded(text: string, length: number): string {
  return text + '\0'.repeat(Math.max(0, length - sizeOf(text)));
}
