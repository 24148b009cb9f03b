import { describe, expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';
import { rootPassword, said, started } from './mysql-container.ts';

describe('mysql and mariadb begin', () => {
  it.each([
    ['mysql:8.0', '8.0.43'],
    ['mysql:8.4', '8.4.6'],
    ['mysql:8', '8.4.6'],
    ['mysql:lts', '8.4.6'],
    ['mysql', '9.4.0'],
    ['mariadb:11', '11.8.3-MariaDB-ubu2404'],
    ['mariadb:lts', '11.8.3-MariaDB-ubu2404'],
    ['mariadb', '12.0.2-MariaDB-ubu2404'],
  ])('%s is %s', (image, version) => {
    const { lab, id } = started(image);
    const client = image.startsWith('mysql') ? 'mysql' : 'mariadb';
    expect(lab.exec(id, ['sh', '-c', `${client} -px -Ne 'select version()' 2>/dev/null`])).toBe(
      `${version}\n`,
    );
  });

  // The words of the entrypoints of the images.
  it.each([
    [
      'mysql:8.4',
      [],
      [
        '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
        '    You need to specify one of the following as an environment variable:',
        '    - MYSQL_ROOT_PASSWORD',
        '    - MYSQL_ALLOW_EMPTY_PASSWORD',
        '    - MYSQL_RANDOM_ROOT_PASSWORD',
      ],
    ],
    [
      'mysql:8.4',
      [rootPassword, 'MYSQL_USER=root'],
      [
        '[ERROR] [Entrypoint]: MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user',
        '    Remove MYSQL_USER="root" and use one of the following to control the root user password:',
        '    - MYSQL_ROOT_PASSWORD',
        '    - MYSQL_ALLOW_EMPTY_PASSWORD',
        '    - MYSQL_RANDOM_ROOT_PASSWORD',
      ],
    ],
    [
      'mysql:8.4',
      [rootPassword, 'MYSQL_ROOT_PASSWORD_FILE=/etc/hostname'],
      [
        '[ERROR] [Entrypoint]: Both MYSQL_ROOT_PASSWORD and MYSQL_ROOT_PASSWORD_FILE are set (but are exclusive)',
      ],
    ],
    [
      'mysql:8.4',
      ['MYSQL_ROOT_PASSWORD_FILE=/run/secrets/db'],
      ['/usr/local/bin/docker-entrypoint.sh: line 39: /run/secrets/db: No such file or directory'],
    ],
    [
      'mariadb:11',
      [],
      [
        '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
        '\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
      ],
    ],
  ])('%s ends with 1 where it is told %j', (image, env, last) => {
    const { lab, id } = started(image, env);
    expect(lab.exitCode(id)).toBe(1);
    expect(said(lab, id).slice(-last.length)).toEqual(last);
  });

  it('mysql says what it does at the first start, and less at the second', () => {
    const { lab, id } = started('mysql:8.4', [
      rootPassword,
      'MYSQL_DATABASE=shop',
      'MYSQL_USER=ann',
      'MYSQL_PASSWORD=y',
    ]);
    const notes = said(lab, id).filter(
      (line) => line.includes('[Entrypoint]') || line.includes('ready for connections. V'),
    );
    const ready = (port: number) =>
      `0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.4.6'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  MySQL Community Server - GPL.`;
    const note = (text: string) => `[Note] [Entrypoint]: ${text}`;
    expect(notes).toEqual([
      note('Entrypoint script for MySQL Server 8.4.6-1.el9 started.'),
      note("Switching to dedicated user 'mysql'"),
      note('Entrypoint script for MySQL Server 8.4.6-1.el9 started.'),
      note('Initializing database files'),
      note('Database files initialized'),
      note('Starting temporary server'),
      ready(0),
      note('Temporary server started.'),
      note('Creating database shop'),
      note('Creating user ann'),
      note('Giving user ann access to schema shop'),
      note('Stopping temporary server'),
      note('Temporary server stopped'),
      note('MySQL init process done. Ready for start up.'),
      ready(3306),
    ]);
    const before = said(lab, id).length;
    lab.exec(id, ['mysql', '-px', 'shop', '-e', 'create table kept (id int)']);
    lab.runtime.stop(host, id, 10_000);
    lab.advance(1000);
    expect(lab.exitCode(id)).toBe(0);
    expect(said(lab, id).slice(before)).toEqual([
      '0 [System] [MY-013172] [Server] Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: 8.4.6).',
      '0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld 8.4.6)  MySQL Community Server - GPL.',
      '0 [System] [MY-015016] [Server] MySQL Server - end.',
    ]);
    lab.runtime.start(host, id);
    lab.advance(5000);
    expect(said(lab, id).filter((line) => line === note('Initializing database files'))).toHaveLength(1);
    expect(
      lab.exec(id, [
        'sh',
        '-c',
        'mysql -uann -py shop -e "show tables" 2>/dev/null; ls /var/lib/mysql | grep shop',
      ]),
    ).toBe('Tables_in_shop\nkept\nshop\n');
  });

  it('mariadb ends as the real one does, and keeps the passwords from its server', () => {
    const { lab, id } = started('mariadb:11', ['MARIADB_ROOT_PASSWORD=x', 'MARIADB_DATABASE=shop']);
    expect(said(lab, id).slice(-2)).toEqual([
      '0 [Note] mariadbd: ready for connections.',
      "Version: '11.8.3-MariaDB-ubu2404'  socket: '/run/mysqld/mysqld.sock'  port: 3306  mariadb.org binary distribution",
    ]);
    expect(lab.exec(id, ['mariadb', '-px', '-Ne', 'show databases like'])).toContain('ERROR 1064 (42000)');
    lab.runtime.stop(host, id, 10_000);
    lab.advance(1000);
    expect(said(lab, id).slice(-4)).toEqual([
      '0 [Note] mariadbd (initiated by: unknown): Normal shutdown',
      '0 [Note] InnoDB: FTS optimize thread exiting.',
      '0 [Note] InnoDB: Starting shutdown...',
      '0 [Note] mariadbd: Shutdown complete',
    ]);
    lab.runtime.start(host, id);
    lab.advance(5000);
    expect(said(lab, id)).toContain('[Note] [Entrypoint]: MariaDB upgrade not required');
  });

  it.each([
    ['create table t (id int);\ninsert into t values (1);', 'ran\n1\n'],
    ['create table t (id int);\nselec 1;', undefined],
  ])('runs the scripts of the first start: %j', (script, shown) => {
    const lab = new Lab();
    lab.pull('mysql:8.4');
    const { env = [], entrypoint = [] } = lab.runtime.findImage(host, 'mysql:8.4')?.image.config ?? {};
    const line = `printf '%s' "$SCRIPT" > /docker-entrypoint-initdb.d/a.sql; exec docker-entrypoint.sh mysqld`;
    expect(entrypoint).toEqual(['docker-entrypoint.sh']);
    const id = lab.start('mysql:8.4', ['sh', '-c', line], {
      env: [...env, rootPassword, 'MYSQL_DATABASE=shop', `SCRIPT=${script}`],
    });
    lab.advance(15_000);
    expect(lab.log(id)).toContain('docker-entrypoint.sh: running /docker-entrypoint-initdb.d/a.sql\n');
    if (shown === undefined) {
      expect(lab.exitCode(id)).toBe(1);
      expect(lab.log(id)).toMatch(/ERROR 1064 \(42000\) at line 2: .* near 'selec 1' at line 1\n$/);
    } else
      expect(
        lab.exec(id, ['sh', '-c', 'mysql -px shop -Ne "select \'ran\'; select * from t" 2>/dev/null']),
      ).toBe(shown);
  });

  it('mysql 8.4 does not know the option that so many files have', () => {
    const { lab, id } = started(
      'mysql:8.4',
      [rootPassword],
      ['--default-authentication-plugin=mysql_native_password'],
    );
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toMatch(
      /\[ERROR\] \[Entrypoint\]: mysqld failed while attempting to check config\n\tcommand was: mysqld --default-authentication-plugin=mysql_native_password --verbose --help --log-bin-index=\/tmp\/tmp\.\w{10}\n\t\S+ 0 \[ERROR\] \[MY-000067\] \[Server\] unknown variable 'default-authentication-plugin=mysql_native_password'\.\n/,
    );
    expect(
      started('mysql:8.0', [rootPassword], ['--default-authentication-plugin=x']).lab.exitCode(id),
    ).toBeUndefined();
  });

  it('does not make databases in a folder that has files', () => {
    const { lab, id } = started(
      'mysql:8.4',
      [rootPassword],
      ['sh', '-c', 'touch /var/lib/mysql/x; exec docker-entrypoint.sh mysqld'],
    );
    expect(lab.exitCode(id)).toBe(1);
    expect(lab.log(id)).toContain('--initialize specified but the data directory has files in it. Aborting.');
  });

  it.each([
    [['echo', 'hi'], 0, 'hi\n'],
    [['nope'], 127, '/usr/local/bin/docker-entrypoint.sh: line 414: exec: nope: not found\n'],
    [
      ['mysqld', '--version'],
      0,
      '/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)\n',
    ],
  ])('the entrypoint makes of %j: %i', (argv, code, last) => {
    const { lab, id } = started('mysql:8.4', [], argv);
    expect(lab.exitCode(id)).toBe(code);
    expect(lab.log(id).endsWith(last)).toBe(true);
  });

  it.each([
    [
      'mysql:8.4',
      ['mysqld'],
      [
        '0 [ERROR] [MY-011011] [Server] Failed to find valid data directory.',
        '0 [ERROR] [MY-010020] [Server] Data Dictionary initialization failed.',
        '0 [ERROR] [MY-010119] [Server] Aborting',
        '0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld 8.4.6)  MySQL Community Server - GPL.',
        '0 [System] [MY-015016] [Server] MySQL Server - end.',
      ],
    ],
    [
      'mariadb:11',
      ['mariadbd'],
      [
        '0 [ERROR] mariadbd: Please consult the Knowledge Base to find out how to run mysqld as root!',
        '0 [ERROR] Aborting',
      ],
    ],
    [
      'mariadb:11',
      ['mariadbd', '--user=mysql'],
      [
        "0 [ERROR] Fatal error: Can't open and lock privilege tables: Table 'mysql.db' doesn't exist",
        '0 [ERROR] Aborting',
      ],
    ],
  ])('%s without its entrypoint: %j', (image, argv, last) => {
    const lab = new Lab();
    lab.pull(image);
    const id = lab.start(image, argv, { env: lab.runtime.findImage(host, image)?.image.config?.env ?? [] });
    lab.advance(5000);
    expect(lab.exitCode(id)).toBe(1);
    expect(said(lab, id).slice(-last.length)).toEqual(last);
  });

  it.each([
    ['mysql:8.4', '0 [ERROR] [MY-010268] [Server] Unable to setup unix socket lock file.'],
    ['mariadb:11', "0 [ERROR] Can't start server : Bind on unix socket: Read-only file system"],
  ])('%s needs a folder for its socket', (image, error) => {
    const lab = new Lab();
    lab.pull(image);
    const { env = [] } = lab.runtime.findImage(host, image)?.image.config ?? {};
    const mounts = [{ target: '/var/lib/mysql', volume: 'data', readOnly: false }];
    const id = lab.start(image, undefined, { env: [...env, rootPassword], readOnlyRoot: true, mounts });
    lab.advance(15_000);
    expect(lab.exitCode(id)).toBe(1);
    expect(said(lab, id)).toContain(error);
    expect(said(lab, id).at(-1)).toBe('[ERROR] [Entrypoint]: Unable to start server.');
  });

  it('tells the password that it made up', () => {
    const { lab, id } = started('mysql:8.4', ['MYSQL_RANDOM_ROOT_PASSWORD=yes']);
    const [, password = ''] = /GENERATED ROOT PASSWORD: (\S{32})\n/.exec(lab.log(id)) ?? [];
    expect(lab.exec(id, ['sh', '-c', `MYSQL_PWD='${password}' mysql -e 'select 1'`])).toBe('1\n1\n');
  });
});
