import { now, pause, print, type Steps } from '../../effects.ts';
import type { Credentials } from '../../runtime/container-runtime.ts';
import { showUsage } from './lists.ts';
import { CrictlFailure, CriFailure } from './output.ts';
import type { CrictlRun } from './run.ts';

/** `crictl pull`: puts an image on the node. */
export function* runPull(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  const [name = ''] = options.args;
  if (name === '') throw new CrictlFailure('image name cannot be empty');
  if (options.args.length > 1) return yield* showUsage('pull');
  if (options.has('username'))
    throw new CrictlFailure('--username asks for a password, which is not simulated here: use --creds');
  const pull = parts.runtime.resolvePull(parts.node, name, credentialsOf(run));
  const ends = (yield* now()) + pull.milliseconds;
  for (let left = pull.milliseconds; left > 0; left = ends - (yield* now())) yield* pause(left);
  if ('failure' in pull) {
    const code = pull.failure === 'not-found' ? 'NotFound' : 'Unknown';
    const told = {
      place: 'remote_image.go:250',
      says: 'PullImage from image service failed',
      about: `image="${name}"`,
    };
    const failure = new CriFailure(code, pull.message, told);
    failure.before = 'pulling image: ';
    // Of a code that says nothing the library shows the text alone.
    if (code === 'Unknown') failure.shown = pull.message;
    throw failure;
  }
  parts.acted();
  parts.runtime.keepImage(parts.node, pull.reference, pull.image);
  parts.simulation.settle();
  yield* print(`Image is up to date for ${pull.image.id}\n`);
  return 0;
}

/** @throws CrictlFailure */
function credentialsOf({ options }: CrictlRun): Credentials | undefined {
  const [creds, auth] = [options.text('creds'), options.text('auth')];
  if (creds !== '' && auth !== '') throw new CrictlFailure('both `--creds` and `--auth` are specified');
  const text = creds !== '' ? creds : decoded(auth);
  if (text === '') return undefined;
  const [username = '', ...password] = text.split(':');
  if (username === '') throw new CrictlFailure("username can't be empty");
  return { username, password: password.join(':') };
}

function decoded(auth: string): string {
  try {
    return auth === '' ? '' : atob(auth);
  } catch {
    throw new CrictlFailure(`pulling image: rpc error: code = Unknown desc = illegal base64 data`);
  }
}
