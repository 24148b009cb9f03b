import { complain, print, type Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { formatRows, type Row, type RowKind } from '../format/format-rows.ts';
import { ellipsis } from '../format/go-text.ts';
import { registryAuth } from './credentials.ts';

/** A repository in an answer of `GET /images/search`. */
interface SearchResult {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
}

const kind: RowKind = {
  type: '*registry.searchContext',
  headers: { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
};

const tableFormat = 'table {{.Name}}\\t{{.Description}}\\t{{.StarCount}}\\t{{.IsOfficial}}';
const mostOfDescription = 45;

/** `docker search` (cli/command/registry/search.go of docker/cli). */
export function* runSearch(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [term = ''] = args;
  const filters = readFilters(flags.texts('--filter'));
  if (filters['is-automated']) {
    yield* complain(
      'WARNING: the "is-automated" filter is deprecated, and searching for "is-automated=true" will not yield any results in future.\n',
    );
  }
  const limit = Number(flags.text('--limit'));
  const found = yield* ask<readonly SearchResult[]>('GET', '/images/search', {
    query: { term, limit: limit > 0 ? String(limit) : undefined, filters: filterQuery(filters) },
    headers: { 'x-registry-auth': yield* registryAuth(context, registryOf(term)) },
  });
  const given = flags.text('--format');
  const format = given === '' || given === 'table' ? tableFormat : given;
  const isTruncated = !flags.on('--no-trunc');
  const rows = found.map((result) => rowOf(result, isTruncated, format === 'json'));
  yield* print(formatRows(format, kind, rows));
  return 0;
}

function rowOf(result: SearchResult, isTruncated: boolean, isJson: boolean): Row {
  const description = result.description.replace(/[\n\r]/g, ' ');
  const [yes, no] = isJson ? ['true', 'false'] : ['[OK]', ''];
  return {
    fields: {
      Name: result.name,
      Description: isTruncated ? ellipsis(description, mostOfDescription) : description,
      StarCount: String(result.star_count),
      IsOfficial: result.is_official ? yes : no,
    },
  };
}

function registryOf(term: string): string {
  const [first = '', ...rest] = term.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first : 'docker.io';
}
