import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import { sameStart } from '../nginx/same-start.ts';
import { ExecutableError } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Outcome, Program } from '../program.ts';
import { toolMemory } from './simple.ts';
import { SwitchError, switchedUser } from './switch-user.ts';

/** Becomes the rest of its command line, as entrypoint scripts do in their last line. */
export const execArguments: Program = {
  memory: toolMemory,
  step(call) {
    const [first = ''] = call.args;
    const isRedis = call.env.REDIS_VERSION !== undefined;
    // The program is meant when only its flags, or a file of its own, are given.
    const isMeant = first.startsWith('-') || (isRedis && first.endsWith('.conf'));
    const line = isMeant ? [isRedis ? 'redis-server' : 'node', ...call.args] : call.args;
    if (!isRedis || line[0] !== 'redis-server') return become(call, line);
    try {
      return become(call, line, switchedUser(call, 'redis', call.cwd));
    } catch (thrown) {
      const error = caught(thrown, SwitchError);
      call.err(`${error.message}\n`);
      return 1;
    }
  },
};

/** What runc's file was no program: its last words when it has replaced itself in vain. */
export const noProgram: Program = {
  memory: toolMemory,
  step(call) {
    call.err(`exec ${call.argv[0]}: exec format error\n`);
    return 255;
  },
};

/** The same of a script whose interpreter is not there. */
export const noInterpreter: Program = {
  memory: toolMemory,
  step(call) {
    call.err(`exec ${call.argv[0]}: no such file or directory\n`);
    return 255;
  },
};

/** Becomes another program, or says as a shell does that it cannot. */
function become(call: ProcessCall, argv: readonly string[], owner = call.record.owner): Outcome {
  try {
    call.exec(argv, call.env, owner);
    return 'waits';
  } catch (thrown) {
    const error = caught(thrown, ExecutableError);
    const isMissing = ['not-found', 'no-such-file', 'interpreter'].includes(error.reason);
    // The line of the script in which it ends.
    const path =
      call.env.NGINX_VERSION === undefined
        ? '/usr/local/bin/docker-entrypoint.sh: 24'
        : '/docker-entrypoint.sh: 47';
    call.err(`${path}: exec: ${argv[0]}: ${isMissing ? 'not found' : 'Permission denied'}\n`);
    return isMissing ? 127 : 126;
  }
}

/** What the entrypoint of nginx remembers: which script is next, and which one runs. */
interface NginxStart {
  readonly next: number;
  readonly child?: number;
}

const folder = '/docker-entrypoint.d';
const confPath = '/etc/nginx/conf.d/default.conf';

/** The script that prepares the configuration of nginx, and then becomes it. */
export const nginxEntrypoint: Program = {
  memory: toolMemory,
  step(call) {
    if (!/^nginx(-debug)?$/.test(call.args[0] ?? '')) return become(call, call.args);
    let outcome: Outcome | undefined;
    if (call.state !== undefined) outcome = runScripts(call, call.state as NginxStart, []);
    else {
      sameStart(call, 'entrypoint', () => {
        const said: string[] = [];
        outcome = runScripts(call, { next: -1 }, said);
        return outcome === undefined ? said.join('') : undefined;
      });
    }
    return outcome ?? become(call, call.args);
  },
};

/** @returns undefined when all of them have run, and nginx is next */
function runScripts(call: ProcessCall, begun: NginxStart, said: string[]): Outcome | undefined {
  let state = begun;
  const isQuiet = Boolean(call.env.NGINX_ENTRYPOINT_QUIET_LOGS);
  const say = (text: string) => {
    if (!isQuiet) said.push(`${text}\n`);
  };
  const flush = () => {
    call.out(said.slice(flushed).join(''));
    flushed = said.length;
  };
  let flushed = 0;
  const scripts = call.files.look(folder)?.kind === 'folder' ? call.files.list(folder) : [];
  if (state.next < 0) {
    if (scripts.length === 0) {
      say(`/docker-entrypoint.sh: No files found in ${folder}/, skipping configuration`);
      flush();
      return undefined;
    }
    say(`/docker-entrypoint.sh: ${folder}/ is not empty, will attempt to perform configuration`);
    say(`/docker-entrypoint.sh: Looking for shell scripts in ${folder}/`);
    state = { next: 0 };
  }
  if (state.child !== undefined) {
    const code = call.reap(state.child);
    if (code === undefined) return 'waits';
    // The script runs with `set -e`.
    if (code !== 0) return code;
  }
  for (let next = state.next; next < scripts.length; next++) {
    const child = runScript(call, `${folder}/${scripts[next]}`, say, flush);
    if (child !== undefined) {
      call.state = { next: next + 1, child };
      return 'waits';
    }
  }
  say('/docker-entrypoint.sh: Configuration complete; ready for start up');
  flush();
  return undefined;
}

