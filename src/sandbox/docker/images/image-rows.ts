import { parseImage } from '../../../docker/images.ts';
import { DockerRefusal } from '../../../docker/refusal.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import { throwUnless } from '../../thrown.ts';
import type { Row, RowKind } from '../format/format-rows.ts';
import { goTime, shortId } from '../format/go-text.ts';

/** An image in an answer of `GET /images/json`. */
export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Size: number;
  readonly SharedSize: number;
  readonly Containers: number;
  readonly Manifests?: readonly ManifestSummary[];
}

/** A manifest in an image, where `manifests=1` asked for them. */
export interface ManifestSummary {
  readonly ID: string;
  readonly Available: boolean;
  readonly Kind: string;
  readonly Size: { readonly Content: number; readonly Total: number };
  /** Of an image, and not of an attestation. */
  readonly ImageData?: {
    readonly Platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
    readonly Containers: readonly string[] | null;
  };
}

/** What lists of images have columns for. */
export const imageKind: RowKind = {
  type: '*formatter.imageContext',
  headers: {
    ID: 'IMAGE ID',
    Repository: 'REPOSITORY',
    Tag: 'TAG',
    Digest: 'DIGEST',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    Size: 'SIZE',
    Containers: 'CONTAINERS',
    SharedSize: 'SHARED SIZE',
    UniqueSize: 'UNIQUE SIZE',
  },
};

/** How images are named in a list. */
export interface ImageNaming {
  readonly isTruncated: boolean;
  /** Whether a row is told apart by its digest. */
  readonly needsDigest: boolean;
  /** Whether an image without a tag has a row for each digest. */
  readonly showsDigest: boolean;
  /** Milliseconds since 1970. */
  readonly present: number;
}

const none = '<none>';

/** An image as templates see it, once for each of its tags (cli/command/formatter/image.go of docker/cli). */
export function imageRows(image: ImageSummary, naming: ImageNaming): readonly Row[] {
  const digests = byRepository(image.RepoDigests, ({ digest }) => digest);
  const names = byRepository(image.RepoTags, ({ tag }) => tag);
  if (isNameless(image)) return [imageRow(image, { repository: none, tag: none, digest: none }, naming)];
  const tagged = [...names].flatMap(([repository, each]) => {
    const shown = naming.needsDigest ? (digests.get(repository) ?? []) : [];
    return each.flatMap((tag) =>
      (shown.length > 0 ? shown : [none]).map((digest) => ({ repository, tag, digest })),
    );
  });
  const others = [...digests]
    .filter(([repository]) => !names.has(repository))
    .flatMap(([repository, each]) =>
      (naming.showsDigest ? each : ['']).map((digest) => ({ repository, tag: none, digest })),
    );
  return [...tagged, ...others].map((name) => imageRow(image, name, naming));
}

/** Whether it has no name, so that only its id tells it. */
function isNameless({ RepoTags, RepoDigests }: ImageSummary): boolean {
  return RepoTags.length === 0 && RepoDigests.length === 0;
}

/** One row of a list. */
export function imageRow(
  image: ImageSummary,
  name: { readonly repository: string; readonly tag: string; readonly digest: string },
  { isTruncated, present }: Pick<ImageNaming, 'isTruncated' | 'present'>,
): Row {
  const { Containers, SharedSize, Size } = image;
  return {
    fields: {
      ID: isTruncated ? shortId(image.Id) : image.Id,
      Repository: name.repository,
      Tag: name.tag,
      Digest: name.digest,
      CreatedSince: `${humanDuration(present - image.Created * 1000)} ago`,
      CreatedAt: goTime(image.Created),
      Size: humanSize(Size, 3),
      Containers: Containers === -1 ? 'N/A' : String(Containers),
      SharedSize: SharedSize === -1 ? 'N/A' : humanSize(SharedSize),
      UniqueSize: SharedSize === -1 || Size === -1 ? 'N/A' : humanSize(Size - SharedSize),
    },
  };
}

/** The repository and the tag of a name, as people write them; `<none>` both where it is none. */
export function namedParts(name: string): { readonly repository: string; readonly tag: string } {
  const { repository, tag } = partsOf(name) ?? { repository: none, tag: none };
  return { repository, tag };
}

interface NameParts {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

function partsOf(name: string): NameParts | undefined {
  try {
    const { registry, repository, tag, digest } = parseImage(name);
    const isHub = registry === 'docker.io';
    return {
      repository: isHub ? repository.replace(/^library\//, '') : `${registry}/${repository}`,
      tag,
      digest,
    };
  } catch (error) {
    throwUnless(error, DockerRefusal);
    return undefined;
  }
}

function byRepository(
  names: readonly string[],
  part: (parts: NameParts) => string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const parts = partsOf(name);
    if (!parts || part(parts) === '') continue;
    const known = found.get(parts.repository) ?? [];
    found.set(parts.repository, known);
    known.push(part(parts));
  }
  return found;
}
