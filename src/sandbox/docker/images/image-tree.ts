import { byText } from '../../go/go-order.ts';
import { humanSize } from '../../go/go-units.ts';
import { ellipsis, shortId } from '../format/go-text.ts';
import type { ImageSummary, ManifestSummary } from './image-rows.ts';

/** What is said of an image or of one of its platforms. */
interface Details {
  readonly id: string;
  readonly diskUsage: string;
  readonly contentSize: string;
  readonly isInUse: boolean;
}

interface TreeImage extends Details {
  readonly names: readonly string[];
  readonly platforms: readonly (Details & { readonly name: string })[];
}

interface TreeOptions {
  /** Whether each platform has a line. */
  readonly isExpanded: boolean;
  /** Whether a legend stands above it. */
  readonly isTerminal: boolean;
}

const spacing = '   ';
const untagged = '<untagged>';
/** How wide the columns behind the names are. */
const [idWidth, diskWidth, contentWidth, extraWidth] = [12, 10, 12, 5];
/** Columns of a terminal, where none says how wide it is. */
const terminalWidth = 80;

/**
 * The list of images as docker 29 shows it where NO_COLOR is set (cli/command/image/tree.go of docker/cli).
 */
export function imageTree(images: readonly ImageSummary[], { isExpanded, isTerminal }: TreeOptions): string {
  const shown = images
    .flatMap((image) => treeImages(image, isExpanded))
    .sort((one, other) => compareNames(one.names[0] ?? '', other.names[0] ?? ''));
  const width = Math.max('Image'.length, ...shown.flatMap(firstColumnWidths));
  const isSpaced = isExpanded && shown.some(({ platforms }) => platforms.length > 0);
  const blocks = shown.map((image) => {
    const names = image.names.length > 0 ? image.names : [untagged];
    const lines = names.map((name) => name.padEnd(width));
    const platforms = image.platforms.map((platform, place) => {
      const branch = place < image.platforms.length - 1 ? '├─ ' : '└─ ';
      return `${`${branch}${platform.name}`.padEnd(width)}${detailsOf(platform)}\n`;
    });
    return `${lines.join('\n')}${detailsOf(image)}\n${platforms.join('')}${isSpaced ? '\n' : ''}`;
  });
  const above = isTerminal ? `${legend.padStart(terminalWidth)}\n` : '';
  return `${above}${header(width)}\n${blocks.join('')}`;
}

const legend = ' Info ->  U In Use';

function header(width: number): string {
  return [
    'IMAGE'.padEnd(width),
    'ID'.padEnd(idWidth),
    'DISK USAGE'.padStart(diskWidth),
    'CONTENT SIZE'.padStart(contentWidth),
    'EXTRA'.padEnd(extraWidth),
  ].join(spacing);
}

function detailsOf({ id, diskUsage, contentSize, isInUse }: Details): string {
  return [
    '',
    ellipsis(shortId(id), idWidth).padEnd(idWidth),
    diskUsage.padStart(diskWidth),
    contentSize.padStart(contentWidth),
    (isInUse ? 'U' : '').padEnd(extraWidth),
  ].join(spacing);
}

/** A line for each tag, or one for all of them with the platforms below it. */
function treeImages(image: ImageSummary, isExpanded: boolean): readonly TreeImage[] {
  const { Manifests: manifests = [] } = image;
  const names = [...image.RepoTags].sort();
  const whole = manifests.reduce((sum, { Size }) => sum + Size.Content, 0);
  const platforms = manifests.filter(({ Kind }) => Kind === 'image');
  const details: Details = {
    id: image.Id,
    diskUsage: humanSize(image.Size, 3),
    contentSize: humanSize(whole, 3),
    isInUse: image.Containers > 0 || platforms.some(isUsed),
  };
  if (isExpanded) return [{ ...details, names, platforms: platforms.map(platformOf) }];
  const lines = names.length > 0 ? names.map((name) => [name]) : [[]];
  return lines.map((each) => ({ ...details, names: each, platforms: [] }));
}

function platformOf(manifest: ManifestSummary): TreeImage['platforms'][number] {
  const { os = '', architecture = '', variant } = manifest.ImageData?.Platform ?? {};
  return {
    name: [os, architecture, variant].filter(Boolean).join('/'),
    id: manifest.ID,
    diskUsage: humanSize(manifest.Size.Total, 3),
    contentSize: humanSize(manifest.Size.Content, 3),
    isInUse: isUsed(manifest),
  };
}

function isUsed({ ImageData }: ManifestSummary): boolean {
  return (ImageData?.Containers ?? []).length > 0;
}

/** The client counts bytes, of which the branch before a platform has seven. */
function firstColumnWidths({ names, platforms }: TreeImage): readonly number[] {
  const lines = names.length > 0 ? names : [untagged];
  return [...lines.map(({ length }) => length), ...platforms.map(({ name }) => name.length + 7)];
}

/** Images without a name come last. */
function compareNames(one: string, other: string): number {
  if ((one === '') !== (other === '')) return one === '' ? 1 : -1;
  return byText(one, other);
}
