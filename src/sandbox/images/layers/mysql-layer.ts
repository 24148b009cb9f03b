import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { debianLayer, debianUsers } from './debian-layer.ts';
import { file, folder, link, program } from './file-nodes.ts';

const tools = ['dump', 'import', 'show', 'slap', '_tzinfo_to_sql', '_config_editor'];

/**
 * What the image mysql has over the smallest Oracle Linux, which itself has the tools of GNU and no apt.
 *
 * @param version such as `8.4.6`
 */
export function mysqlLayer(version: string): LayerFiles {
  return {
    '/docker-entrypoint-initdb.d': folder(),
    '/etc/my.cnf': file(`[mysqld]
${version.startsWith('8.0') ? 'skip-host-cache' : 'host-cache-size=0'}
skip-name-resolve
datadir=/var/lib/mysql
socket=/var/run/mysqld/mysqld.sock
secure-file-priv=/var/lib/mysql-files
user=mysql

pid-file=/var/run/mysqld/mysqld.pid
[client]
socket=/var/run/mysqld/mysqld.sock

!includedir /etc/mysql/conf.d/
`),
    '/etc/mysql/conf.d': folder(),
    '/run/mysqld': folder(0o1777, '999:999'),
    '/usr/bin/mysql': program('mysql', 7_900_000),
    '/usr/bin/mysqladmin': program('mysqladmin', 7_500_000),
    ...Object.fromEntries(tools.map((name) => [`/usr/bin/mysql${name}`, program(`mysql${name}`, 7_600_000)])),
    '/usr/bin/mysqlsh': program('mysqlsh', 9_000_000),
    '/usr/local/bin/docker-entrypoint.sh': program('mysql-entrypoint', 14_000),
    '/usr/local/bin/gosu': program('gosu', 2_300_000),
    '/usr/sbin/mysqld': program('mysqld', 66_000_000),
    '/var/lib/mysql': folder(0o1777, '999:999'),
    '/var/lib/mysql-files': folder(0o750, '999:999'),
  };
}

/** The smallest Oracle Linux 9, with the user of the server. */
export function oracleLinuxLayer(): LayerFiles {
  const others = Object.entries(debianLayer(12)).filter(
    ([path]) => !/^\/usr\/bin\/(apt|apt-get|dash|perl)$|^\/etc\/debian_version$/.test(path),
  );
  return {
    ...Object.fromEntries(others),
    ...debianUsers('mysql:x:999:999::/var/lib/mysql:/bin/bash'),
    '/etc/oracle-release': file('Oracle Linux Server release 9.6\n'),
    '/usr/bin/curl': program('curl', 290_000),
    '/usr/bin/microdnf': program('microdnf', 60_000),
    '/usr/bin/sh': link('bash'),
    '/usr/lib/os-release': file(`NAME="Oracle Linux Server"
VERSION="9.6"
ID="ol"
ID_LIKE="fedora"
VARIANT="Server"
VARIANT_ID="server"
VERSION_ID="9.6"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Oracle Linux Server 9.6"
ANSI_COLOR="0;31"
CPE_NAME="cpe:/o:oracle:linux:9:6:server"
HOME_URL="https://linux.oracle.com/"
BUG_REPORT_URL="https://github.com/oracle/oracle-linux"
`),
  };
}

/** What the image mariadb has over Ubuntu. Since 11.0 the programs have no names that begin with mysql. */
export function mariadbLayer(): LayerFiles {
  const others = ['backup', 'check', 'conv', 'dump', 'import', 'show', 'tzinfo-to-sql', 'upgrade'];
  return {
    ...debianUsers('mysql:x:999:999::/var/lib/mysql:/bin/sh'),
    '/docker-entrypoint-initdb.d': folder(),
    '/etc/mysql/conf.d': folder(),
    '/etc/mysql/mariadb.conf.d/05-skipcache.cnf': file('[mariadb]\nhost-cache-size=0\nskip-name-resolve\n'),
    '/run/mysqld': folder(0o1777, '999:999'),
    '/usr/bin/mariadb': program('mariadb', 5_300_000),
    '/usr/bin/mariadb-admin': program('mariadb-admin', 4_900_000),
    ...Object.fromEntries(
      others.map((name) => [`/usr/bin/mariadb-${name}`, program(`mariadb-${name}`, 4_900_000)]),
    ),
    '/usr/local/bin/docker-entrypoint.sh': program('mariadb-entrypoint', 26_000),
    '/usr/local/bin/gosu': program('gosu', 2_300_000),
    '/usr/local/bin/healthcheck.sh': program('mariadb-healthcheck', 12_000),
    '/usr/sbin/mariadbd': program('mariadbd', 26_000_000),
    '/var/lib/mysql': folder(0o755, '999:999'),
  };
}
