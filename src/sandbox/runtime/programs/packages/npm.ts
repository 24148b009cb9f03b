import { steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { makeFolders } from './known-packages.ts';

const version = '10.9.3';
/** How long it takes, and how much longer with each package. */
const baseMs = 500;
const packageMs = 30;

/** What package.json says, as far as it is read. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/**
 * npm: what it installs are names without code, which is enough for what the sandbox can run; it says so. Scripts of
 * package.json are run by the shell.
 */
export const npm: Program = steps((call): Outcome => {
  const words = call.args.filter((word) => !word.startsWith('-'));
  const [command = '', script = ''] = words;
  if (call.args.includes('--version') || call.args.includes('-v')) {
    call.out(`${version}\n`);
    return 0;
  }
  if (command === 'cache' || command === 'config' || command === 'set') return 0;
  const manifest = readManifest(call, 'package.json');
  if (!manifest) return missingManifest(call);
  if (command === 'ci' || command === 'clean-install') return install(call, manifest, true);
  if (['install', 'i', 'add'].includes(command)) return install(call, manifest, false, words.slice(1));
  if (command === 'run' || command === 'run-script') return runScript(call, manifest, script);
  if (command === 'start' || command === 'test' || command === 't')
    return runScript(call, manifest, command === 't' ? 'test' : command);
  if (command === 'prune') return install(call, {}, false);
  call.err(`npm: the sandbox does not simulate npm ${command}\n`);
  return 1;
});

function readManifest(call: ProcessCall, path: string): Manifest | undefined {
  const node = call.files.look(path);
  if (node?.kind !== 'file') return undefined;
  try {
    return JSON.parse(node.content) as Manifest;
  } catch {
    return undefined;
  }
}

function missingManifest(call: ProcessCall): number {
  const path = call.files.absolute('package.json');
  if (call.files.look('package.json')) {
    call.err(
      `npm error code EJSONPARSE\nnpm error path ${path}\nnpm error JSON.parse Failed to parse JSON data.\n`,
    );
    return 1;
  }
  call.err(
    `npm error code ENOENT\nnpm error syscall open\nnpm error path ${path}\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'\nnpm error enoent This is related to npm not being able to find a file.\nnpm error enoent\n`,
  );
  return 254;
}

function install(
  call: ProcessCall,
  manifest: Manifest,
  isClean: boolean,
  more: readonly string[] = [],
): Outcome {
  const lock = call.files.look('package-lock.json') ?? call.files.look('npm-shrinkwrap.json');
  if (isClean && lock?.kind !== 'file') return missingLock(call);
  const names = wanted(call, manifest, isClean, more);
  const until = (call.state as number | undefined) ?? call.now + baseMs + names.length * packageMs;
  call.state = until;
  if (call.now < until) return { until };
  for (const name of names) {
    const path = call.files.absolute(`node_modules/${name}/package.json`);
    makeFolders(call.files, path);
    call.files.write(path, `{ "name": "${name}" }\n`);
  }
  const seconds = Math.max(1, Math.round((baseMs + names.length * packageMs) / 1000));
  const packages = (count: number) => `${count} package${count === 1 ? '' : 's'}`;
  call.out(
    names.length === 0
      ? `\nup to date, audited 1 package in ${seconds}s\n\nfound 0 vulnerabilities\n`
      : `\nadded ${packages(names.length)}, and audited ${packages(names.length + 1)} in ${seconds}s\n\nfound 0 vulnerabilities\n`,
  );
  if (names.length > 0) call.err('npm: in the sandbox a package is a name: its code is not there\n');
  return 0;
}

/** The packages to install: those that the lock file lists, or those that the program itself asks for. */
function wanted(
  call: ProcessCall,
  { dependencies, devDependencies }: Manifest,
  isClean: boolean,
  more: readonly string[],
): readonly string[] {
  const isProduction =
    call.env.NODE_ENV === 'production' ||
    call.args.some((word) => /^--(omit=dev|only=prod(uction)?|production)$/.test(word));
  const lock = readManifest(call, 'package-lock.json') as {
    readonly packages?: Record<string, { dev?: boolean }>;
  };
  if (isClean && lock?.packages) {
    const listed = Object.entries(lock.packages).filter(
      ([path, { dev }]) => path !== '' && !(isProduction && dev),
    );
    return listed.map(([path]) => path.replace(/^.*node_modules\//, ''));
  }
  const direct = { ...dependencies, ...(isProduction ? {} : devDependencies) };
  return [...new Set([...Object.keys(direct), ...more.map((name) => name.replace(/(?<=.)@.*$/, ''))])];
}

/** In npm's own words (lib/commands/ci.js). */
function missingLock(call: ProcessCall): number {
  const lines = [
    'code EUSAGE',
    '',
    'The `npm ci` command can only install with an existing package-lock.json or',
    'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
    'later to generate a package-lock.json file, then try again.',
    '',
    'Clean install a project',
    '',
    'Usage:',
    'npm ci',
  ];
  call.err(lines.map((line) => `npm error${line && ' '}${line}\n`).join(''));
  return 1;
}

function runScript(call: ProcessCall, manifest: Manifest, name: string): Outcome {
  const { scripts = {}, name: project = '', version: own = '' } = manifest;
  const usual = name === 'start' && call.files.look('server.js') ? 'node server.js' : undefined;
  const line = Object.hasOwn(scripts, name) ? scripts[name] : usual;
  if (line === undefined) {
    call.err(
      `npm error Missing script: "${name}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n`,
    );
    return 1;
  }
  call.out(`\n> ${project}${own && '@'}${own} ${name}\n> ${line}\n\n`);
  call.exec(['/bin/sh', '-c', line]);
  return 'waits';
}
