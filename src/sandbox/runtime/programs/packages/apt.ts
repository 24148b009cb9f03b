import { steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import {
  debianPackages,
  makeFolders,
  namesIn,
  notHere,
  packageNamed,
  removeFiles,
  unpack,
} from './known-packages.ts';

const lists = '/var/lib/apt/lists';
const status = '/var/lib/dpkg/status';
const fetchMs = 1500;
const reading = 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n';

/**
 * apt-get of Debian. The sandbox has a few packages, whose programs it knows; of any other it says that it does not
 * have it. As in life nothing is found before `apt-get update`, and nobody answers without `-y`.
 */
export const aptGet: Program = steps((call): Outcome => {
  const [command = '', ...names] = call.args.filter((word) => !word.startsWith('-'));
  switch (command) {
    case 'update':
      return delayed(call, () => update(call));
    case 'install':
      return delayed(call, () => install(call, names));
    case 'autoremove':
    case 'dist-upgrade':
    case 'upgrade':
      call.out(`${reading}0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`);
      return 0;
    case 'clean':
      return 0;
    case 'remove':
    case 'purge':
      return remove(call, names);
    default:
      call.err(`apt-get: the sandbox does not simulate apt-get ${command}\n`);
      return 100;
  }
});

function delayed(call: ProcessCall, then: () => number): Outcome {
  const until = call.state as number | undefined;
  if (until !== undefined) return call.now < until ? { until } : then();
  call.state = call.now + fetchMs;
  return { until: call.now + fetchMs };
}

function update(call: ProcessCall): number {
  const { host, folder, suite } = archiveOf(call);
  makeFolders(call.files, `${lists}/x`);
  call.files.write(`${lists}/${host}_${folder}_Packages`, Object.keys(debianPackages).join('\n'));
  call.out(`Get:1 http://${host}/${folder} ${suite} InRelease\nReading package lists...\n`);
  return 0;
}

/** Where the packages come from: Ubuntu has them elsewhere than Debian. */
function archiveOf({ files }: ProcessCall) {
  const release = files.look('/etc/os-release')?.kind === 'file' ? files.read('/etc/os-release') : '';
  if (!/^ID=ubuntu$/m.test(release)) return { host: 'deb.debian.org', folder: 'debian', suite: 'stable' };
  const [, suite = 'noble'] = /^VERSION_CODENAME=(\S+)$/m.exec(release) ?? [];
  return { host: 'archive.ubuntu.com', folder: 'ubuntu', suite };
}

function install(call: ProcessCall, written: readonly string[]): number {
  const names = written.map((name) => name.replace(/[=/].*$/, ''));
  call.out(reading);
  const hasLists = call.files.look(lists)?.kind === 'folder' && call.files.list(lists).length > 0;
  if (!hasLists) {
    for (const name of names) call.err(`E: Unable to locate package ${name}\n`);
    return 100;
  }
  const unknown = names.filter((name) => !Object.hasOwn(debianPackages, name));
  if (unknown.length > 0) {
    call.err(notHere('apt-get', unknown, debianPackages));
    return 100;
  }
  const known = installed(call);
  const added = names.filter((name) => !known.includes(name));
  for (const name of names.filter((each) => known.includes(each)))
    call.out(`${name} is already the newest version (sandbox).\n`);
  if (added.length > 0) call.out(`The following NEW packages will be installed:\n  ${added.join(' ')}\n`);
  call.out(`0 upgraded, ${added.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  if (added.length > 0 && !isAgreed(call)) return 1;
  for (const name of added) {
    call.out(`Setting up ${name} (sandbox) ...\n`);
    unpack(call.files, packageNamed(debianPackages, name));
  }
  return keep(call, [...known, ...added]);
}

/** Whether it may go on: nobody is there to be asked. */
function isAgreed(call: ProcessCall): boolean {
  const isYes = call.args.some((word) => /^-[a-zA-Z]*y|^--yes$|^--assume-yes$/.test(word));
  if (!isYes) call.out('Do you want to continue? [Y/n] Abort.\n');
  return isYes;
}

function remove(call: ProcessCall, names: readonly string[]): number {
  call.out(reading);
  const known = installed(call);
  for (const name of names.filter((each) => !known.includes(each))) {
    if (!Object.hasOwn(debianPackages, name)) {
      call.err(`E: Unable to locate package ${name}\n`);
      return 100;
    }
    call.out(`Package '${name}' is not installed, so not removed\n`);
  }
  const gone = names.filter((name) => known.includes(name));
  if (gone.length > 0) call.out(`The following packages will be REMOVED:\n  ${gone.join(' ')}\n`);
  call.out(`0 upgraded, 0 newly installed, ${gone.length} to remove and 0 not upgraded.\n`);
  if (gone.length > 0 && !isAgreed(call)) return 1;
  for (const name of gone) {
    call.out(`Removing ${name} (sandbox) ...\n`);
    removeFiles(call.files, packageNamed(debianPackages, name));
  }
  return keep(
    call,
    known.filter((name) => !names.includes(name)),
  );
}

function installed(call: ProcessCall): readonly string[] {
  return namesIn(call.files, status, 'Package: ');
}

function keep(call: ProcessCall, names: readonly string[]): number {
  makeFolders(call.files, status);
  call.files.write(
    status,
    names.map((name) => `Package: ${name}\nStatus: install ok installed\n\n`).join(''),
  );
  return 0;
}
