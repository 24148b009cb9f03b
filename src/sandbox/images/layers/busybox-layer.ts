import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { file, folder, link, program } from './file-nodes.ts';

/** The commands of busybox that the sandbox knows. The real one has some three hundred. */
export const appletNames = [
  '[',
  '[[',
  'ash',
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
  'free',
  'grep',
  'head',
  'hostname',
  'httpd',
  'id',
  'ifconfig',
  'ip',
  'kill',
  'killall',
  'less',
  'ln',
  'ls',
  'md5sum',
  'mkdir',
  'mktemp',
  'more',
  'mount',
  'mv',
  'nc',
  'netstat',
  'nohup',
  'nproc',
  'nslookup',
  'pidof',
  'ping',
  'printenv',
  'printf',
  'ps',
  'pwd',
  'readlink',
  'realpath',
  'rev',
  'rm',
  'rmdir',
  'sed',
  'seq',
  'sh',
  'sha256sum',
  'sleep',
  'sort',
  'stat',
  'sync',
  'tac',
  'tail',
  'tee',
  'telnet',
  'test',
  'time',
  'timeout',
  'top',
  'touch',
  'tr',
  'true',
  'tty',
  'uname',
  'uniq',
  'unlink',
  'uptime',
  'usleep',
  'vi',
  'watch',
  'wc',
  'wget',
  'which',
  'whoami',
  'xargs',
  'yes',
] as const;

const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
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
nobody:x:65534:
`;

/** What the image busybox has. */
export function busyboxLayer(): LayerFiles {
  return {
    '/bin': folder(),
    '/bin/busybox': program('busybox', 1_100_000),
    ...Object.fromEntries(appletNames.map((name) => [`/bin/${name}`, link('busybox')])),
    '/etc/group': file(group),
    '/etc/passwd': file(passwd),
    '/etc/shadow': file('root:*:::::::\n', 0o640),
    '/home': folder(0o755, '65534:65534'),
    '/root': folder(0o700),
    '/tmp': folder(0o1777),
    '/usr/bin/env': link('../../bin/env'),
    '/usr/sbin': folder(),
    '/var/spool/mail': folder(),
    '/var/www': folder(),
  };
}
