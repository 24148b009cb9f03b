import { describe, expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';
import { rootPassword, said, started } from './mysql-container.ts';

describe('who is let in', () => {
  const own = [rootPassword, 'MYSQL_DATABASE=shop', 'MYSQL_USER=ann', 'MYSQL_PASSWORD=y'];
  const warning = 'mysql: [Warning] Using a password on the command line interface can be insecure.\n';

  it.each([
    [
      "mysql -e 'select 1'",
      "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)\n[1]\n",
    ],
    [
      "mysql -pz -e 'select 1'",
      `${warning}ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n[1]\n`,
    ],
    [
      "mysql -p -e 'select 1'",
      "Enter password: ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)\n[1]\n",
    ],
    ["echo x | mysql -p -e 'select 1'", 'Enter password: 1\n1\n'],
    ["mysql -px nope -e 'select 1'", `${warning}ERROR 1049 (42000): Unknown database 'nope'\n[1]\n`],
    [
      "mysql -uann -py nope -e 'select 1'",
      `${warning}ERROR 1044 (42000): Access denied for user 'ann'@'%' to database 'nope'\n[1]\n`,
    ],
    ["mysql -h127.0.0.1 -px -e 'select user()'", `${warning}user()\nroot@127.0.0.1\n`],
    [
      "mysql -h127.0.0.1 -P3307 -px -e 'select 1'",
      `${warning}ERROR 2003 (HY000): Can't connect to MySQL server on '127.0.0.1:3307' (111)\n[1]\n`,
    ],
    [
      "mysql -hnope -px -e 'select 1'",
      `${warning}ERROR 2005 (HY000): Unknown MySQL server host 'nope' (-2)\n[1]\n`,
    ],
    [
      "MYSQL_PWD=y mysql -uann -e 'show databases'",
      'Database\ninformation_schema\nperformance_schema\nshop\n',
    ],
    [
      "MYSQL_PWD=y mysql -uann -e 'select * from mysql.user'",
      "ERROR 1142 (42000) at line 1: SELECT command denied to user 'ann'@'localhost' for table 'user'\n[1]\n",
    ],
    // The port is not looked at: it comes by the socket.
    ["MYSQL_PWD=x mysql -P3307 -Ne 'select 1'", '1\n'],
    ["MYSQL_PWD=x mysql --protocol=tcp -Ne 'select user()'", 'root@127.0.0.1\n'],
    ['mysql --nope', "mysql: [ERROR] unknown option '--nope'.\n[2]\n"],
    [
      'mysqladmin ping',
      "mysqladmin: connect to server at 'localhost' failed\nerror: 'Access denied for user 'root'@'localhost' (using password: NO)'\n",
    ],
    ['MYSQL_PWD=x mysqladmin ping', 'mysqld is alive\n'],
    [
      'mysqladmin -h127.0.0.1 -P3307 ping',
      "mysqladmin: connect to server at '127.0.0.1' failed\nerror: 'Can't connect to MySQL server on '127.0.0.1:3307' (111)'\nCheck that mysqld is running on 127.0.0.1 and that the port is 3307.\nYou can check this by doing 'telnet 127.0.0.1 3307'\n[1]\n",
    ],
    ['MYSQL_PWD=x mysqladmin nope', "mysqladmin: Unknown command: 'nope'\n[1]\n"],
    ['MYSQL_PWD=x mysqladmin processlist', 'mysqladmin: the sandbox does not simulate processlist\n[1]\n'],
    [
      'MYSQL_PWD=y mysqladmin -uann shutdown',
      "mysqladmin: shutdown failed; error: 'Access denied; you need (at least one of) the SHUTDOWN privilege(s) for this operation'\n[1]\n",
    ],
  ])('%s', (line, shown) => {
    const { lab, id } = started('mysql:8.4', own);
    lab.names.localhost = ['127.0.0.1'];
    expect(lab.exec(id, ['sh', '-c', line])).toBe(shown);
  });

  // As MariaDB 10.11 says it.
  it.each([
    [
      "mariadb -h127.0.0.1 -P3307 -px -e 'select 1'",
      "ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)\n[1]\n",
    ],
    ["mariadb -hnope -px -e 'select 1'", "ERROR 2005 (HY000): Unknown server host 'nope' (-2)\n[1]\n"],
    [
      "mariadb -P3307 -px -e 'select 1'",
      "ERROR 2002 (HY000): Can't connect to server on 'localhost' (111)\n[1]\n",
    ],
    ['mariadb --nope', "mariadb: unknown option '--nope'\n[2]\n"],
    ["mariadb -px -e 'use nope'", "ERROR 1049 (42000) at line 1: Unknown database 'nope'\n[1]\n"],
    [
      'mariadb-admin -h127.0.0.1 -P3307 ping',
      "mariadb-admin: connect to server at '127.0.0.1' failed\nerror: 'Can't connect to server on '127.0.0.1' (115)'\nCheck that mariadbd is running and that the socket: '/run/mysqld/mysqld.sock' exists!\n[1]\n",
    ],
    ['healthcheck.sh --connect --innodb_initialized', ''],
    ['healthcheck.sh', 'At least one argument required\n[1]\n'],
    ['healthcheck.sh --nope', "healthcheck unknown option or test 'nope'\n[1]\n"],
    // Since MariaDB 11.0 nothing in the image is called so.
    ['mysql -px', 'sh: 1: mysql: not found\n[127]\n'],
  ])('%s', (line, shown) => {
    const { lab, id } = started('mariadb:11');
    lab.names.localhost = ['127.0.0.1'];
    expect(lab.exec(id, ['sh', '-c', line])).toBe(shown);
  });

  it.each([
    [
      'mysql:8.4',
      'mysql',
      "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)\n[1]\n",
    ],
    [
      'mariadb:11',
      'mariadb',
      "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)\n[1]\n",
    ],
    [
      'mariadb:11',
      'healthcheck.sh --connect',
      "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)\nhealthcheck connect failed\n[1]\n",
    ],
  ])('while %s begins, %s finds no socket', (image, line, shown) => {
    const lab = new Lab();
    lab.pull(image);
    const { env = [] } = lab.runtime.findImage(host, image)?.image.config ?? {};
    const id = lab.start(image, undefined, { env: [...env, rootPassword] });
    lab.advance(100);
    expect(lab.exec(id, ['sh', '-c', line])).toBe(shown);
  });

  it('a client of another container comes by the network, and by its address', () => {
    const { lab } = started('mysql:8.4', own);
    lab.names.db = ['10.0.0.2'];
    lab.ways['10.0.0.2:3306'] = { network: 'db', port: 3306 };
    const client = lab.start('mysql:8.4', ['sleep', '100000'], { network: 'client' });
    const run = (line: string) => lab.exec(client, ['sh', '-c', line]);
    expect(run('MYSQL_PWD=y mysql -hdb -uann shop -Ne "select user(), current_user()"')).toBe(
      'ann@10.244.1.6\tann@%\n',
    );
    expect(run('mysql -hdb -uann shop -e "select 1"')).toBe(
      "ERROR 1045 (28000): Access denied for user 'ann'@'10.244.1.6' (using password: NO)\n[1]\n",
    );
    lab.ways['10.0.0.3:3306'] = { failure: 'timeout' };
    expect(run('mysql -h10.0.0.3 -e "select 1"')).toContain("on '10.0.0.3:3306' (110)");
  });

  it('what is no longer whole it does not read', () => {
    const { lab, id } = started('mysql:8.4');
    lab.exec(id, ['sh', '-c', 'echo broken > /var/lib/mysql/mysql/data']);
    lab.runtime.stop(host, id, 10_000);
    lab.advance(1000);
    lab.runtime.start(host, id);
    lab.advance(5000);
    expect(lab.exitCode(id)).toBe(1);
    expect(said(lab, id)).toContain('0 [ERROR] [MY-011011] [Server] Failed to find valid data directory.');
  });

  it('says that it cannot keep what it is told', () => {
    const { lab, id } = started('mysql:8.4');
    lab.exec(id, [
      'sh',
      '-c',
      'chown -R 0:0 /var/lib/mysql; chmod 500 /var/lib/mysql; chmod 400 /var/lib/mysql/mysql/data',
    ]);
    expect(lab.exec(id, ['sh', '-c', "MYSQL_PWD=x mysql -e 'create database d'"])).toBe(
      'ERROR 1030 (HY000) at line 1: Got error 168 from storage engine\n[1]\n',
    );
  });

  it('the socket leads to a server on another port too', () => {
    const { lab, id } = started('mysql:8.4', own, ['--port=3310']);
    expect(lab.exec(id, ['sh', '-c', "MYSQL_PWD=x mysql -Ne 'select @@port'"])).toBe('3310\n');
  });

  it('mysqladmin shutdown ends the container', () => {
    const { lab, id } = started('mysql:8.4');
    lab.runtime.exec(host, id, { argv: ['mysqladmin', '-px', 'shutdown'], tty: false, stdin: false });
    lab.advance(1000);
    expect(lab.exitCode(id)).toBe(0);
    expect(said(lab, id).slice(-3)[0]).toBe(
      '10 [System] [MY-013172] [Server] Received SHUTDOWN from user root. Shutting down mysqld (Version: 8.4.6).',
    );
  });
});
