import { print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { type Asked, ask, askTogether, encoded, type OneOfSeveral, oneIf } from '../engine-client.ts';
import { CommandFailure, DaemonFailure, throwAll } from '../failures.ts';
import { exitStatus, openWait } from './exit-status.ts';

type Request = (id: string) => OneOfSeveral;

/** Does the same to each container at once, and prints the names of those it worked for. */
function* toEach(names: readonly string[], request: Request): Steps<number> {
  const failures: CommandFailure[] = [];
  const answers = yield* askTogether(names.map(request));
  for (const [place, name] of names.entries()) {
    const answer = answers[place];
    if (answer instanceof DaemonFailure) failures.push(answer);
    else yield* print(`${name}\n`);
  }
  throwAll(failures);
  return 0;
}

function post(act: string, query: Asked['query'] = {}): Request {
  return (name) => ({ method: 'POST', path: `/containers/${encoded(name)}/${act}`, query });
}

/** Seconds of grace, where they are given: `--time` is the older name. */
function graceQuery({ flags }: DockerContext): Asked['query'] {
  if (flags.has('--time') && flags.has('--timeout')) {
    throw new CommandFailure('conflicting options: cannot specify both --timeout and --time');
  }
  const seconds = flags.has('--time') ? flags.text('--time') : flags.text('--timeout');
  return { t: seconds, signal: flags.text('--signal') };
}

/** `docker container stop`: all of them at once, so that their grace runs side by side. */
export function* runStop(context: DockerContext): Steps<number> {
  return yield* toEach(context.args, post('stop', graceQuery(context)));
}

/** `docker container kill`. */
export function* runKill({ args, flags }: DockerContext): Steps<number> {
  return yield* toEach(args, post('kill', { signal: flags.text('--signal') }));
}

/** `docker container pause`. */
export function* runPause({ args }: DockerContext): Steps<number> {
  return yield* toEach(args, post('pause'));
}

/** `docker container unpause`. */
export function* runUnpause({ args }: DockerContext): Steps<number> {
  return yield* toEach(args, post('unpause'));
}

/** `docker container restart`: one after another. */
export function* runRestart(context: DockerContext): Steps<number> {
  const query = graceQuery(context);
  const failures: CommandFailure[] = [];
  for (const name of context.args) {
    try {
      yield* ask('POST', `/containers/${encoded(name)}/restart`, { query });
      yield* print(`${name}\n`);
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  throwAll(failures);
  return 0;
}

/** `docker container rm`. */
export function* runRemove({ args, flags }: DockerContext): Steps<number> {
  const isForced = flags.on('--force');
  const query = {
    v: oneIf(flags.on('--volumes')),
    link: oneIf(flags.on('--link')),
    force: oneIf(isForced),
  };
  const failures: CommandFailure[] = [];
  const named = args.map((name) => name.replace(/^\/+|\/+$/g, ''));
  const requests = named
    .filter((name) => name !== '')
    .map((name): OneOfSeveral => ({ method: 'DELETE', path: `/containers/${encoded(name)}`, query }));
  const answers = [...(yield* askTogether(requests))];
  for (const [place, name] of args.entries()) {
    const answer =
      named[place] === '' ? new CommandFailure('container name cannot be empty') : answers.shift();
    if (!(answer instanceof CommandFailure)) yield* print(`${name}\n`);
    else if (!isForced || !(answer instanceof DaemonFailure) || answer.status !== 404) failures.push(answer);
  }
  throwAll(failures);
  return 0;
}

/** `docker container wait`: one after another. */
export function* runWait({ args }: DockerContext): Steps<number> {
  const failures: CommandFailure[] = [];
  for (const name of args) {
    try {
      yield* print(`${yield* exitStatus(yield* openWait(name))}\n`);
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  throwAll(failures);
  return 0;
}
