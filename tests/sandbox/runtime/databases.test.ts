import { describe, expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';

function started(
  image: string,
  argv?: readonly string[],
  env: readonly string[] = [],
  network = 'db',
): { lab: Lab; id: string } {
  const lab = new Lab();
  lab.pull(image);
  const own = lab.runtime.findImage(host, image)?.image.config;
  const whole = argv === undefined ? undefined : [...(own?.entrypoint ?? []), ...argv];
  const id = lab.start(image, whole, { network, env: [...(own?.env ?? []), ...env] });
  lab.advance(5000);
  return { lab, id };
}

/** The log without times and process numbers. */
function said(lab: Lab, id: string): readonly string[] {
  return lab
    .log(id)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d+:\w \S+ \S+ \S+ \S+ . /, '').replace(/^\S+ \S+ UTC \[\d+\] /, ''));
}

describe('redis', () => {
  it('answers anybody who sends lines in its own protocol', () => {
    const { lab } = started('redis:7');
    const client = lab.start('busybox:1.36', ['sleep', '100000'], { network: 'client' });
    lab.names.db = ['10.0.0.2'];
    lab.ways['10.0.0.2:6379'] = { network: 'db', port: 6379 };
    const lines =
      'PING\\r\\nSET a hello\\r\\nGET a\\r\\nGET no\\r\\nRPUSH l a b\\r\\nLRANGE l 0 -1\\r\\nnonsense x\\r\\n\\r\\nDBSIZE\\r\\nset u "café x"\\r\\nget u\\r\\nMGET a no\\r\\nLRANGE no 0 -1\\r\\nINFO replication\\r\\n';
    // As the real one answers to the same lines.
    expect(lab.exec(client, ['sh', '-c', `printf '${lines}' | nc db 6379`])).toBe(
      [
        ...['+PONG', '+OK', '$5', 'hello', '$-1', ':2', '*2', '$1', 'a', '$1', 'b'],
        "-ERR unknown command 'nonsense', with args beginning with: 'x' ",
        ...[':2', '+OK', '$7', 'café x', '*2', '$5', 'hello', '$-1', '*0'],
        ...['$48', '# Replication', 'role:master', 'connected_slaves:0', '', ''],
      ].join('\r\n'),
    );
  });

  it('asks those who send lines for the password too', () => {
    const { lab } = started('redis:7', ['--requirepass', 'x']);
    const client = lab.start('busybox:1.36', ['sleep', '100000'], { network: 'client' });
    lab.ways['10.0.0.2:6379'] = { network: 'db', port: 6379 };
    const line = "printf 'PING\\r\\nAUTH y\\r\\nAUTH x\\r\\nPING\\r\\n' | nc 10.0.0.2 6379";
    expect(lab.exec(client, ['sh', '-c', line])).toBe(
      '-NOAUTH Authentication required.\r\n-WRONGPASS invalid username-password pair or user is disabled.\r\n+OK\r\n+PONG\r\n',
    );
  });

  it.each([
    [
      'TERM',
      0,
      [
        'Saving the final RDB snapshot before exiting.',
        'DB saved on disk',
        'Redis is now ready to exit, bye bye...',
      ],
    ],
    [
      'INT',
      0,
      [
        'Saving the final RDB snapshot before exiting.',
        'DB saved on disk',
        'Redis is now ready to exit, bye bye...',
      ],
    ],
    [
      'HUP',
      undefined,
      ['Running mode=standalone, port=6379.', 'Server initialized', 'Ready to accept connections'],
    ],
  ])('after SIG%s ends with %j', (signal, code, last) => {
    const { lab, id } = started('redis:7');
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
    expect(said(lab, id).slice(-3)).toEqual(last);
  });

  it('keeps nothing where it is told to save nothing', () => {
    const { lab, id } = started('redis:7', ['redis-server', '--save', '']);
    expect(lab.exec(id, ['redis-cli', 'set', 'a', 'b'])).toBe('OK\n');
    lab.runtime.kill(host, id, 'INT');
    lab.simulation.settle();
    expect(said(lab, id).slice(-2)).toEqual([
      'User requested shutdown...',
      'Redis is now ready to exit, bye bye...',
    ]);
    lab.runtime.start(host, id);
    lab.advance(100);
    expect(lab.exec(id, ['redis-cli', 'get', 'a'])).toBe('\n');
  });

  it('does not end when it cannot save', () => {
    const { lab, id } = started('redis:7');
    expect(lab.exec(id, ['sh', '-c', 'chown root /data; chmod 500 /data; redis-cli save'])).toBe('ERR\n\n');
    lab.runtime.kill(host, id, 'TERM');
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBeUndefined();
    expect(said(lab, id).slice(-3)).toEqual([
      'Failed opening the temp RDB file temp-1.rdb (in server root dir /data) for saving: Permission denied',
      "Error trying to save the DB, can't exit.",
      'Errors trying to shut down the server. Check the logs for more information.',
    ]);
  });

  it('begins anew where what was saved is no longer whole', () => {
    const { lab, id } = started('redis:7');
    lab.exec(id, ['sh', '-c', 'echo broken > /data/dump.rdb']);
    lab.runtime.kill(host, id, 'KILL');
    lab.simulation.settle();
    lab.runtime.start(host, id);
    lab.advance(100);
    expect(lab.exec(id, ['redis-cli', 'dbsize'])).toBe('0\n');
  });

  it.each([
    [['config', 'set', 'maxmemory', '1'], 'ERR the sandbox simulates CONFIG GET only\n\n'],
    [['info', 'memory'], 'ERR the sandbox has these sections: server, replication, keyspace\n\n'],
    [['zadd', 'a', '1', 'b'], "ERR the sandbox does not simulate 'zadd'\n\n"],
    [['-n', '1', 'get', 'a'], 'redis-cli: the sandbox does not simulate -n\n[1]\n'],
    [['--user', 'ann', 'ping'], 'redis-cli: the sandbox does not simulate --user\n[1]\n'],
    [['-h', 'db', 'ping'], 'Could not connect to Redis at db:6379: Connection timed out\n[1]\n'],
    [['-h', 'gone', 'ping'], 'Could not connect to Redis at gone:6379: Connection refused\n[1]\n'],
  ])('what it does not do it says: redis-cli %j', (words, answer) => {
    const { lab, id } = started('redis:7');
    lab.names.db = ['10.0.0.2'];
    lab.names.gone = ['10.0.0.3'];
    lab.ways['10.0.0.2:6379'] = { failure: 'timeout' };
    lab.ways['10.0.0.3:6379'] = { network: 'gone', port: 6379 };
    expect(lab.exec(id, ['redis-cli', ...words])).toBe(answer);
  });

  it.each([
    [['get', 'name'], '"ann"\r\n'],
    [['incr', 'visits'], '(integer) 1\r\n'],
    [['--raw', 'get', 'name'], 'ann\r\n'],
    [[], 'redis-cli: the sandbox runs one command at a time: redis-cli get name\r\n'],
  ])('on a terminal it writes for a reader: redis-cli %j', (words, shown) => {
    const { lab, id } = started('redis:7');
    lab.exec(id, ['redis-cli', 'set', 'name', 'ann']);
    const process = lab.runtime.exec(host, id, { argv: ['redis-cli', ...words], tty: true, stdin: true });
    lab.advance(100);
    const output = lab.runtime.process(host, process)?.output ?? [];
    expect(
      output
        .map(({ text }) => text)
        .join('')
        .replaceAll('\r\n', '\n'),
    ).toBe(shown.replaceAll('\r\n', '\n'));
  });

  it.each([
    [['nope'], 127, '/usr/local/bin/docker-entrypoint.sh: 24: exec: nope: not found\n'],
    [['/etc'], 126, '/usr/local/bin/docker-entrypoint.sh: 24: exec: /etc: Permission denied\n'],
    [['/nope.conf'], 1, "Fatal error, can't open config file '/nope.conf': No such file or directory\n"],
    [
      ['--version'],
      0,
      'Redis server v=7.4.6 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=e08dbad3e06f3fb\n',
    ],
    [['echo', 'hello'], 0, 'hello\n'],
  ])('its entrypoint makes of %j: %i', (argv, code, last) => {
    const { lab, id } = started('redis:7', argv);
    expect(lab.exitCode(id)).toBe(code);
    expect(lab.log(id).endsWith(last)).toBe(true);
  });

  it('says that its port is taken', () => {
    const { lab } = started('redis:7');
    const other = lab.start('redis:7', undefined, { network: 'db' });
    expect(lab.exitCode(other)).toBe(1);
    expect(said(lab, other).slice(-2)).toEqual([
      'Warning: Could not create server TCP listening socket *:6379: bind: Address already in use',
      'Failed listening on port 6379 (tcp), aborting.',
    ]);
  });
});

