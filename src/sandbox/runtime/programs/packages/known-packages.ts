import type { ProcessFiles } from '../../files/process-files.ts';
import { binary } from '../../processes/executable.ts';

/** What a package brings: programs by path, each by the name that the sandbox runs it under, and other files. */
export interface KnownPackage {
  readonly programs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A client of MariaDB, which both systems have under the name of MySQL too. */
const mysqlClient: KnownPackage = {
  programs: {
    '/usr/bin/mariadb': 'mariadb',
    '/usr/bin/mariadb-admin': 'mariadb-admin',
    '/usr/bin/mysql': 'mariadb',
    '/usr/bin/mysqladmin': 'mariadb-admin',
  },
};

/** Packages that Alpine and Debian both have. */
const both: Readonly<Record<string, KnownPackage>> = {
  bash: { programs: { '/bin/bash': 'gnu bash' } },
  'ca-certificates': { files: { '/etc/ssl/certs/ca-certificates.crt': '# certificates\n' } },
  curl: { programs: { '/usr/bin/curl': 'curl' } },
  'mariadb-client': mysqlClient,
  npm: { programs: { '/usr/bin/npm': 'npm', '/usr/bin/npx': 'npm' } },
  tzdata: { files: { '/usr/share/zoneinfo/UTC': 'TZif2\n' } },
  wget: { programs: { '/usr/bin/wget': 'gnu wget' } },
};

/** The packages of Alpine that can be installed here. */
export const alpinePackages: Readonly<Record<string, KnownPackage>> = {
  ...both,
  'mysql-client': mysqlClient,
  nodejs: { programs: { '/usr/bin/node': 'node' } },
  'postgresql-client': { programs: { '/usr/bin/psql': 'psql', '/usr/bin/pg_isready': 'pg_isready' } },
  procps: { programs: { '/usr/bin/ps': 'gnu ps', '/usr/bin/free': 'gnu free' } },
  'py3-pip': { programs: { '/usr/bin/pip': 'pip', '/usr/bin/pip3': 'pip' } },
  python3: { programs: { '/usr/bin/python3': 'python3' } },
  redis: {
    programs: { '/usr/bin/redis-server': 'redis-server', '/usr/bin/redis-cli': 'redis-cli' },
  },
};

/** The packages of Debian that can be installed here. */
export const debianPackages: Readonly<Record<string, KnownPackage>> = {
  ...both,
  'default-mysql-client': mysqlClient,
  nodejs: { programs: { '/usr/bin/node': 'node' } },
  'postgresql-client': { programs: { '/usr/bin/psql': 'psql', '/usr/bin/pg_isready': 'pg_isready' } },
  procps: { programs: { '/usr/bin/ps': 'gnu ps', '/usr/bin/free': 'gnu free', '/usr/bin/top': 'gnu top' } },
  python3: { programs: { '/usr/bin/python3': 'python3' } },
  'python3-pip': { programs: { '/usr/bin/pip': 'pip', '/usr/bin/pip3': 'pip' } },
  'redis-server': {
    programs: { '/usr/bin/redis-server': 'redis-server', '/usr/bin/redis-cli': 'redis-cli' },
  },
  'redis-tools': { programs: { '/usr/bin/redis-cli': 'redis-cli' } },
};

/** How large a program is that a package brings. */
const programBytes = 400_000;

/** Puts the files of a package in their places. @throws FileError */
export function unpack(files: ProcessFiles, { programs = {}, files: plain = {} }: KnownPackage): void {
  for (const [path, name] of Object.entries(programs)) {
    makeFolders(files, path);
    files.write(path, binary(name), { mode: 0o755, zeros: programBytes });
  }
  for (const [path, content] of Object.entries(plain)) {
    makeFolders(files, path);
    files.write(path, content);
  }
}

/** A package that is known to be there. */
export function packageNamed(known: Readonly<Record<string, KnownPackage>>, name: string): KnownPackage {
  return known[name] ?? {};
}

/** Takes the files of a package away again. @throws FileError */
export function removeFiles(files: ProcessFiles, { programs = {}, files: plain = {} }: KnownPackage): void {
  for (const path of [...Object.keys(programs), ...Object.keys(plain)])
    if (files.look(path)) files.remove(path);
}

/** The names that a list of what is installed has, each in a line behind a mark. */
export function namesIn(files: ProcessFiles, path: string, mark: string): readonly string[] {
  if (files.look(path)?.kind !== 'file') return [];
  const lines = files.read(path).split('\n');
  return lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
}

/** Makes the folders above a path. @throws FileError */
export function makeFolders(files: ProcessFiles, path: string): void {
  const parts = path.split('/').slice(1, -1);
  for (const place of parts.keys()) {
    const folder = `/${parts.slice(0, place + 1).join('/')}`;
    if (!files.look(folder)) files.makeFolder(folder);
  }
}

/** What is said of packages that there are in life and not here. */
export function notHere(
  manager: string,
  names: readonly string[],
  known: Readonly<Record<string, KnownPackage>>,
): string {
  const what = `${names.length === 1 ? 'the package' : 'the packages'} ${names.join(', ')}`;
  return `${manager}: the sandbox does not have ${what}; it has ${Object.keys(known).sort().join(', ')}\n`;
}
