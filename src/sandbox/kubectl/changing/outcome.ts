import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { goKyaml } from '../../go/go-kyaml.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { nameWithKind, objectPrinter } from '../printing/output-format.ts';
import { type DryRun, dryRunNote } from './dry-run.ts';
import { orderedJsonIndented, typed } from './typed.ts';

/** Tells what became of an object: `deployment.apps/web created`, or the object itself with `--output`. */
export interface OutcomePrinter {
  /** Whether `--output` asks for the object in place of a message. */
  readonly showsObject: boolean;
  /** @param operation in place of the one the printer was made for */
  text(object: ApiObject, operation?: string): string;
}

const forms = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];

/**
 * The printer of a command that changes objects (k8s.io/cli-runtime/pkg/genericclioptions, PrintFlags).
 *
 * @param operation such as `created`
 * @param isTyped whether the command knows its objects by their types, so that JSON has the types' order
 * @throws CommandFailure for a form that it does not have
 */
export function* outcomePrinter(
  options: Options,
  operation: string,
  dryRun: DryRun = 'none',
  isTyped = false,
): Steps<OutcomePrinter> {
  const output = options.text('--output', '');
  const [form = ''] = output.split('=');
  if (output !== '' && !forms.includes(form)) {
    throw new CommandFailure(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: ${forms.join(',')}`,
    );
  }
  const printer = yield* objectPrinter(options, forms.join(','));
  const note = dryRunNote(dryRun);
  const message = (object: ApiObject, what: string): string => `${nameWithKind(object)} ${what}${note}\n`;
  if (!printer) return { showsObject: false, text: (object, what = operation) => message(object, what) };
  const asTyped = (object: ApiObject): ApiObject => (isTyped ? typed(object) : object);
  if (isTyped && (output === 'json' || output === 'kyaml')) {
    const shown = options.on('--show-managed-fields');
    const drawn = output === 'json' ? orderedJsonIndented : goKyaml;
    return { showsObject: true, text: (object) => drawn(typed(withManagers(object, shown))) };
  }
  return { showsObject: true, text: (object) => printer.print(asTyped(object)) };
}

function withManagers(object: ApiObject, shown: boolean): ApiObject {
  if (shown || object.metadata.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