describe('postgres', () => {
  const password = ['POSTGRES_PASSWORD=secret'];

  it.each([
    ['HUP', undefined, ['received SIGHUP, reloading configuration files']],
    [
      'INT',
      0,
      [
        'received fast shutdown request',
        'aborting any active transactions',
        'shutting down',
        'database system is shut down',
      ],
    ],
    ['TERM', 0, ['received smart shutdown request', 'shutting down', 'database system is shut down']],
    ['QUIT', 0, ['received immediate shutdown request', 'database system is shut down']],
    ['WINCH', undefined, ['database system is ready to accept connections']],
  ])('after SIG%s ends with %j', (signal, code, last) => {
    const { lab, id } = started('postgres:16', undefined, password);
    lab.runtime.kill(host, id, signal);
    lab.simulation.settle();
    expect(lab.exitCode(id)).toBe(code);
    expect(said(lab, id).slice(-last.length)).toEqual(last.map((line) => `LOG:  ${line}`));
  });

  it('keeps its tables, and looks at its environment once', () => {
    const { lab, id } = started(
      'postgres:16',
      ['postgres', '-p', '5433'],
      ['POSTGRES_PASSWORD=x', 'POSTGRES_USER=ann', 'POSTGRES_DB=shop'],
    );
    const psql = (...words: string[]) => lab.exec(id, ['psql', '-p', '5433', '-U', 'ann', ...words]);
    expect(psql('shop', '-c', 'create table kept (id int)')).toBe('CREATE TABLE\n');
    lab.runtime.stop(host, id, 10_000);
    lab.advance(1000);
    lab.runtime.start(host, id);
    lab.advance(3000);
    expect(lab.log(id)).toContain(
      '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n',
    );
    expect(lab.log(id)).toContain('listening on IPv4 address "0.0.0.0", port 5433');
    expect(psql('shop', '-Atc', 'select * from kept')).toBe('');
    expect(psql('-c', 'select 1')).toContain('FATAL:  database "ann" does not exist');
  });

  it.each([
    [[], 'fe_sendauth: no password supplied'],
    [['PGPASSWORD=wrong'], 'FATAL:  password authentication failed for user "postgres"'],
    [['PGPASSWORD=secret', 'PGUSER=bob'], 'FATAL:  password authentication failed for user "bob"'],
    [['PGPASSWORD=secret', 'PGDATABASE=nope'], 'FATAL:  database "nope" does not exist'],
    [['PGPASSWORD=secret'], undefined],
  ])('asks those who come from elsewhere for the password: %j', (env, refusal) => {
    const { lab } = started('postgres:16', undefined, password);
    lab.names.db = ['10.0.0.2'];
    lab.ways['10.0.0.2:5432'] = { network: 'db', port: 5432 };
    const client = lab.start('postgres:16', ['sleep', '100000'], { network: 'client' });
    const line = `${env.join(' ')} psql -h db ${env.some((each) => each.startsWith('PGUSER')) ? '' : '-U postgres'} -Atc 'select 1'`;
    expect(lab.exec(client, ['sh', '-c', line])).toBe(
      refusal === undefined
        ? '1\n'
        : `psql: error: connection to server at "db" (10.0.0.2), port 5432 failed: ${refusal}\n[2]\n`,
    );
  });

  it('asks nobody where everybody is trusted, and takes the password from a file', () => {
    const { lab, id } = started(
      'postgres:16',
      ['-c', 'listen_addresses=*'],
      ['POSTGRES_HOST_AUTH_METHOD=trust'],
    );
    expect(lab.exec(id, ['psql', '-U', 'postgres', '-Atc', 'select 1'])).toBe('1\n');
    expect(lab.exec(id, ['cat', '/var/lib/postgresql/data/base/cluster'])).not.toContain('password');
    const other = started('postgres:16', undefined, ['POSTGRES_PASSWORD_FILE=/etc/hostname']);
    expect(other.lab.exec(other.id, ['cat', '/var/lib/postgresql/data/base/cluster'])).toContain(
      '"password":"web"',
    );
  });

  it.each([
    [['echo', 'hi'], 'hi\n', 0],
    [['nope'], '/usr/local/bin/docker-entrypoint.sh: line 377: exec: nope: not found\n', 127],
    [['/etc/passwd'], '/usr/local/bin/docker-entrypoint.sh: line 377: /etc/passwd: Permission denied\n', 126],
    [
      ['sh', '-c', 'touch /var/lib/postgresql/data/x; exec docker-entrypoint.sh postgres'],
      'initdb: error: directory "/var/lib/postgresql/data" exists but is not empty\ninitdb: hint: If you want to create a new database system, either remove or empty the directory "/var/lib/postgresql/data" or run initdb with an argument other than "/var/lib/postgresql/data".\n',
      1,
    ],
    [
      ['sh', '-c', 'postgres & wait $!'],
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
      1,
    ],
    [['postgres', '--version'], 'postgres (PostgreSQL) 16.10 (Debian)\n', 0],
  ])('its entrypoint makes of %j', (argv, last, code) => {
    const { lab, id } = started('postgres:16', argv, password);
    expect(lab.log(id)).toContain(last);
    expect(lab.exitCode(id)).toBe(code);
  });

  it('says that its port is taken', () => {
    const { lab } = started('postgres:16', undefined, password);
    const env = lab.runtime.findImage(host, 'postgres:16')?.image.config?.env ?? [];
    const other = lab.start('postgres:16', undefined, { network: 'db', env: [...env, ...password] });
    lab.advance(5000);
    expect(lab.exitCode(other)).toBe(1);
    expect(said(lab, other).slice(-7)).toEqual([
      'LOG:  could not bind IPv4 address "0.0.0.0": Address already in use',
      'HINT:  Is another postmaster already running on port 5432? If not, wait a few seconds and retry.',
      'LOG:  could not bind IPv6 address "::": Address already in use',
      'HINT:  Is another postmaster already running on port 5432? If not, wait a few seconds and retry.',
      'WARNING:  could not create listen socket for "*"',
      'FATAL:  could not create any TCP/IP sockets',
      'LOG:  database system is shut down',
    ]);
  });

  it.each([
    [['-c', '\\du'], 'psql: the sandbox does not simulate \\du\n[1]\n'],
    [
      ['-c', 'select id from t where name like 1'],
      'ERROR:  the sandbox does not simulate LIKE\nLINE 1: select id from t where name like 1\n                                    ^\n[1]\n',
    ],
    [['-c', 'vacuum'], 'ERROR:  the sandbox does not simulate VACUUM\nLINE 1: vacuum\n        ^\n[1]\n'],
    [
      ['-c', 'select 1, count(*) from t'],
      'ERROR:  the sandbox simulates count(*) as the only thing that is selected\n[1]\n',
    ],
    [
      ['-c', 'select 1.5 + 1'],
      'ERROR:  the sandbox calculates with whole numbers only\nLINE 1: select 1.5 + 1\n                   ^\n[1]\n',
    ],
    [
      ['-q', '--list', '-t', '-A', '-c', 'select 2'],
      'postgres|postgres|UTF8|libc|en_US.utf8|en_US.utf8|||\ntemplate0|postgres|UTF8|libc|en_US.utf8|en_US.utf8|||=c/postgres\npostgres=CTc/postgres\ntemplate1|postgres|UTF8|libc|en_US.utf8|en_US.utf8|||=c/postgres\npostgres=CTc/postgres\n2\n',
    ],
  ])('what it does not do it says: psql %j', (words, shown) => {
    const { lab, id } = started('postgres:16', undefined, password);
    lab.exec(id, ['psql', '-U', 'postgres', '-c', 'create table t (id int, name text)']);
    expect(lab.exec(id, ['psql', '-U', 'postgres', ...words])).toBe(shown);
  });

  it('has no prompt on a terminal', () => {
    const { lab, id } = started('postgres:16', undefined, password);
    const process = lab.runtime.exec(host, id, { argv: ['psql', '-U', 'postgres'], tty: true, stdin: true });
    lab.advance(100);
    const output = lab.runtime.process(host, process)?.output ?? [];
    expect(
      output
        .map(({ text }) => text)
        .join('')
        .trim(),
    ).toBe('psql: error: the sandbox has no prompt here: psql -c "select 1"');
  });

  it('is not talked to in other tongues', () => {
    const { lab } = started('postgres:16', undefined, password);
    lab.ways['10.0.0.2:5432'] = { network: 'db', port: 5432 };
    const client = lab.start('busybox:1.36', ['sleep', '100000'], { network: 'client' });
    expect(lab.exec(client, ['sh', '-c', 'echo hello | nc 10.0.0.2 5432'])).toBe('');
  });
});
