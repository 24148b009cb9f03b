import { steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { makeFolders } from './known-packages.ts';

const folder = '/usr/local/lib/python3.13/site-packages';
const packageMs = 300;

/** pip: what it installs are names without code, which is enough for what the sandbox can run; it says so. */
export const pip: Program = steps((call): Outcome => {
  const [command = '', ...words] = call.args.filter((word) => !word.startsWith('-'));
  if (call.args.includes('--version') || call.args.includes('-V')) {
    call.out('pip (sandbox)\n');
    return 0;
  }
  if (command !== 'install') {
    call.err(`pip: the sandbox does not simulate pip ${command}\n`);
    return 1;
  }
  const files = call.args.filter((_, place) => ['-r', '--requirement'].includes(call.args[place - 1] ?? ''));
  const missing = files.find((path) => call.files.look(path)?.kind !== 'file');
  if (missing !== undefined) {
    call.err(`ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${missing}'\n`);
    return 1;
  }
  const listed = files.flatMap((path) => requirements(call.files.read(path)));
  const names = [...words.filter((word) => !files.includes(word)), ...listed];
  if (names.length === 0) {
    call.err('ERROR: You must give at least one requirement to install (see "pip help install")\n');
    return 1;
  }
  return install(call, names);
});

function requirements(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('-'));
}

function install(call: ProcessCall, written: readonly string[]): Outcome {
  const names = written.map((name) => name.replace(/[<>=!~;[ ].*$/, ''));
  const until = (call.state as number | undefined) ?? call.now + names.length * packageMs;
  if (call.state === undefined) call.out(names.map((name) => `Collecting ${name}\n`).join(''));
  call.state = until;
  if (call.now < until) return { until };
  for (const name of names) {
    const path = `${folder}/${name.toLowerCase().replaceAll('-', '_')}/__init__.py`;
    makeFolders(call.files, path);
    call.files.write(path, '');
  }
  call.out(`Installing collected packages: ${names.join(', ')}\nSuccessfully installed ${names.join(' ')}\n`);
  call.err('pip: in the sandbox a package is a name: its code is not there\n');
  return 0;
}
