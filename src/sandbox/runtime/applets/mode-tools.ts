import { lineOf } from '../container-start.ts';
import type { FileNode } from '../file-tree.ts';
import { join } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { changedMode } from './modes.ts';
import { demandOperand, eachOperand } from './operands.ts';
import { nameOf, readOptions, UsageError } from './options.ts';

/** chmod */
export const chmod: Program = tool((call) => {
  // What begins with a minus may be rights to take away.
  const { flags, rest } = readOptions(call, 'Rvcf', { recursive: 'R' }, (word) =>
    /^-[rwxXst]+$/.test(word) ? `a${word}` : word,
  );
  demandOperand(call, rest, 2);
  const [mode = '', ...paths] = rest;
  if (changedMode(mode, 0o644, false) === undefined) {
    call.err(
      call.isBusybox
        ? `chmod: invalid mode '${mode}'\n`
        : `chmod: invalid mode: '${mode}'\nTry 'chmod --help' for more information.\n`,
    );
    return 1;
  }
  return changeAll(call, paths, flags.R !== undefined, 'permissions', (node) => ({
    mode: node.kind === 'link' ? 0 : (changedMode(mode, node.mode, node.kind === 'folder') ?? 0),
  }));
});

/** chown and chgrp */
export const chown: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'Rhvcf', { recursive: 'R' });
  demandOperand(call, rest, 2);
  const [who = '', ...paths] = rest;
  const isGroup = nameOf(call) === 'chgrp';
  const [user = '', group] = isGroup ? ['', who] : who.split(':');
  const container = call.files.container;
  const idOf = (file: '/etc/passwd' | '/etc/group', name: string | undefined): string | undefined => {
    if (name === undefined || name === '') return undefined;
    const id = lineOf(container, file, name)?.[2] ?? (/^\d+$/.test(name) ? name : undefined);
    if (id !== undefined) return id;
    const kind = file === '/etc/passwd' ? 'user' : 'group';
    throw new UsageError(
      call.isBusybox
        ? `${nameOf(call)}: unknown ${kind === 'user' ? 'user' : 'group'} ${name}\n`
        : `${nameOf(call)}: invalid ${kind}: '${who}'\n`,
    );
  };
  const uid = idOf('/etc/passwd', user);
  const gid = idOf('/etc/group', group);
  return changeAll(call, paths, flags.R !== undefined, 'ownership', (node) => {
    const [ownUid = '0', ownGid = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
    return { owner: `${uid ?? ownUid}:${gid ?? ownGid}` };
  });
});

function changeAll(
  call: ProcessCall,
  paths: readonly string[],
  isDeep: boolean,
  what: string,
  changeOf: (node: FileNode) => { readonly mode?: number; readonly owner?: string },
): number {
  const act = (path: string): void => {
    const node = call.files.stat(path);
    call.files.change(path, changeOf(node));
    if (isDeep && node.kind === 'folder') for (const name of call.files.list(path)) act(join(path, name));
  };
  return eachOperand(call, paths, act, (path, error) => {
    if (call.isBusybox) return `${path}: ${error.message}`;
    return error.code === 'ENOENT'
      ? `cannot access '${path}': ${error.message}`
      : `changing ${what} of '${path}': ${error.message}`;
  });
}
