import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import { baseOf } from '../files/paths.ts';
import type { ProcessFiles } from '../files/process-files.ts';

/** What a command line comes to. */
export interface Executable {
  /** Name of the program, behind `busybox ` or `gnu ` where there are several of the same name. */
  readonly program: string;
  readonly argv: readonly string[];
}

/** Why a command cannot be run. */
export class ExecutableError extends Error {
  override readonly name = 'ExecutableError';
  readonly reason: 'not-found' | 'no-such-file' | 'interpreter' | 'denied' | 'folder' | 'format';

  constructor(reason: ExecutableError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }

  /** Whether there is nothing to be run: shells give 127 then, and 126 where it may not be. */
  get isMissing(): boolean {
    return ['not-found', 'no-such-file', 'interpreter'].includes(this.reason);
  }

  /** In the words of the C library. */
  get why(): string {
    return this.isMissing ? 'No such file or directory' : 'Permission denied';
  }
}

/** The start of a file that is a program; its name stands behind. */
const magic = '\x7fELF ';

/** Where programs are looked for when nothing says it. */
export const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The content of a file that is a program of the sandbox. */
export function binary(program: string): string {
  return `${magic}${program}\n`;
}

/**
 * Finds the program of a command line.
 *
 * @param path where a name without a slash is looked for, as PATH has it
 * @throws ExecutableError
 */
export function findExecutable(files: ProcessFiles, argv: readonly string[], path = usualPath): Executable {
  const [name = ''] = argv;
  if (name.includes('/')) return open(files, name, argv, 0);
  const found = search(files, name, path);
  if (!found) throw new ExecutableError('not-found', `exec: "${name}": executable file not found in $PATH`);
  return run(files, found.file, found.content, argv, 0);
}

/** The file that a name without a slash stands for; undefined when there is none. */
export function searchPath(files: ProcessFiles, name: string, path = usualPath): string | undefined {
  return search(files, name, path)?.file;
}

function search(
  files: ProcessFiles,
  name: string,
  path: string,
): { readonly file: string; readonly content: string } | undefined {
  if (name === '') return undefined;
  for (const folder of foldersOf(path)) {
    const file = `${folder || '.'}/${name}`;
    const node = files.look(file);
    if (node?.kind === 'file' && files.mayUse(node, 1)) return { file, content: node.content };
  }
  return undefined;
}

/** What was taken apart last: most programs are started with the same. */
let last = { path: '', folders: [''] as readonly string[] };

function foldersOf(path: string): readonly string[] {
  if (last.path !== path) last = { path, folders: path.split(':') };
  return last.folders;
}

function open(files: ProcessFiles, file: string, argv: readonly string[], depth: number): Executable {
  const [name = ''] = argv;
  let content: string;
  try {
    const node = files.stat(file);
    if (node.kind === 'folder')
      throw new ExecutableError('folder', `exec: "${name}": is a directory: permission denied`);
    if (!files.mayUse(node, 1)) throw new ExecutableError('denied', `exec: "${name}": permission denied`);
    content = node.kind === 'file' ? node.content : '';
  } catch (thrown) {
    const error = caught(thrown, FileError);
    const why = error.message.toLowerCase();
    throw new ExecutableError(
      error.code === 'EACCES' ? 'denied' : 'no-such-file',
      `exec: "${name}": stat ${name}: ${why}`,
    );
  }
  return run(files, file, content, argv, depth);
}

/** @param content of the file */
function run(
  files: ProcessFiles,
  file: string,
  content: string,
  argv: readonly string[],
  depth: number,
): Executable {
  if (content.startsWith(magic)) return dispatch(content.slice(magic.length).replace(/\n.*$/s, ''), argv);
  const script = /^#!\s*(\S+)[ \t]*([^\n]*)/.exec(content);
  if (!script || depth > 4) throw new ExecutableError('format', `exec ${file}: exec format error`);
  const [, interpreter = '', option = ''] = script;
  const line = [interpreter, ...(option.trim() ? [option.trim()] : []), file, ...argv.slice(1)];
  try {
    return open(files, interpreter, line, depth + 1);
  } catch (error) {
    // The file is there, but what is to run it is not: the kernel says that of the file.
    if (!(error instanceof ExecutableError) || error.reason !== 'no-such-file') throw error;
    throw new ExecutableError('interpreter', `exec ${file}: no such file or directory`);
  }
}

/** A program that is many looks at the name it was called by, as busybox does. */
function dispatch(program: string, argv: readonly string[]): Executable {
  if (program !== 'busybox') return { program, argv };
  const called = baseOf(`${argv[0]}`);
  if (called !== 'busybox') return { program: `busybox ${called.replace(/^-/, '')}`, argv };
  return argv.length > 1
    ? { program: `busybox ${argv[1]}`, argv: argv.slice(1) }
    : { program: 'busybox busybox', argv };
}
