import { complain, now, print, type Steps, terminal } from '../../effects.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { formatRows } from '../format/format-rows.ts';
import { type ImageSummary, imageKind, imageRows } from './image-rows.ts';
import { imageTree } from './image-tree.ts';

/** What a list with a format of its own shows, where nothing else is asked for. */
const tableFormat =
  'table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\\t{{.Size}}';
const digestFormat = tableFormat.replace('{{.Tag}}', '{{.Tag}}\\t{{.Digest}}');
const rawFormat =
  'repository: {{ .Repository }}\\ntag: {{.Tag}}\\nimage_id: {{.ID}}\\ncreated_at: {{.CreatedAt}}\\nvirtual_size: {{.Size}}\\n';
const rawDigestFormat = rawFormat.replace('image_id', 'digest: {{.Digest}}\\nimage_id');

/** `docker image ls` (cli/command/image/list.go of docker/cli). */
export function* runList(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [name = ''] = args;
  const given = readFilters(flags.texts('--filter'));
  const filters = name === '' ? given : { ...given, reference: [...(given.reference ?? []), name] };
  const isTree = wantsTree(context);
  const images = yield* ask<readonly ImageSummary[]>('GET', '/images/json', {
    query: {
      all: oneIf(flags.on('--all')),
      manifests: oneIf(isTree),
      filters: filterQuery(filters),
    },
  });
  const hidesDangling = !flags.on('--all') && (!filters.dangling || filters.dangling.includes('false'));
  const shown = hidesDangling ? images.filter((image) => !isDangling(image)) : images;
  const configured = flags.has('--format') || flags.on('--quiet') || flags.on('--tree');
  const { imagesFormat = '' } = configured ? {} : yield* readConfig(context);
  if (isTree && imagesFormat === '') {
    const { isTerminal } = yield* terminal();
    yield* print(imageTree(shown, { isExpanded: flags.on('--tree'), isTerminal }));
  } else yield* printRows(context, shown, flags.text('--format') || imagesFormat || 'table');
  if (shown.length === 0 && context.path === 'docker images' && alsoCommands.includes(name)) {
    yield* complain(`No images found matching "${name}": did you mean "docker image ${name}"?\n`);
  }
  return 0;
}

function* printRows(context: DockerContext, images: readonly ImageSummary[], format: string): Steps<void> {
  const { flags } = context;
  const [isQuiet, showsDigest] = [flags.on('--quiet'), flags.on('--digests')];
  const template = templateOf(format, isQuiet, showsDigest);
  const naming = {
    isTruncated: !flags.on('--no-trunc'),
    needsDigest: showsDigest || template.includes('{{.Digest}}'),
    showsDigest,
    present: yield* now(),
  };
  const rows = images.flatMap((image) => imageRows(image, naming));
  yield* print(formatRows(template, imageKind, rows));
}

function templateOf(format: string, isQuiet: boolean, showsDigest: boolean): string {
  if (format === 'table') return isQuiet ? '{{.ID}}' : showsDigest ? digestFormat : tableFormat;
  if (format === 'raw') return isQuiet ? 'image_id: {{.ID}}' : showsDigest ? rawDigestFormat : rawFormat;
  const lacksDigest = format.startsWith('table') && showsDigest && !format.includes('{{.Digest}}');
  return lacksDigest ? `${format}\\t{{.Digest}}` : format;
}

/** @throws CommandFailure where `--tree` does not go with what else is asked for */
function wantsTree({ flags }: DockerContext): boolean {
  const others = [
    ['--quiet', flags.on('--quiet')],
    ['--no-trunc', flags.on('--no-trunc')],
    ['--show-digest', flags.on('--digests')],
    ['--format', flags.text('--format') !== ''],
  ] as const;
  const other = others.find(([, isOn]) => isOn);
  if (other && flags.on('--tree')) {
    throw new CommandFailure(`${other[0]} is not yet supported with --tree`);
  }
  return other === undefined;
}

function isDangling({ RepoTags }: ImageSummary): boolean {
  return RepoTags.length === 0;
}

/** What somebody may have meant who typed `docker images` and not `docker image`. */
const alsoCommands = 'build history import inspect list load ls prune pull push rm save tag'.split(' ');
