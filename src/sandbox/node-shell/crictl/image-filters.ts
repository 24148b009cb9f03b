import type { HostImage } from '../../runtime/container-runtime.ts';
import { CrictlFailure } from './output.ts';

/**
 * The filters of `crictl images` (cri-tools, cmd/crictl/image.go).
 *
 * @param images in the order in which they are listed
 * @throws CrictlFailure for one that crictl does not know, or whose expression is none
 */
export function filteredImages(
  images: readonly HostImage[],
  filters: readonly string[],
): readonly HostImage[] {
  let found = images;
  for (const filter of filters) {
    const { kind, value = '' } =
      /^(?<kind>before|dangling|reference|since)=(?<value>.*)$/.exec(filter)?.groups ?? {};
    if (kind === 'dangling') {
      found = found.filter(({ tags }) => value === `${tags.length === 0}`);
    } else if (kind === 'reference') {
      const pattern = patternOf(value);
      found = found.filter((each) => pattern.test(nameOfImage(each)));
    } else if (kind === 'since') found = upTo(found, value);
    else if (kind === 'before') found = upTo([...found].reverse(), value).toReversed();
    else throw new CrictlFailure(`listing images: filter images: unknown filter flag: ${filter}`);
  }
  return found;
}

/** The repository of an image: what a `reference` is held against, without a tag. */
export function nameOfImage({ digests }: HostImage): string {
  return digests[0]?.replace(/@.*$/, '') ?? '<none>';
}

/** The images up to the one that is named: all where there is none of that name. */
function upTo(images: readonly HostImage[], named: string): readonly HostImage[] {
  const isDigest = named.includes('@');
  const isName = named.includes(':') && !isDigest;
  const place = images.findIndex(({ image, tags, digests }) => {
    if (isDigest) return digests[0]?.startsWith(named);
    return isName ? tags[0] === named : image.id.startsWith(named);
  });
  return place < 0 ? images : images.slice(0, place);
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const why = `${error}`.includes('Unterminated group')
      ? 'missing closing )'
      : 'invalid or unsupported Perl syntax';
    throw new CrictlFailure(`listing images: filter images: error parsing regexp: ${why}: \`${text}\``);
  }
}
