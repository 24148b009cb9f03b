import type { ApiObject } from '../../cluster/object.ts';
import { readFile, type Steps } from '../../effects.ts';
import { goJson, goJsonIndented, sortedKeys } from '../../go/go-json.ts';
import { goKyaml } from '../../go/go-kyaml.ts';
import { goSyntax } from '../../go/go-syntax.ts';
import { goTemplate, TemplateRunError } from '../../go/go-template.ts';
import { shownValue } from '../../go/go-template-functions.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure, PrintedFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { fillTemplate, findResults, goText, relaxedPath } from './jsonpath.ts';
import { type Part, parseTemplate, TemplateError } from './jsonpath-parse.ts';

/** Prints one object after another in a form that programs read. */
export interface ObjectPrinter {
  /** @throws CommandFailure when the object does not have what the form needs */
  print(object: Printable): string;
}

/** An object, or a list of objects. */
export type Printable =
  | ApiObject
  | (Omit<ApiObject, 'metadata'> & { readonly metadata?: unknown; readonly items: readonly ApiObject[] });

const formats =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

/**
 * The printer that `--output` asks for.
 *
 * @param allowed the forms the command has, as its message names them
 * @returns undefined for no form, and for `wide`
 * @throws CommandFailure for a form that is none
 */
export function* objectPrinter(options: Options, allowed = formats): Steps<ObjectPrinter | undefined> {
  const output = options.text('--output') ?? (options.has('--template') ? 'go-template' : '');
  if (output === '' || output === 'wide') return undefined;
  const [, form = '', argument] = /^([^=]*)(?:=(.*))?$/s.exec(output) ?? [];
  const text = argument ?? options.text('--template', '');
  const isPlain = ['yaml', 'json', 'name', 'kyaml'].includes(form);
  switch (isPlain && argument !== undefined ? output : form) {
    case 'yaml':
      return yamlPrinter(options.on('--show-managed-fields'));
    case 'json':
      return { print: (object) => goJsonIndented(cleaned(object, options.on('--show-managed-fields'))) };
    case 'name':
      return {
        print: (object) =>
          itemsOf(object)
            .map((each) => `${nameWithKind(each)}\n`)
            .join(''),
      };
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file': {
      if (text === '') throw new CommandFailure('template format specified but no template given');
      const template = form === 'jsonpath-file' ? yield* fileText(text, '--template') : text;
      return pathPrinter(
        template,
        options.on('--allow-missing-template-keys', true),
        form === 'jsonpath-as-json',
      );
    }
    case 'custom-columns':
    case 'custom-columns-file':
      if (text === '') {
        throw new CommandFailure('custom-columns format specified but no custom columns given');
      }
      return form === 'custom-columns'
        ? columnsPrinter(columnsOf(text), options.on('--no-headers'))
        : columnsPrinter(columnsOfFile(yield* fileText(text, 'template')), false);
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile': {
      if (text === '') throw new CommandFailure('template format specified but no template given');
      const template = form.endsWith('file') ? yield* fileText(text, '--template') : text;
      return templatePrinter(template, options.on('--allow-missing-template-keys', true));
    }
    case 'kyaml':
      return { print: (object) => goKyaml(sortedKeys(cleaned(object, options.on('--show-managed-fields')))) };
    default:
      throw new CommandFailure(
        `unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`,
      );
  }
}

