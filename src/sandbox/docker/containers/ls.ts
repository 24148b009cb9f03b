import { complain, now, print, type Steps } from '../../effects.ts';
import { GoRecord } from '../../go/go-record.ts';
import { TemplateRunError, templateOf } from '../../go/go-template.ts';
import { GoTemplateError } from '../../go/go-template-pipe.ts';
import { throwUnless } from '../../thrown.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { dockerFunctions } from '../format/docker-functions.ts';
import { formatRows } from '../format/format-rows.ts';
import { type ContainerSummary, containerKind, containerRow, rawFormat } from './container-rows.ts';

/** `docker container ls` (cli/command/container/list.go of docker/cli). */
export function* runList(context: DockerContext): Steps<number> {
  const { flags } = context;
  const isQuiet = flags.on('--quiet');
  const given = flags.text('--format');
  const format = given === '' ? ((yield* readConfig(context)).psFormat ?? '') : given;
  if (given !== '' && isQuiet) {
    yield* complain('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
  }
  const usesSize = format !== '' && namesSize(format);
  const hasSize = flags.on('--size') || (usesSize && !isQuiet && !flags.has('--size'));
  const last = Number(flags.text('--last') || -1);
  const limit = flags.on('--latest') && last === -1 ? 1 : last;
  const present = yield* now();
  const containers = yield* ask<readonly ContainerSummary[]>('GET', '/containers/json', {
    query: {
      all: oneIf(flags.on('--all')),
      limit: limit > 0 ? String(limit) : undefined,
      size: oneIf(hasSize),
      filters: filterQuery(readFilters(flags.texts('--filter'))),
    },
  });
  const isTruncated = !flags.on('--no-trunc');
  const rows = containers.map((container) => containerRow(container, isTruncated, present));
  yield* print(formatRows(listFormat(format, isQuiet, hasSize), containerKind, rows));
  return 0;
}

/** The template of a format, as `docker ps` understands it. */
function listFormat(format: string, isQuiet: boolean, hasSize: boolean): string {
  if (isQuiet) return format === 'raw' ? 'container_id: {{.ID}}' : '{{.ID}}';
  if (format === '' || format === 'table') return tableFormat + (hasSize ? '\\t{{.Size}}' : '');
  return format === 'raw' ? rawFormat + (hasSize ? 'size: {{.Size}}\\n' : '') : format;
}

const tableFormat =
  'table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}';

/** A container of which nothing is known. */
const nothing: ContainerSummary = {
  Id: '',
  Names: [],
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: [],
  Labels: {},
  State: '',
  Status: '',
  Mounts: [],
};

/**
 * Whether a template names the size of a container, which is asked for only then.
 *
 * @throws CommandFailure where the template is wrong
 */
function namesSize(format: string): boolean {
  let isNamed = false;
  const { fields, methods } = containerRow(nothing, true, 0);
  const watched = {
    ...fields,
    get Size() {
      isNamed = true;
      return '';
    },
  };
  try {
    const fill = templateOf(format, { name: '', isLenient: true, functions: dockerFunctions });
    fill(new GoRecord(containerKind.type, watched, { methods }));
  } catch (error) {
    if (error instanceof GoTemplateError) {
      throw new CommandFailure(`failed to parse template: ${error.message}`);
    }
    throwUnless(error, TemplateRunError);
    throw new CommandFailure(`failed to execute template: ${error.message}`);
  }
  return isNamed;
}
