import { steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import {
  alpinePackages,
  makeFolders,
  namesIn,
  notHere,
  packageNamed,
  removeFiles,
  unpack,
} from './known-packages.ts';

/** Where apk keeps what is installed. */
const database = '/lib/apk/db/installed';
/** The packages that Alpine has at first. */
const atFirst = 16;
const fetchMs = 800;

/**
 * apk of Alpine. The sandbox has a few packages, whose programs it knows; of any other it says that it does not
 * have it. What it installs has no version.
 */
export const apk: Program = steps((call): Outcome => {
  const [command = ''] = call.args.filter((word) => !word.startsWith('-'));
  const names = packageNames(call.args).slice(1);
  if (call.args.includes('--version')) return said(call, 'apk-tools (sandbox)\n');
  if (command === 'update') return fetched(call, () => said(call, 'OK: the sandbox has a few packages\n'));
  if (command === 'add') return fetched(call, () => add(call, names));
  if (command === 'del') return remove(call, names);
  if (command === 'info')
    return said(
      call,
      installed(call)
        .map((name) => `${name}\n`)
        .join(''),
    );
  if (command === 'upgrade' || command === 'fix' || command === 'cache') return fetched(call, () => 0);
  call.err(`apk: the sandbox does not simulate apk ${command}\n`);
  return 1;
});

/** Words that are names: not flags, nor what follows `--virtual` and the like. */
function packageNames(args: readonly string[]): readonly string[] {
  const takes = new Set(['-t', '--virtual', '-X', '--repository', '--root', '-p']);
  return args
    .filter((word, place) => !word.startsWith('-') && !takes.has(args[place - 1] ?? ''))
    .map((word) => word.replace(/[<>=~].*$/, '').replace(/@.*$/, ''));
}

/** Fetching the list of packages takes a moment, once. */
function fetched(call: ProcessCall, then: () => number): Outcome {
  const until = call.state as number | undefined;
  if (until === undefined) {
    const release = call.files.read('/etc/alpine-release').split('.').slice(0, 2).join('.');
    for (const part of ['main', 'community'])
      call.out(`fetch https://dl-cdn.alpinelinux.org/alpine/v${release}/${part}/x86_64/APKINDEX.tar.gz\n`);
    call.state = call.now + fetchMs;
    return { until: call.now + fetchMs };
  }
  return call.now < until ? { until } : then();
}

function add(call: ProcessCall, names: readonly string[]): number {
  const unknown = names.filter((name) => !Object.hasOwn(alpinePackages, name));
  if (unknown.length > 0) {
    call.err(notHere('apk', unknown, alpinePackages));
    return unknown.length;
  }
  const known = installed(call);
  const added = names.filter((name) => !known.includes(name));
  for (const [place, name] of added.entries()) {
    call.out(`(${place + 1}/${added.length}) Installing ${name} (sandbox)\n`);
    unpack(call.files, packageNamed(alpinePackages, name));
  }
  return keep(call, [...known, ...added]);
}

function remove(call: ProcessCall, names: readonly string[]): number {
  const known = installed(call);
  const gone = names.filter((name) => known.includes(name));
  for (const [place, name] of gone.entries()) {
    call.out(`(${place + 1}/${gone.length}) Purging ${name} (sandbox)\n`);
    removeFiles(call.files, packageNamed(alpinePackages, name));
  }
  return keep(
    call,
    known.filter((name) => !gone.includes(name)),
  );
}

function installed(call: ProcessCall): readonly string[] {
  return namesIn(call.files, database, 'P:');
}

function keep(call: ProcessCall, names: readonly string[]): number {
  makeFolders(call.files, database);
  call.files.write(database, names.map((name) => `P:${name}\n`).join(''));
  const count = names.length + atFirst;
  return said(call, `OK: ${8 + names.length} MiB in ${count} packages\n`);
}

function said(call: ProcessCall, text: string): number {
  call.out(text);
  return 0;
}
