import { describe, expect, it } from 'vitest';
import { host } from './lone-container.ts';
import { rootPassword, started } from './mysql-container.ts';

const own = [rootPassword, 'MYSQL_DATABASE=shop', 'MYSQL_PWD=x'];

const users = `create table users (id int auto_increment primary key, name varchar(20) not null, price decimal(6,2) default 1.5, at timestamp default current_timestamp, ok boolean, note text);
insert into users (name) values ('ann'),('bob'); insert into users (name,price) values ('cy',2);
insert into users (id,name,at) values (10,'dee','2025-01-01 10:00:00');
insert into users (name,at,note) values ('eve','2025-01-02','a\\tb\\nc')`;

const near =
  'You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near';

describe('SQL of mariadb, as version 10.11 answers', () => {
  const run = (words: readonly string[]) => {
    const { lab, id } = started('mariadb:11', own);
    expect(lab.exec(id, ['mariadb', 'shop', '-e', users])).toBe('');
    return lab.exec(id, ['mariadb', ...words]);
  };

  it.each([
    ['select 1', '1\n1\n'],
    [
      'select id,name,price,ok,note from users',
      'id\tname\tprice\tok\tnote\n1\tann\t1.50\tNULL\tNULL\n2\tbob\t1.50\tNULL\tNULL\n3\tcy\t2.00\tNULL\tNULL\n10\tdee\t1.50\tNULL\tNULL\n11\teve\t1.50\tNULL\ta\\tb\\nc\n',
    ],
    [
      'select id from users limit 2\\G',
      '*************************** 1. row ***************************\nid: 1\n*************************** 2. row ***************************\nid: 2\n',
    ],
    ['show tables', 'Tables_in_shop\nusers\n'],
    ['show databases', 'Database\ninformation_schema\nmysql\nperformance_schema\nshop\nsys\n'],
    [
      "select 1/0, 7/2, 10/5, 1.5+1, 2*3.25, 5 % 3, 'a'+1",
      "1/0\t7/2\t10/5\t1.5+1\t2*3.25\t5 % 3\t'a'+1\nNULL\t3.5000\t2.0000\t2.5\t6.50\t2\t1\n",
    ],
    [
      "select upper('a'), concat('a',1), now() > '2020-01-01', lower(name) from users limit 1",
      "upper('a')\tconcat('a',1)\tnow() > '2020-01-01'\tlower(name)\nA\ta1\t1\tann\n",
    ],
    [
      "select true, false, 1=1, 'a'='A', null=1, not 1",
      "TRUE\tFALSE\t1=1\t'a'='A'\tnull=1\tnot 1\n1\t0\t1\t1\tNULL\t0\n",
    ],
    [
      "select name from users where name like 'a%' or id in (2,3) and name is not null",
      'name\nann\nbob\ncy\n',
    ],
    [
      "select 'a%b' like 'a\\%_', 'AB' like '%b%', 'abc' like 'a_', '' like '%'",
      "'a%b' like 'a\\%_'\t'AB' like '%b%'\t'abc' like 'a_'\t'' like '%'\n1\t1\t0\t1\n",
    ],
    ['select name from users order by id desc limit 1, 2', 'name\ndee\ncy\n'],
    [
      'select count(*), max(price), sum(price), avg(price), min(name) from users',
      'count(*)\tmax(price)\tsum(price)\tavg(price)\tmin(name)\n5\t2.00\t8.00\t1.600000\tann\n',
    ],
    ['select id from users where id>100', ''],
    [
      'update users set price=3 where id=1; delete from users where id=2; select id, price p from `users` where id < 4',
      'id\tp\n1\t3.00\n3\t2.00\n',
    ],
    ["truncate users; insert into users (name) values ('z'); select id from users", 'id\n1\n'],
    [
      "create user 'zed'@'%' identified by 'p'; grant all on shop.* to 'zed'@'%'; flush privileges; drop user zed",
      '',
    ],
    [
      'select user, host from mysql.user',
      'User\tHost\nroot\t%\nhealthcheck\t127.0.0.1\nhealthcheck\t::1\nhealthcheck\tlocalhost\nmariadb.sys\tlocalhost\nroot\tlocalhost\n',
    ],
    ['create database b; use b; select database(); drop database b', 'database()\nb\n'],
    [
      "create table a (id int, v varchar(10), n decimal(5,2)); insert into a values (1,'x',1.5),(2,null,null),(3,'Y',-2.25); select * from a order by v; select * from a order by 3 desc; select sum(n), avg(n), max(v), min(id), count(v) from a; select id+1 as k from a order by k desc; select -5/2, 7 % 3, 2*-3, 1.10+2.2, 100/7, -n from a limit 1",
      'id\tv\tn\n2\tNULL\tNULL\n1\tx\t1.50\n3\tY\t-2.25\nid\tv\tn\n1\tx\t1.50\n3\tY\t-2.25\n2\tNULL\tNULL\nsum(n)\tavg(n)\tmax(v)\tmin(id)\tcount(v)\n-0.75\t-0.375000\tY\t1\t2\nk\n4\n3\n2\n-5/2\t7 % 3\t2*-3\t1.10+2.2\t100/7\t-n\n-2.5000\t1\t-6\t3.30\t14.2857\t-1.50\n',
    ],
    [
      "create table a (id int, v varchar(10)); insert into a values (1,'x'),(2,null),('3','Y'); select v='y', v<>'x', v is null, id in (1,null), not v is null from a; select count(*) n from a; select 'a' 'b'; update a set id=id+1 where id>=2; delete from a where v is null; select * from a",
      "v='y'\tv<>'x'\tv is null\tid in (1,null)\tnot v is null\n0\t0\t0\t1\t1\nNULL\tNULL\t1\tNULL\t0\n1\t1\t0\tNULL\t1\nn\n3\nab\nab\nid\tv\n1\tx\n4\tY\n",
    ],
    ['drop table if exists nope', ''],
    ['create table if not exists users (id int)', ''],
    ["-- a comment\nselect 'it''s', \"b\" /* in between */ as `c` # the end", "it's\tc\nit's\tb\n"],
    ["show variables like 'max_conn%'", 'Variable_name\tValue\nmax_connections\t151\n'],
  ])('%s', (sql, shown) => {
    expect(run(['shop', '-e', sql])).toBe(shown);
  });

  it.each([
    ['select * from userz', "1146 (42S02) at line 1: Table 'shop.userz' doesn't exist"],
    ['select nope from users', "1054 (42S22) at line 1: Unknown column 'nope' in 'SELECT'"],
    ['select * from users where nope=1', "1054 (42S22) at line 1: Unknown column 'nope' in 'WHERE'"],
    ['select * from users order by nope', "1054 (42S22) at line 1: Unknown column 'nope' in 'ORDER BY'"],
    ['insert into users (nope) values (1)', "1054 (42S22) at line 1: Unknown column 'nope' in 'INSERT INTO'"],
    ['update users set nope=1', "1054 (42S22) at line 1: Unknown column 'nope' in 'SET'"],
    [
      'insert into users (name) values (1,2)',
      "1136 (21S01) at line 1: Column count doesn't match value count at row 1",
    ],
    [
      "insert into users (id,name) values (1,'z')",
      "1062 (23000) at line 1: Duplicate entry '1' for key 'PRIMARY'",
    ],
    [
      'insert into users (price) values (1)',
      "1364 (HY000) at line 1: Field 'name' doesn't have a default value",
    ],
    [
      "insert into users (id,name) values ('abc','z')",
      "1366 (22007) at line 1: Incorrect integer value: 'abc' for column `shop`.`users`.`id` at row 1",
    ],
    [
      "insert into users (name) values ('abcdefghijklmnopqrstuvwxyz')",
      "1406 (22001) at line 1: Data too long for column 'name' at row 1",
    ],
    ['insert into users (name) values (null)', "1048 (23000) at line 1: Column 'name' cannot be null"],
    [
      "insert into users (name, at) values ('a', 'x')",
      "1292 (22007) at line 1: Incorrect datetime value: 'x' for column `shop`.`users`.`at` at row 1",
    ],
    [
      "insert into users (name, ok) values ('a', 700)",
      "1264 (22003) at line 1: Out of range value for column 'ok' at row 1",
    ],
    ['create table users (id int)', "1050 (42S01) at line 1: Table 'users' already exists"],
    ['create table x (id integr)', "4161 (HY000) at line 1: Unknown data type: 'integr'"],
    ['create table x (id int', `1064 (42000) at line 1: ${near} '' at line 1`],
    ['selec 1', `1064 (42000) at line 1: ${near} 'selec 1' at line 1`],
    ['select * frm users', `1064 (42000) at line 1: ${near} 'frm users' at line 1`],
    ['select 1 +', `1064 (42000) at line 1: ${near} '' at line 1`],
    ['select nofunc()', '1305 (42000) at line 1: FUNCTION shop.nofunc does not exist'],
    ['select *', '1096 (HY000) at line 1: No tables used'],
    ['select max(id) from users where max(id)=1', '1111 (HY000) at line 1: Invalid use of group function'],
    ['drop table nope', "1051 (42S02) at line 1: Unknown table 'shop.nope'"],
    ['drop database nope', "1008 (HY000) at line 1: Can't drop database 'nope'; database doesn't exist"],
    ['create database shop', "1007 (HY000) at line 1: Can't create database 'shop'; database exists"],
    ['drop user nope', "1396 (HY000) at line 1: Operation DROP USER failed for 'nope'@'%'"],
    ['describe nope', "1146 (42S02) at line 1: Table 'shop.nope' doesn't exist"],
    [
      'select a.id from users a left join users b on a.id=b.id',
      ' at line 1: the sandbox does not simulate LEFT',
    ],
    ['alter table users add x int', ' at line 1: the sandbox does not simulate ALTER'],
    [`select ${'('.repeat(3000)}1`, ' at line 1: the sandbox does not simulate expressions as long as this'],
    [
      `select ${'1+'.repeat(20_000)}1`,
      ' at line 1: the sandbox does not simulate expressions as long as this',
    ],
    ['show engines', ' at line 1: the sandbox does not simulate SHOW ENGINES'],
  ])('%s: %s', (sql, error) => {
    expect(run(['shop', '-e', sql])).toBe(
      `--------------\n${sql}\n--------------\n\nERROR${error.startsWith(' ') ? '' : ' '}${error}\n[1]\n`,
    );
  });

  it.each([
    ['create table t (id int)', '1046 (3D000) at line 1: No database selected'],
    ['select * from t', '1046 (3D000) at line 1: No database selected'],
    ['select * from mysql.nope', "1146 (42S02) at line 1: Table 'mysql.nope' doesn't exist"],
  ])('without a database %s', (sql, error) => {
    expect(run(['-e', sql])).toBe(`--------------\n${sql}\n--------------\n\nERROR ${error}\n[1]\n`);
  });

  it('draws a table where it is told to', () => {
    expect(run(['-t', 'shop', '-e', 'select id,name,price from users where id < 3; describe users'])).toBe(
      `+----+------+-------+
| id | name | price |
+----+------+-------+
|  1 | ann  |  1.50 |
|  2 | bob  |  1.50 |
+----+------+-------+
+-------+--------------+------+-----+---------------------+----------------+
| Field | Type         | Null | Key | Default             | Extra          |
+-------+--------------+------+-----+---------------------+----------------+
| id    | int(11)      | NO   | PRI | NULL                | auto_increment |
| name  | varchar(20)  | NO   |     | NULL                |                |
| price | decimal(6,2) | YES  |     | 1.50                |                |
| at    | timestamp    | YES  |     | current_timestamp() |                |
| ok    | tinyint(1)   | YES  |     | NULL                |                |
| note  | text         | YES  |     | NULL                |                |
+-------+--------------+------+-----+---------------------+----------------+
`,
    );
  });

  it('says how a table is made', () => {
    expect(run(['shop', '-e', 'show create table users'])).toBe(
      'Table\tCreate Table\nusers\tCREATE TABLE `users` (\\n  `id` int(11) NOT NULL AUTO_INCREMENT,\\n  `name` varchar(20) NOT NULL,\\n  `price` decimal(6,2) DEFAULT 1.50,\\n  `at` timestamp NULL DEFAULT current_timestamp(),\\n  `ok` tinyint(1) DEFAULT NULL,\\n  `note` text DEFAULT NULL,\\n  PRIMARY KEY (`id`)\\n) ENGINE=InnoDB AUTO_INCREMENT=12 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci\n',
    );
  });

  it('goes on behind an error only where it is told to', () => {
    const { lab, id } = started('mariadb:11', own);
    const text = 'select 1;\\n\\nselect * from nope;\\nselect 2;\\n';
    const error =
      "--------------\nselect * from nope\n--------------\n\nERROR 1146 (42S02) at line 3: Table 'shop.nope' doesn't exist\n";
    const from = (flags: string) => lab.exec(id, ['sh', '-c', `printf '${text}' | mariadb ${flags} shop`]);
    expect(from('')).toBe(`1\n1\n${error}[1]\n`);
    expect(from('-f')).toBe(`1\n1\n${error}2\n2\n`);
    expect(lab.exec(id, ['mariadb', '-f', '-e', 'select 1; selec; select 2'])).toMatch(
      /^1\n1\n[\s\S]*ERROR 1064[^\n]*\n\[1\]\n$/,
    );
  });
});