/** @returns the number of a process to wait for, where the script is not one of the image's */
function runScript(
  call: ProcessCall,
  path: string,
  say: (text: string) => void,
  flush: () => void,
): number | undefined {
  const name = path.slice(folder.length + 1);
  const node = call.files.look(path);
  const isExecutable = node?.kind === 'file' && call.files.mayUse(node, 1);
  if (!name.endsWith('.sh') && !name.endsWith('.envsh')) {
    say(`/docker-entrypoint.sh: Ignoring ${path}`);
    return undefined;
  }
  if (!isExecutable) {
    say(`/docker-entrypoint.sh: Ignoring ${path}, not executable`);
    return undefined;
  }
  say(`/docker-entrypoint.sh: ${name.endsWith('.envsh') ? 'Sourcing' : 'Launching'} ${path}`);
  if (node.content.includes('(built into the sandbox)')) {
    if (name.startsWith('10-')) listenOnIpv6(call, (text) => say(`${name}: ${text}`));
    if (name.startsWith('20-')) fillTemplates(call, (text) => say(`${name}: ${text}`));
    return undefined;
  }
  flush();
  try {
    return call.spawn({ argv: name.endsWith('.envsh') ? ['/bin/sh', path] : [path] });
  } catch (thrown) {
    caught(thrown, ExecutableError);
    // The script runs with `set -e`.
    call.err(`/docker-entrypoint.sh: 31: ${path}: not found\n`);
    return call.end(127);
  }
}

function listenOnIpv6(call: ProcessCall, say: (text: string) => void): void {
  const shown = confPath;
  const node = call.files.look(confPath);
  if (node?.kind !== 'file') return say(`info: ${shown} is not a file or does not exist`);
  const changed = node.content.replace(/listen {7}80;/, 'listen       80;\n    listen  [::]:80;');
  try {
    call.files.append(confPath, '');
  } catch (thrown) {
    caught(thrown, FileError);
    return say(`info: can not modify ${shown} (read-only file system?)`);
  }
  if (/listen\s+\[::\]:80;/.test(node.content)) return say('info: IPv6 listen already enabled');
  say(`info: Getting the checksum of ${shown}`);
  const packaged = call.files.container.imageNode(confPath);
  if (packaged?.kind !== 'file' || packaged.content !== node.content) {
    return say(`info: ${shown} differs from the packaged version`);
  }
  call.files.write(confPath, changed);
  say(`info: Enabled listen on IPv6 in ${shown}`);
}

/** Templates have their variables filled in from the environment (20-envsubst-on-templates.sh). */
function fillTemplates(call: ProcessCall, say: (text: string) => void): void {
  const templates = '/etc/nginx/templates';
  if (call.files.look(templates)?.kind !== 'folder') return;
  for (const name of call.files.list(templates).filter((each) => each.endsWith('.template'))) {
    const target = `/etc/nginx/conf.d/${name.replace(/\.template$/, '')}`;
    const filled = call.files
      .read(`${templates}/${name}`)
      .replace(/\$\{(\w+)\}|\$(\w+)/g, (whole: string) => call.env[whole.replace(/\W/g, '')] ?? whole);
    try {
      call.files.write(target, filled);
    } catch (thrown) {
      caught(thrown, FileError);
      return say(`ERROR: ${templates} exists, but /etc/nginx/conf.d is not writable`);
    }
    say(`Running envsubst on ${templates}/${name} to ${target}`);
  }
}
