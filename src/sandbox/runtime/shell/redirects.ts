import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Descriptor, Descriptors } from '../records.ts';
import { expandText, type Scope } from './expand.ts';
import type { Flavour, Redirect } from './syntax.ts';

/** A redirection that cannot be; the message is the shell's. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
}

/**
 * The descriptors behind some redirections.
 *
 * @throws RedirectError
 */
export function redirected(
  call: ProcessCall,
  fds: Descriptors,
  redirects: readonly Redirect[],
  scope: Scope,
  flavour: Flavour,
): Descriptors {
  const found: Record<string, Descriptor> = { ...fds };
  for (const { fd, operator, target } of redirects) {
    const text = expandText(target, scope);
    const isFile = call.files.look(text)?.kind === 'file' && !text.startsWith('/dev/');
    if (operator === '>' && scope.keepsFiles && isFile) throw new RedirectError(kept(text, flavour));
    if (operator === '<<') found[fd] = { kind: 'text', text, at: 0 };
    else if (operator === '<&' || (operator === '>&' && /^(\d+|-)$/.test(text))) {
      if (text === '-') delete found[fd];
      else {
        const from = found[text];
        if (!from) throw new RedirectError(`${text}: Bad file descriptor`);
        found[fd] = from;
      }
    } else if (operator === '&>' || operator === '>&') {
      const file = open(call, text, 'write', flavour, found);
      found[1] = file;
      found[2] = file;
    } else
      found[fd] = open(
        call,
        text,
        operator === '<' ? 'read' : operator === '>>' ? 'append' : 'write',
        flavour,
        found,
      );
  }
  return found;
}

function open(
  call: ProcessCall,
  path: string,
  how: 'read' | 'write' | 'append',
  flavour: Flavour,
  fds: Descriptors,
): Descriptor {
  // What was redirected before counts: `>file 2>/dev/stdout`.
  const own = { '/dev/stdin': '0', '/dev/stdout': '1', '/dev/stderr': '2' }[path];
  if (own && fds[own]) return fds[own];
  try {
    return call.open(path, how);
  } catch (thrown) {
    const error = caught(thrown, FileError);
    throw new RedirectError(describe(path, error, how, flavour));
  }
}

/** What is said of a file that `set -C` keeps. */
function kept(path: string, flavour: Flavour): string {
  if (flavour === 'bash') return `${path}: cannot overwrite existing file`;
  return `${flavour === 'dash' ? 'cannot' : "can't"} create ${path}: File exists`;
}

function describe(
  path: string,
  error: FileError,
  how: 'read' | 'write' | 'append',
  flavour: Flavour,
): string {
  if (flavour === 'bash') return `${path}: ${error.message}`;
  const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
  if (flavour === 'dash') {
    if (how === 'read') return `cannot open ${path}: ${isMissing ? 'No such file' : error.message}`;
    return `cannot create ${path}: ${isMissing ? 'Directory nonexistent' : error.message}`;
  }
  if (how === 'read') return `can't open ${path}: ${isMissing ? 'no such file' : error.message}`;
  return `can't create ${path}: ${isMissing ? 'nonexistent directory' : error.message}`;
}
