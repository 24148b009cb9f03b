import { unlessThrown } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { join } from '../../files/paths.ts';
import type { ProcessFiles } from '../../files/process-files.ts';
import type { MysqlData } from './mysql-data.ts';

/** Where a server keeps what it holds, below its folder. */
export const dataFile = 'mysql/data';

/** The folder of a server, as its command line has it. */
export function folderFor(args: readonly string[]): string {
  return (
    args.map((word) => /^--datadir=(.+?)\/*$/.exec(word)?.[1]).findLast((each) => each) ?? '/var/lib/mysql'
  );
}

/** Folders that are no databases of a user. */
const system = new Set(['mysql', 'performance_schema', 'sys']);

/** Writes down what a server holds; each database has a folder, as in life. @throws FileError */
export function writeData(files: ProcessFiles, folder: string, data: MysqlData): void {
  files.write(join(folder, dataFile), JSON.stringify(data));
  for (const name of Object.keys(data.databases))
    if (!files.look(join(folder, name))) files.makeFolder(join(folder, name), 0o750);
  for (const name of files.list(folder)) {
    const path = join(folder, name);
    const isDatabase = files.look(path)?.kind === 'folder' && !/^[#.]/.test(name) && !system.has(name);
    if (isDatabase && !Object.hasOwn(data.databases, name) && files.list(path).length === 0)
      files.remove(path);
  }
}

/** As `writeData`. @returns whether the folder takes it */
export function isWritten(files: ProcessFiles, folder: string, data: MysqlData): boolean {
  return unlessThrown(
    FileError,
    () => {
      writeData(files, folder, data);
      return true;
    },
    () => false,
  );
}

/** What a server finds in its folder; undefined when there is nothing that it can read. */
export function readData(files: ProcessFiles, folder: string): MysqlData | undefined {
  const text = unlessThrown(
    FileError,
    () => files.read(join(folder, dataFile)),
    () => undefined,
  );
  if (text === undefined) return undefined;
  const found = unlessThrown(
    SyntaxError,
    () => JSON.parse(text) as Partial<MysqlData> | null,
    () => undefined,
  );
  return found?.users && found.databases ? { users: found.users, databases: found.databases } : undefined;
}