describe('SQL of mysql, where it says things in another way', () => {
  const table =
    'create table t (id int primary key, n bigint unsigned, at datetime default now(), note text)';

  it.each([
    ['select nope from t', "1054 (42S22) at line 1: Unknown column 'nope' in 'field list'"],
    ['select * from t where nope=1', "1054 (42S22) at line 1: Unknown column 'nope' in 'where clause'"],
    ['insert into t (id) values (1),(1)', "1062 (23000) at line 1: Duplicate entry '1' for key 't.PRIMARY'"],
    [
      "insert into t (id) values ('a')",
      "1366 (HY000) at line 1: Incorrect integer value: 'a' for column 'id' at row 1",
    ],
    ['grant all on shop.* to zed', '1410 (42000) at line 1: You are not allowed to create a user with GRANT'],
    [
      'create table x (id integr)',
      "1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'integr)' at line 1",
    ],
  ])('%s: %s', (sql, error) => {
    const { lab, id } = started('mysql:8.4', own);
    lab.exec(id, ['mysql', 'shop', '-e', table]);
    expect(lab.exec(id, ['mysql', 'shop', '-e', sql])).toBe(`ERROR ${error}\n[1]\n`);
  });

  it('describes a table without widths', () => {
    const { lab, id } = started('mysql:8.4', own);
    expect(lab.exec(id, ['mysql', 'shop', '-e', `${table}; desc t`])).toBe(
      'Field\tType\tNull\tKey\tDefault\tExtra\nid\tint\tNO\tPRI\tNULL\t\nn\tbigint unsigned\tYES\t\tNULL\t\nat\tdatetime\tYES\t\tCURRENT_TIMESTAMP\tDEFAULT_GENERATED\nnote\ttext\tYES\t\tNULL\t\n',
    );
  });
});

