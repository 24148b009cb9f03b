import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { appletNames } from './busybox-layer.ts';
import { file, folder, link, program } from './file-nodes.ts';

const passwd = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
mail:x:8:12:mail:/var/mail:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;

const group = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
tty:x:5:
mail:x:12:
users:x:100:games
nobody:x:65534:
`;

/** Where Alpine's busybox puts what is not in `/bin`. */
const inUsrBin = new Set([
  '[',
  '[[',
  'awk',
  'basename',
  'clear',
  'cut',
  'dirname',
  'du',
  'env',
  'expr',
  'find',
  'free',
  'head',
  'id',
  'killall',
  'less',
  'md5sum',
  'nc',
  'nohup',
  'nproc',
  'nslookup',
  'realpath',
  'seq',
  'sha256sum',
  'sort',
  'tac',
  'tail',
  'tee',
  'telnet',
  'test',
  'timeout',
  'top',
  'tr',
  'tty',
  'uniq',
  'unlink',
  'uptime',
  'vi',
  'wc',
  'wget',
  'which',
  'whoami',
  'xargs',
  'yes',
  'printf',
]);

/** What Alpine Linux has. @param version such as `3.22.2` */
export function alpineLayer(version: string): LayerFiles {
  // The httpd of busybox is not in Alpine's.
  const names = appletNames.filter((name) => name !== 'httpd');
  return {
    '/bin/busybox': program('busybox', 810_000),
    ...Object.fromEntries(
      names.map((name) => [inUsrBin.has(name) ? `/usr/bin/${name}` : `/bin/${name}`, link('/bin/busybox')]),
    ),
    '/etc/alpine-release': file(`${version}\n`),
    '/etc/group': file(group),
    '/etc/hostname': file('localhost\n'),
    '/etc/os-release': link('../usr/lib/os-release'),
    '/etc/passwd': file(passwd),
    '/etc/shadow': file('root:*::0:::::\n', 0o640, '0:42'),
    '/home': folder(),
    '/lib': folder(),
    '/media': folder(),
    '/mnt': folder(),
    '/opt': folder(),
    '/root': folder(0o700),
    '/run': folder(),
    '/sbin/apk': program('apk', 70_000),
    '/srv': folder(),
    '/tmp': folder(0o1777),
    '/usr/lib/os-release': file(osRelease(version)),
    '/usr/local/bin': folder(),
    '/var/cache': folder(),
    '/var/lib': folder(),
    '/var/log': folder(),
    '/var/run': link('../run'),
    '/var/tmp': folder(0o1777),
  };
}

/** `/etc/passwd` of Alpine with users added. */
export function alpineUsers(...lines: readonly string[]): LayerFiles {
  const groups = lines
    .map((line) => line.split(':'))
    .map(([name, x, , gid]) => `${name}:${x}:${gid}:${name}\n`);
  return {
    '/etc/passwd': file(`${passwd}${lines.map((line) => `${line}\n`).join('')}`),
    '/etc/group': file(`${group}${groups.join('')}`),
  };
}

function osRelease(version: string): string {
  const [major, minor] = version.split('.');
  return `NAME="Alpine Linux"
ID=alpine
VERSION_ID=${version}
PRETTY_NAME="Alpine Linux v${major}.${minor}"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`;
}
