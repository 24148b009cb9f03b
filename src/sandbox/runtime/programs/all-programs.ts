import { awk } from '../applets/awk/awk.ts';
import { time, timeout, xargs } from '../applets/command-runners.ts';
import { echo, printf, test, yes } from '../applets/data-tools.ts';
import { date } from '../applets/date.ts';
import { expr } from '../applets/expr.ts';
import { cp, ln, mv } from '../applets/files/copy-tools.ts';
import { dd } from '../applets/files/dd.ts';
import { mkdir, rm, rmdir, touch, unlink } from '../applets/files/file-tools.ts';
import { find } from '../applets/files/find.ts';
import { ls } from '../applets/files/ls.ts';
import { chmod, chown } from '../applets/files/mode-tools.ts';
import {
  basename,
  dirname,
  du,
  mktemp,
  pwd,
  readlink,
  realpath,
  which,
} from '../applets/files/path-tools.ts';
import { stat } from '../applets/files/stat.ts';
import { curl } from '../applets/network/curl.ts';
import { ifconfig, ip, nc, netstat, nslookup, ping } from '../applets/network/network-tools.ts';
import { wget } from '../applets/network/wget.ts';
import { kill, killall, pidof, ps, top } from '../applets/process-tools.ts';
import { sed } from '../applets/sed/sed.ts';
import { seq } from '../applets/seq.ts';
import {
  df,
  env,
  free,
  hostname,
  id,
  mount,
  nproc,
  printenv,
  runsCommand,
  tty,
  uname,
  uptime,
  whoami,
} from '../applets/system-tools.ts';
import { base64 } from '../applets/text/base64.ts';
import { cut, tr } from '../applets/text/cut-tr.ts';
import { grep } from '../applets/text/grep.ts';
import { head } from '../applets/text/head.ts';
import { sha256sum } from '../applets/text/sha256sum.ts';
import { sort } from '../applets/text/sort.ts';
import { tail } from '../applets/text/tail.ts';
import { cat, nothing, rev, tac, tee, wc } from '../applets/text/text-filters.ts';
import { uniq } from '../applets/text/uniq.ts';
import type { Program } from '../program.ts';
import { shell } from '../shell/shell.ts';
import { clusterDaemons } from './cluster-daemon.ts';
import { demoServers } from './demo-servers.ts';
import { dockerInit } from './docker-init.ts';
import { execArguments, nginxEntrypoint, noInterpreter, noProgram } from './entrypoints.ts';
import { httpd } from './httpd.ts';
import { node, python } from './languages.ts';
import { mysqlPrograms } from './mysql/mysql-programs.ts';
import { nginx } from './nginx.ts';
import { apk } from './packages/apk.ts';
import { aptGet } from './packages/apt.ts';
import { npm } from './packages/npm.ts';
import { pip } from './packages/pip.ts';
import { pgIsReady } from './postgres/pg-isready.ts';
import { postgres } from './postgres/postgres.ts';
import { postgresEntrypoint } from './postgres/postgres-entrypoint.ts';
import { psql } from './postgres/psql.ts';
import { redisServer } from './redis.ts';
import { redisCli } from './redis-cli.ts';
import { agnhost, bootcamp, hpaExample } from './samples.ts';
import { shopApi, shopWeb, shopWorker } from './shop.ts';
import { instant } from './simple.ts';
import { sleep } from './sleep.ts';
import { busybox, busyboxHttpd, helloWorld, notSimulated, pause } from './small-programs.ts';

/** Tools that busybox and GNU both have. */
const tools: Readonly<Record<string, Program>> = {
  '[': test,
  awk,
  base64,
  basename,
  cat,
  chgrp: chown,
  chmod,
  chown,
  clear: nothing,
  cp,
  cut,
  date,
  dd,
  df,
  dirname,
  du,
  echo,
  egrep: grep,
  env,
  expr,
  false: instant(() => 1),
  fgrep: grep,
  find,
  free,
  grep,
  head,
  hostname,
  id,
  kill,
  killall,
  ln,
  ls,
  mkdir,
  mktemp,
  mount,
  mv,
  nohup: runsCommand,
  nproc,
  pidof,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sha256sum,
  sleep,
  sort,
  stat,
  sync: nothing,
  tac,
  tail,
  tee,
  test,
  timeout,
  top,
  touch,
  tr,
  true: instant(() => 0),
  tty,
  uname,
  uniq,
  unlink,
  uptime,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
};

const programs: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    Object.entries(tools).flatMap(([name, program]) => [
      [`busybox ${name}`, program],
      [`gnu ${name}`, program],
    ]),
  ),
  'busybox ash': shell('ash'),
  'busybox busybox': busybox,
  'busybox httpd': busyboxHttpd,
  ...clusterDaemons,
  'busybox ifconfig': ifconfig,
  'busybox ip': ip,
  'busybox nc': nc,
  'busybox netstat': netstat,
  'busybox nslookup': nslookup,
  'busybox ping': ping,
  'busybox sh': shell('ash'),
  'busybox time': time,
  agnhost,
  apk,
  'apt-get': aptGet,
  bootcamp,
  curl,
  ...demoServers,
  'docker-init': dockerInit,
  'exec-arguments': execArguments,
  'gnu bash': shell('bash'),
  'gnu sh': shell('dash'),
  'hello-world': helloWorld,
  'hpa-example': hpaExample,
  httpd,
  ...mysqlPrograms,
  nginx,
  'nginx-entrypoint': nginxEntrypoint,
  'no-interpreter': noInterpreter,
  'no-program': noProgram,
  node,
  npm,
  pause,
  pg_isready: pgIsReady,
  pip,
  postgres,
  'postgres-entrypoint': postgresEntrypoint,
  psql,
  python3: python,
  'redis-cli': redisCli,
  'redis-server': redisServer,
  'shop-api': shopApi,
  'shop-web': shopWeb,
  'shop-worker': shopWorker,
};

const byName: ReadonlyMap<string, Program> = new Map(Object.entries(programs));

/** What busybox has and the sandbox does not simulate. */
const known = new Set(['less', 'md5sum', 'more', 'telnet', 'usleep', 'vi', 'watch', '[[']);

/** A program by the name that its file says, such as `nginx` or `busybox ls`. */
export function programNamed(name: string): Program {
  const found = byName.get(name);
  if (found) return found;
  const [family, own = ''] = name.split(' ');
  return family === 'busybox' && !known.has(own) ? busybox : notSimulated;
}