/** What an object is called in `-o name` and in messages: `pod/web`, `deployment.apps/web`. */
export function nameWithKind({ apiVersion, kind, metadata }: ApiObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${kind.toLowerCase()}${group}/${metadata.name ?? '<unknown>'}`;
}

/** The parts of a list; an object alone is its only one. */
function itemsOf(object: Printable): readonly ApiObject[] {
  return 'items' in object ? object.items : [object];
}

function yamlPrinter(withManagedFields: boolean): ObjectPrinter {
  let count = 0;
  return {
    print(object) {
      count += 1;
      return `${count > 1 ? '---\n' : ''}${goYaml(cleaned(object, withManagedFields))}`;
    },
  };
}

/** Who changed which field is only shown when it is asked for. */
function cleaned(object: Printable, withManagedFields: boolean): Printable {
  if (withManagedFields) return object;
  if ('items' in object) return { ...object, items: object.items.map(withoutManagedFields) };
  return withoutManagedFields(object);
}

function withoutManagedFields<T extends ApiObject>(object: T): T {
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** @param what the message calls it */
function* fileText(path: string, what: string): Steps<string> {
  const text = yield* readFile(path);
  if (text === undefined) {
    throw new CommandFailure(`error reading ${what} ${path}, open ${path}: no such file or directory`);
  }
  return text;
}

function pathPrinter(template: string, isLenient: boolean, asJson: boolean): ObjectPrinter {
  const parts = parsed(template);
  return {
    print(object) {
      try {
        if (!asJson) return fillTemplate(parts, object, isLenient);
        return findResults(parts, object, isLenient)
          .map((values) => goJsonIndented(values))
          .join('');
      } catch (error) {
        throwUnless(error, TemplateError);
        throw new CommandFailure(
          `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
        );
      }
    },
  };
}

function templatePrinter(template: string, isLenient: boolean): ObjectPrinter {
  let fill: ReturnType<typeof goTemplate>;
  try {
    fill = goTemplate(template, isLenient);
  } catch (error) {
    throwUnless(error, GoTemplateError);
    throw new CommandFailure(`error parsing template ${template}, ${error.message}`);
  }
  return {
    print(object) {
      try {
        return fill(object);
      } catch (error) {
        throwUnless(error, TemplateRunError);
        const { message, written } = error;
        const details = `${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(object)}\n\tobject given to template engine was:\n\t\t${shownValue(object)}\n\n`;
        throw new PrintedFailure(
          `error executing template ${JSON.stringify(template)}: ${message}`,
          `${written}Error executing template: ${details}`,
        );
      }
    },
  };
}

function parsed(template: string): readonly Part[] {
  try {
    return parseTemplate(template);
  } catch (error) {
    throwUnless(error, TemplateError);
    throw new CommandFailure(`error parsing jsonpath ${template}, ${error.message}`);
  }
}

interface Column {
  readonly header: string;
  /** The path, in braces. */
  readonly path: string;
}

function columnsOf(spec: string): readonly Column[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new CommandFailure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return { header: part.slice(0, colon), path: relaxed(part.slice(colon + 1)) };
  });
}

function columnsOfFile(text: string): readonly Column[] {
  const [headers = '', specs] = text.replace(/\n$/, '').split('\n');
  if (specs === undefined) {
    throw new CommandFailure(
      'invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.',
    );
  }
  const names = headers.split(/\s+/).filter(Boolean);
  const paths = specs.split(/\s+/).filter(Boolean);
  if (names.length !== paths.length) {
    throw new CommandFailure(
      `number of headers (${names.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return paths.map((path, index) => ({ header: names[index] ?? '', path: relaxed(path) }));
}

function relaxed(path: string): string {
  try {
    return relaxedPath(path);
  } catch (error) {
    throwUnless(error, TemplateError);
    throw new CommandFailure(error.message);
  }
}

function columnsPrinter(columns: readonly Column[], noHeaders: boolean): ObjectPrinter {
  const writer = new TabWriter();
  let hasHeaders = noHeaders;
  return {
    print(object) {
      const head = hasHeaders ? [] : [columns.map(({ header }) => header)];
      hasHeaders = true;
      try {
        const templates = columns.map(({ path }) => parseTemplate(path));
        const rows = itemsOf(object).map((each) => templates.map((parts) => cellOf(parts, each)));
        return writer.text([...head, ...rows]);
      } catch (error) {
        // The headers stand before a path is looked at.
        throwUnless(error, TemplateError);
        throw new PrintedFailure(error.message, writer.text(head));
      }
    },
  };
}

function cellOf(parts: readonly Part[], object: ApiObject): string {
  const found = findResults(parts, object, true).flat();
  return found.length === 0 ? '<none>' : found.map(goText).join(',');
}
