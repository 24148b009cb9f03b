import { print, type Steps } from '../../effects.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { orderedJsonIndented } from '../changing/typed.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, UsageFailure } from '../failures.ts';
import { objectPrinter } from '../printing/output-format.ts';
import {
  type Configuration,
  type Entries,
  type Entry,
  loadConfiguration,
  writtenConfiguration,
} from './kubeconfig-file.ts';

const forms =
  'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

/** `kubectl config view` (k8s.io/kubectl/pkg/cmd/config/view.go). */
export function* runConfigView(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) {
    throw new UsageFailure(`unexpected arguments: [${options.args.join(' ')}]`, 'kubectl config view');
  }
  const isExplicit = options.has('--kubeconfig');
  const output = options.text('--output') || 'yaml';
  const printer = yield* objectPrinter(options, forms);
  if (options.has('--merge') && !options.on('--merge') && !isExplicit) {
    throw new CommandFailure('if merge==false a precise file must be specified');
  }
  const loaded = yield* loadConfiguration(context);
  const shown = options.on('--minify') ? minified(loaded, options.text('--context')) : loaded;
  const isWhole = options.on('--flatten') || options.on('--raw');
  const written = writtenConfiguration(isWhole ? shown : redacted(shown));
  if (output === 'yaml') yield* print(goYaml(written));
  else if (output === 'json') yield* print(orderedJsonIndented(written));
  // A configuration has no name of its own.
  else if (output === 'name') yield* print('config/<unknown>\n');
  else if (printer) yield* print(printer.print(written as never));
  return 0;
}

/** Only what the current context needs. */
function minified(configuration: Configuration, wanted: string | undefined): Configuration {
  const currentContext = wanted || configuration.currentContext;
  if (currentContext === '') throw new CommandFailure('current-context must exist in order to minify');
  const context = configuration.contexts[currentContext];
  if (!context) throw new CommandFailure(`cannot locate context ${currentContext}`);
  return {
    ...configuration,
    currentContext,
    contexts: { [currentContext]: context },
    clusters: only(configuration.clusters, context.cluster, 'cluster'),
    users: only(configuration.users, context.user, 'user'),
  };
}

function only(entries: Entries, name: unknown, what: string): Entries {
  if (typeof name !== 'string' || name === '') return {};
  const entry = entries[name];
  if (!entry) throw new CommandFailure(`cannot locate ${what} ${name}`);
  return { [name]: entry };
}

const omitted = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'];
const secret = ['token', 'password'];

/** Without what is secret, and without long data. */
function redacted(configuration: Configuration): Configuration {
  const covered = (entries: Entries): Entries =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, coveredEntry(entry)]));
  return {
    ...configuration,
    clusters: covered(configuration.clusters),
    users: covered(configuration.users),
  };
}

function coveredEntry(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => {
      if (value && omitted.includes(field)) return [field, 'DATA+OMITTED'];
      return [field, value && secret.includes(field) ? 'REDACTED' : value];
    }),
  );
}
