import { elasticTabs } from '../../go/elastic-tabs.ts';
import { GoRecord } from '../../go/go-record.ts';
import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import type { TemplateFunctions } from '../../go/go-template-functions.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import type { TemplateFunction, TemplateValue } from '../../go/template-value.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure } from '../failures.ts';
import { dockerFunctions, headerFunctions } from './docker-functions.ts';

/** What a template says of one thing: its fields, and methods that take arguments. */
export interface Row {
  readonly fields: Readonly<Record<string, TemplateValue>>;
  readonly methods?: Readonly<Record<string, TemplateFunction>>;
}

/** What a list is of. */
export interface RowKind {
  /** As messages call it, such as `*formatter.ContainerContext`. */
  readonly type: string;
  /** What stands above each column. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The columns of docker's tables. */
const tableColumns = { smallest: 10, padding: 3 };

/**
 * Prints rows as a format says (cli/command/formatter of docker/cli): a template, a template with `table`
 * before it, or `json`.
 *
 * @throws CommandFailure where the template is wrong
 */
export function formatRows(format: string, { type, headers }: RowKind, rows: readonly Row[]): string {
  const template = templateText(format);
  const fill = templateOrFailure(template, dockerFunctions);
  const text = rows
    .map(({ fields, methods }) => `${filled(fill, new GoRecord(type, fields, { methods }))}\n`)
    .join('');
  if (!format.startsWith('table')) return text;
  return elasticTabs(`${headerLine(template, headers)}\n${text}`, tableColumns);
}

/** The template of a format: without `table`, and with line ends and tabs for `\n` and `\t`. */
function templateText(format: string): string {
  if (format === 'table') return '';
  if (format === 'json') return '{{json .}}';
  const bare = format.startsWith('table') ? format.slice('table'.length) : format;
  return bare
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
}

function headerLine(template: string, headers: RowKind['headers']): string {
  const label: TemplateFunction = (name) => String(name).split('.').at(-1)?.replace(/[-_]/g, ' ');
  const titles = new GoRecord('formatter.SubHeaderContext', headers, {
    methods: { Label: label },
    isMap: true,
  });
  try {
    return templateOf(template, { name: '', isLenient: true, functions: headerFunctions })(titles);
  } catch (error) {
    // What cannot be filled in was said of the rows; a table without rows shows what it has.
    if (error instanceof TemplateRunError) return error.written;
    throw error;
  }
}

function templateOrFailure(template: string, functions: TemplateFunctions): ReturnType<typeof templateOf> {
  try {
    return templateOf(template, { name: '', isLenient: true, functions });
  } catch (error) {
    throwUnless(error, GoTemplateError);
    throw new CommandFailure(`template parsing error: ${error.message}`);
  }
}

function filled(fill: ReturnType<typeof templateOf>, record: GoRecord): string {
  try {
    return fill(record);
  } catch (error) {
    throwUnless(error, TemplateRunError);
    throw new CommandFailure(`template parsing error: ${error.message}`);
  }
}
