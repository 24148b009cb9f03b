import { lineOf } from '../../container-start.ts';
import type { FileNode } from '../../file-tree.ts';
import { join } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { tool } from '../applet.ts';
import { demandOperand, eachOperand } from '../operands.ts';
import { nameOf, readOptions, UsageError } from '../options.ts';
import { changedMode, rightsText } from './modes.ts';

/** chmod */
export const chmod: Program = tool((call) => {
  // What begins with a minus may be rights to take away.
  const { flags, values, rest } = readOptions(
    call,
    call.isBusybox ? 'Rvcf' : 'RvcfF:',
    { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f', reference: 'F' },
    (word) => (/^-[rwxXst]+$/.test(word) ? `a${word}` : word),
  );
  const model = values.F === undefined ? undefined : call.files.look(values.F);
  if (model === undefined) demandOperand(call, rest, 2);
  const [mode = '', ...paths] =
    model === undefined ? rest : [(model.kind === 'link' ? 0o777 : model.mode).toString(8), ...rest];
  if (changedMode(mode, 0o644, false) === undefined) {
    call.err(
      call.isBusybox
        ? `chmod: invalid mode '${mode}'\n`
        : `chmod: invalid mode: '${mode}'\nTry 'chmod --help' for more information.\n`,
    );
    return 1;
  }
  const tell = (path: string, before: number, after: number) => {
    const isSame = before === after;
    if (!flags.v && (!flags.c || isSame)) return;
    const shown = (rights: number) => `${rights.toString(8).padStart(4, '0')} (${rightsText(rights)})`;
    const text = call.isBusybox
      ? `mode of '${path}' changed to ${shown(after)}`
      : isSame
        ? `mode of '${path}' retained as ${shown(after)}`
        : `mode of '${path}' changed from ${shown(before)} to ${shown(after)}`;
    call.out(`${text}\n`);
  };
  return changeAll(call, paths, flags, 'permissions', (path, node) => {
    if (node.kind === 'link') return {};
    const after = changedMode(mode, node.mode, node.kind === 'folder') ?? node.mode;
    tell(path, node.mode, after);
    return { mode: after };
  });
});

/** chown and chgrp */
export const chown: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'RhLHPvcf', {
    recursive: 'R',
    verbose: 'v',
    changes: 'c',
    silent: 'f',
    'no-dereference': 'h',
  });
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
    const isPair = who.includes(':');
    throw new UsageError(
      call.isBusybox
        ? `${nameOf(call)}: unknown ${isPair ? 'user/group' : kind} ${who}\n`
        : `${nameOf(call)}: invalid ${kind}: '${who}'\n`,
    );
  };
  const uid = idOf('/etc/passwd', user);
  // A colon without a group behind it is the user's own.
  const ownGroup = group === '' ? lineOf(container, '/etc/passwd', user)?.[3] : undefined;
  const gid = idOf('/etc/group', group) ?? ownGroup;
  return changeAll(call, paths, flags, isGroup ? 'group' : 'ownership', (path, node) => {
    const [ownUid = '0', ownGid = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
    const owner = `${uid ?? ownUid}:${gid ?? ownGid}`;
    if (flags.v && call.isBusybox) call.out(`changed ownership of '${path}' to ${owner}\n`);
    else if (flags.v) {
      const name = uid === undefined ? (group ?? '') : group === undefined ? user : who;
      const change = owner === `${ownUid}:${ownGid}` ? 'retained as' : 'changed to';
      call.out(`ownership of '${path}' ${change} ${name}\n`);
    }
    return { owner };
  });
});

function changeAll(
  call: ProcessCall,
  paths: readonly string[],
  flags: Readonly<Record<string, number>>,
  what: string,
  changeOf: (path: string, node: FileNode) => { readonly mode?: number; readonly owner?: string },
): number {
  const act = (path: string, depth: number): void => {
    // Links below a folder are passed over.
    if (depth > 0 && call.files.look(path, false)?.kind === 'link') return;
    const node = call.files.stat(path);
    call.files.change(path, changeOf(path, node));
    if (flags.R && node.kind === 'folder')
      for (const name of call.files.list(path)) act(join(path, name), depth + 1);
  };
  const code = eachOperand(
    call,
    paths,
    (path) => act(path, 0),
    (path, error) => {
      if (call.isBusybox) return `${path}: ${error.message}`;
      if (error.code !== 'ENOENT') return `changing ${what} of '${path}': ${error.message}`;
      const isBroken = call.files.look(path, false) !== undefined;
      if (!isBroken) return `cannot access '${path}': ${error.message}`;
      return what === 'permissions'
        ? `cannot operate on dangling symlink '${path}'`
        : `cannot dereference '${path}': ${error.message}`;
    },
    flags.f !== undefined && !call.isBusybox,
  );
  return code;
}
