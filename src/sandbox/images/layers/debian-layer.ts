import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { file, folder, link, program } from './file-nodes.ts';

/** GNU tools of the smallest Debian, and shells: no ps, no ping, no editor, no curl. */
const tools = [
  '[',
  'awk',
  'base64',
  'basename',
  'cat',
  'chgrp',
  'chmod',
  'chown',
  'clear',
  'cp',
  'cut',
  'date',
  'dd',
  'df',
  'dirname',
  'du',
  'echo',
  'egrep',
  'env',
  'expr',
  'false',
  'fgrep',
  'find',
  'grep',
  'head',
  'hostname',
  'id',
  'ln',
  'ls',
  'md5sum',
  'mkdir',
  'mktemp',
  'more',
  'mount',
  'mv',
  'nohup',
  'nproc',
  'printenv',
  'printf',
  'pwd',
  'readlink',
  'realpath',
  'rev',
  'rm',
  'rmdir',
  'sed',
  'seq',
  'sha256sum',
  'sleep',
  'sort',
  'stat',
  'sync',
  'tac',
  'tail',
  'tee',
  'test',
  'timeout',
  'touch',
  'tr',
  'true',
  'tty',
  'uname',
  'uniq',
  'unlink',
  'wc',
  'which',
  'whoami',
  'xargs',
  'yes',
] as const;

const releases = {
  12: { codename: 'bookworm', bash: '5.2.15' },
  13: { codename: 'trixie', bash: '5.2.37' },
} as const;

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
games:x:5:60:games:/usr/games:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
mail:x:8:
www-data:x:33:
users:x:100:
nogroup:x:65534:
`;

/** What the smallest image of Debian has. */
export function debianLayer(version: keyof typeof releases): LayerFiles {
  return {
    '/bin': link('usr/bin'),
    '/boot': folder(),
    '/etc/debian_version': file(`${version}.1\n`),
    '/etc/group': file(group),
    '/etc/hostname': file('debuerreotype\n'),
    '/etc/os-release': link('../usr/lib/os-release'),
    '/etc/passwd': file(passwd),
    '/etc/shadow': file('root:*:20367:0:99999:7:::\n', 0o640, '0:42'),
    '/home': folder(),
    '/lib': link('usr/lib'),
    '/lib64': link('usr/lib64'),
    '/media': folder(),
    '/mnt': folder(),
    '/opt': folder(),
    '/root': folder(0o700),
    '/run': folder(),
    '/sbin': link('usr/sbin'),
    '/srv': folder(),
    '/tmp': folder(0o1777),
    ...gnuTools(tools),
    '/usr/bin/apt': program('apt-get', 18_000),
    '/usr/bin/apt-get': program('apt-get', 51_000),
    '/usr/bin/bash': program('gnu bash', 1_265_000),
    '/usr/bin/dash': program('gnu sh', 125_000),
    '/usr/bin/perl': program('gnu perl', 3_800_000),
    '/usr/bin/sh': link('dash'),
    '/usr/lib/os-release': file(osRelease(version)),
    '/usr/lib64': folder(),
    '/usr/local/bin': folder(),
    '/usr/sbin': folder(),
    '/var/cache': folder(),
    '/var/lib': folder(),
    '/var/log': folder(),
    '/var/run': link('/run'),
    '/var/tmp': folder(0o1777),
  };
}

/** GNU's version of some tools, in `/usr/bin`. */
export function gnuTools(names: readonly string[]): LayerFiles {
  return Object.fromEntries(names.map((name) => [`/usr/bin/${name}`, program(`gnu ${name}`)]));
}

/** `/etc/passwd` of Debian with users added. */
export function debianUsers(...lines: readonly string[]): LayerFiles {
  const groups = lines.map((line) => line.split(':')).map(([name, x, , gid]) => `${name}:${x}:${gid}:\n`);
  return {
    '/etc/passwd': file(`${passwd}${lines.map((line) => `${line}\n`).join('')}`),
    '/etc/group': file(`${group}${groups.join('')}`),
  };
}

function osRelease(version: keyof typeof releases): string {
  const { codename } = releases[version];
  return `PRETTY_NAME="Debian GNU/Linux ${version} (${codename})"
NAME="Debian GNU/Linux"
VERSION_ID="${version}"
VERSION="${version} (${codename})"
VERSION_CODENAME=${codename}
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
}