describe('at a terminal', () => {
  const typed = (image: string, argv: readonly string[], input: string) => {
    const { lab, id } = started(image, own);
    const process = lab.runtime.exec(host, id, { argv, tty: true, stdin: true });
    lab.advance(10);
    for (const line of input.split(/(?<=\n)/)) {
      lab.runtime.write(host, process, line);
      lab.advance(100);
    }
    const view = lab.runtime.process(host, process);
    return {
      code: view?.exitCode,
      text: (view?.output ?? [])
        .map(({ text }) => text)
        .join('')
        .replaceAll('\r\n', '\n'),
    };
  };

  it('draws tables, and answers one statement after another', () => {
    const lines = [
      ...['use shop', 'create table t (id int auto_increment primary key,', 'name text);'],
      ...[
        "insert into t (name) values ('a'),('b');",
        "update t set name='c' where id=1;",
        'select * from t;',
      ],
      ...['select * from t where id = 9;', 'selec 1;', 'exit', ''],
    ];
    const { text, code } = typed('mysql:8.4', ['mysql', '-uroot', '-px'], lines.join('\n'));
    expect(code).toBe(0);
    expect(text.slice(text.indexOf('mysql> '))).toBe(`mysql> use shop
Database changed
mysql> create table t (id int auto_increment primary key,
    -> name text);
Query OK, 0 rows affected (0.00 sec)

mysql> insert into t (name) values ('a'),('b');
Query OK, 2 rows affected (0.00 sec)
Records: 2  Duplicates: 0  Warnings: 0

mysql> update t set name='c' where id=1;
Query OK, 1 row affected (0.00 sec)
Rows matched: 1  Changed: 1  Warnings: 0

mysql> select * from t;
+----+------+
| id | name |
+----+------+
|  1 | c    |
|  2 | b    |
+----+------+
2 rows in set (0.00 sec)

mysql> select * from t where id = 9;
Empty set (0.00 sec)

mysql> selec 1;
ERROR 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'selec 1' at line 1
mysql> exit
Bye
`);
  });

  it('asks for the password, and shows the database in the prompt of MariaDB', () => {
    const { text } = typed('mariadb:11', ['mariadb', '-uroot', '-p', 'shop'], 'x\nselect 1;\nquit\n');
    expect(text).toBe(`Enter password: x
Welcome to the MariaDB monitor.  Commands end with ; or \\g.
Your MariaDB connection id is 3
Server version: 11.8.3-MariaDB-ubu2404 mariadb.org binary distribution

Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.

Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.

MariaDB [shop]> select 1;
+---+
| 1 |
+---+
| 1 |
+---+
1 row in set (0.000 sec)

MariaDB [shop]> quit
Bye
`);
  });

  it('a statement of the command line comes as a table', () => {
    expect(typed('mariadb:11', ['mariadb', '-e', 'select 1'], '').text).toBe(
      '+---+\n| 1 |\n+---+\n| 1 |\n+---+\n',
    );
  });
});
