import { nameOfId } from '../../container-start.ts';
import type { FileNode } from '../../file-tree.ts';
import { isoDate } from '../../http/dates.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { sizeOf } from '../../volume.ts';
import { tool } from '../applet.ts';
import { misuse, readOptions } from '../options.ts';
import { modeText } from './modes.ts';

/** stat */
export const stat: Program = tool((call) => {
  const { values, flags, rest } = readOptions(call, call.isBusybox ? 'c:Ltf' : 'c:Ltfp:', {
    format: 'c',
    printf: 'p',
    dereference: 'L',
    terse: 't',
    'file-system': 'f',
  });
  if (rest.length === 0) throw misuse(call, 'missing operand');
  let code = 0;
  for (const path of rest) {
    const node = call.files.look(path, flags.L !== undefined);
    if (!node) {
      call.err(
        call.isBusybox
          ? `stat: can't stat '${path}': No such file or directory\n`
          : `stat: cannot statx '${path}': No such file or directory\n`,
      );
      code = 1;
      continue;
    }
    const known = fieldsOf(call, path, node);
    const fill = (format: string) =>
      format.replace(/%(.)/g, (_, letter: string) => known[letter] ?? (call.isBusybox ? letter : '?'));
    if (values.p !== undefined) call.out(fill(values.p).replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
    else if (values.c !== undefined) call.out(`${fill(values.c)}\n`);
    else if (flags.f) call.out(`  File: "${path}"\n    ID: 0        Namelen: 255     Type: overlayfs\n`);
    else if (flags.t) call.out(fill('%n %s %b %f %u %g 32 %i %h 0 0 %X %Y %Z %o\n'));
    else call.out(whole(known, call.isBusybox ? node : undefined));
  }
  return code;
});

/** What each letter of a format stands for. */
function fieldsOf(call: ProcessCall, path: string, node: FileNode): Readonly<Record<string, string>> {
  const [uid = '0', gid = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
  const container = call.files.container;
  const isDevice = call.files.absolute(path).startsWith('/dev/') && node.kind === 'file';
  const kind = {
    file: isDevice ? 'character special file' : sizeOf(node) === 0 ? 'regular empty file' : 'regular file',
    folder: 'directory',
    link: 'symbolic link',
  }[node.kind];
  const seconds = `${Math.floor(node.at / 1000)}`;
  const date = `${isoDate(node.at)}000000 +0000`;
  const mode = node.kind === 'link' ? 0o777 : node.mode;
  const type = { file: 0o100_000, folder: 0o40_000, link: 0o120_000 }[node.kind];
  const quoted = call.isBusybox ? path : `'${path}'`;
  return {
    n: path,
    N: node.kind === 'link' ? `'${path}' -> '${node.target}'` : quoted,
    s: `${sizeOf(node)}`,
    a: mode.toString(8),
    A: modeText(node),
    f: (type | mode).toString(16),
    u: uid,
    g: gid,
    U: nameOfId(container, '/etc/passwd', uid) ?? 'UNKNOWN',
    G: nameOfId(container, '/etc/group', gid) ?? 'UNKNOWN',
    F: kind,
    X: seconds,
    Y: seconds,
    Z: seconds,
    x: date,
    y: date,
    z: date,
    b: `${node.kind === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 8}`,
    B: '512',
    o: '4096',
    h: '1',
    i: '1',
    t: '0',
    T: '0',
    '%': '%',
  };
}

/** All of it, as it is shown without a format. Busybox quotes the names of links. */
function whole(known: Readonly<Record<string, string>>, quotes: FileNode | undefined): string {
  const [name, link] = [known.n ?? '', known.N ?? ''];
  const shown = known.F === 'symbolic link' ? (quotes ? link : link.replaceAll("'", '')) : name;
  const padded = (letter: string, width: number) => (known[letter] ?? '').padEnd(width);
  const left = (letter: string, width: number) => (known[letter] ?? '').padStart(width);
  return (
    `  File: ${shown}\n  Size: ${padded('s', 10)}\tBlocks: ${padded('b', 10)} IO Block: 4096   ${known.F}\n` +
    `Device: 0,50\tInode: 1           Links: 1\nAccess: (${(known.a ?? '').padStart(4, '0')}/${known.A})  Uid: (${left('u', 5)}/${left('U', 8)})   Gid: (${left('g', 5)}/${left('G', 8)})\n` +
    `Access: ${known.x}\nModify: ${known.y}\nChange: ${known.z}\n`
  );
}
