import { print, readFile, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { demandCount } from './change-entries.ts';
import { type Entry, loadConfiguration, saveConfiguration } from './kubeconfig-file.ts';

/** `kubectl config set-context`. */
export function* runSetContext(context: KubectlContext): Steps<number> {
  const { options } = context;
  const isCurrent = options.on('--current');
  const [given = '', ...more] = options.args;
  if (more.length > 0) demandCount(context, 1);
  if (given === '' && !isCurrent) {
    throw new CommandFailure('you must specify a non-empty context name or --current');
  }
  if (given !== '' && isCurrent) {
    throw new CommandFailure('you cannot specify both a context name and --current');
  }
  const configuration = yield* loadConfiguration(context);
  const name = isCurrent ? configuration.currentContext : given;
  if (name === '') throw new CommandFailure('no current context is set');
  const before = configuration.contexts[name];
  const entry = { ...before, ...fieldsGiven(options, ['cluster', 'user', 'namespace']) };
  yield* saveConfiguration(context, {
    ...configuration,
    contexts: { ...configuration.contexts, [name]: entry },
  });
  yield* print(`Context ${JSON.stringify(name)} ${before ? 'modified' : 'created'}.\n`);
  return 0;
}

/** The fields that flags of the same names give. */
function fieldsGiven(options: Options, names: readonly string[]): Entry {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = options.text(`--${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** `kubectl config set-cluster`. */
export function* runSetCluster(context: KubectlContext): Steps<number> {
  demandCount(context, 1);
  const { options } = context;
  const [name = ''] = options.args;
  const authority = options.text('--certificate-authority');
  if (name === '') throw new CommandFailure('you must specify a non-empty cluster name');
  if (options.on('--insecure-skip-tls-verify') && authority) {
    throw new CommandFailure('you cannot specify a certificate authority and insecure mode at the same time');
  }
  const data = yield* embedded(options, '--embed-certs', ['--certificate-authority']);
  const configuration = yield* loadConfiguration(context);
  const before: Entry = configuration.clusters[name] ?? {};
  const entry: Entry = {
    ...before,
    ...(options.has('--server') ? { server: options.text('--server'), 'tls-server-name': '' } : {}),
    ...fieldsGiven(options, ['tls-server-name', 'proxy-url']),
    ...insecure(options),
    ...authorityFields(authority, data['--certificate-authority']),
  };
  yield* saveConfiguration(context, {
    ...configuration,
    clusters: { ...configuration.clusters, [name]: entry },
  });
  yield* print(`Cluster ${JSON.stringify(name)} set.\n`);
  return 0;
}

/** A cluster that is not verified needs no authority. */
function insecure(options: Options): Entry {
  if (!options.has('--insecure-skip-tls-verify')) return {};
  return options.on('--insecure-skip-tls-verify')
    ? { 'insecure-skip-tls-verify': true, 'certificate-authority': '', 'certificate-authority-data': '' }
    : { 'insecure-skip-tls-verify': false };
}

function authorityFields(path: string | undefined, data: string | undefined): Entry {
  if (path === undefined) return {};
  if (data !== undefined) {
    return {
      'certificate-authority-data': data,
      'insecure-skip-tls-verify': false,
      'certificate-authority': '',
    };
  }
  return {
    'certificate-authority': path,
    'insecure-skip-tls-verify': false,
    'certificate-authority-data': '',
  };
}

/** The files that flags name, in base64, when they are to stand in the configuration itself. */
function* embedded(
  options: Options,
  flag: string,
  files: readonly string[],
): Steps<Readonly<Record<string, string>>> {
  if (!options.on(flag)) return {};
  const given = files.filter((name) => options.text(name));
  if (given.length === 0) throw new CommandFailure(`you must specify a ${files.join(' or ')} to embed`);
  const found: Record<string, string> = {};
  for (const name of given) {
    const path = options.text(name, '');
    const text = yield* readFile(path);
    if (text === undefined) {
      throw new CommandFailure(
        `could not stat ${name.slice(2)} file ${path}: stat ${path}: no such file or directory`,
      );
    }
    found[name] = btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  }
  return found;
}

/** `kubectl config set-credentials`. */
export function* runSetCredentials(context: KubectlContext): Steps<number> {
  const { options } = context;
  const { args } = options;
  if (args.length !== 1) throw new CommandFailure(`unexpected args: [${args.join(' ')}]`);
  refuseOther(options);
  const [name = ''] = args;
  if (name === '') throw new CommandFailure('you must specify a non-empty user name');
  const [token, username, password] = ['--token', '--username', '--password'].map((flag) =>
    options.text(flag),
  );
  if (token && (username || password)) {
    throw new CommandFailure(
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    );
  }
  const data = yield* embedded(options, '--embed-certs', ['--client-certificate', '--client-key']);
  const configuration = yield* loadConfiguration(context);
  const entry: Entry = {
    ...configuration.users[name],
    ...certificate(options, data, 'client-certificate'),
    ...certificate(options, data, 'client-key'),
    ...fieldsGiven(options, ['token', 'username', 'password']),
    // One way to say who one is takes the place of the other.
    ...(token ? { username: '', password: '' } : username || password ? { token: '' } : {}),
  };
  yield* saveConfiguration(context, { ...configuration, users: { ...configuration.users, [name]: entry } });
  yield* print(`User ${JSON.stringify(name)} set.\n`);
  return 0;
}

function certificate(options: Options, data: Readonly<Record<string, string>>, field: string): Entry {
  const path = options.text(`--${field}`);
  if (path === undefined) return {};
  const inline = data[`--${field}`];
  return inline === undefined
    ? { [field]: path, [`${field}-data`]: '' }
    : { [field]: '', [`${field}-data`]: inline };
}

function refuseOther({ command }: Options): void {
  const flag = command.flags.find(({ name }) => /^--(exec|auth-provider)/.test(name));
  if (flag) {
    throw new CommandFailure(
      `${flag.name} is not simulated here. The sandbox's cluster knows you by a token or a certificate`,
    );
  }
}
