import type { Program } from '../../program.ts';
import { mariadbHealthcheck } from './mariadb-healthcheck.ts';
import { mysqlClient } from './mysql-client.ts';
import { mysqlEntrypoint } from './mysql-entrypoint.ts';
import { mysqlAdmin } from './mysqladmin.ts';
import { mysqld } from './mysqld.ts';

/** The programs of the images mysql and mariadb. */
export const mysqlPrograms: Readonly<Record<string, Program>> = {
  mariadb: mysqlClient(true),
  'mariadb-admin': mysqlAdmin(true),
  'mariadb-entrypoint': mysqlEntrypoint(true),
  'mariadb-healthcheck': mariadbHealthcheck,
  mariadbd: mysqld(true),
  mysql: mysqlClient(false),
  'mysql-entrypoint': mysqlEntrypoint(false),
  mysqladmin: mysqlAdmin(false),
  mysqld: mysqld(false),
};
