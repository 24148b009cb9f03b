import { now, print, type Steps } from '../../../effects.ts';
import { escapeHtml } from '../../../go/go-json.ts';
import { byText } from '../../../go/go-order.ts';
import { humanDuration, humanSize } from '../../../go/go-units.ts';
import type { DockerContext } from '../../context.ts';
import { encoded } from '../../engine-client.ts';
import { shortId } from '../../format/go-text.ts';
import { familiarName } from '../../pull-image.ts';
import { type Listed, labels, listContainers, nameOf, serviceOf } from '../containers.ts';
import { nameOfProject } from '../project/load-project.ts';
import { inspected } from '../reconcile/observed.ts';
import { demandTable, prettyTable } from './pretty-table.ts';

interface InspectedImage {
  readonly Id: string;
  readonly Architecture?: string;
  readonly Os?: string;
  readonly Variant?: string;
  readonly Size?: number;
  readonly Created?: string;
  readonly Metadata?: { readonly LastTagTime?: string };
}

interface ShownImage {
  readonly container: string;
  readonly repository: string;
  readonly tag: string;
  readonly image: InspectedImage;
}

/** `docker compose images` (cmd/compose/images.go). */
export function* runImages(context: DockerContext): Steps<number> {
  const { flags, args: services } = context;
  const name = (yield* nameOfProject(context)).toLowerCase();
  const found = yield* listContainers({ label: [`${labels.project}=${name}`] }, true);
  const chosen = found.filter((each) => services.length === 0 || services.includes(serviceOf(each)));
  const shown: ShownImage[] = [];
  for (const container of chosen) shown.push(yield* imageOfContainer(container));
  shown.sort((one, other) => byText(one.container, other.container));
  if (flags.on('--quiet')) {
    const ids = new Set(shown.map(({ image }) => image.Id.replace(/^.*?:/, '')));
    yield* print([...ids].map((id) => `${id}\n`).join(''));
  } else if (flags.text('--format') === 'json') {
    yield* print(`${escapeHtml(JSON.stringify(shown.map(asJson)))}\n\n`);
  } else {
    demandTable(flags.text('--format'));
    const present = yield* now();
    const heads = ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'];
    yield* print(prettyTable([heads, ...shown.map((each) => cells(each, present))]));
  }
  return 0;
}

/** What there is of the image; the container's own word where it is gone. */
function* imageOfContainer(container: Listed): Steps<ShownImage> {
  const isId = /^sha256:/.test(container.Image);
  const [, repository = '', tag = ''] = isId
    ? []
    : (/^(.*?)(?::([^:/@]+))?(?:@.*)?$/.exec(familiarName(container.Image)) ?? []);
  const image = yield* inspected<InspectedImage>(`/images/${encoded(container.Image)}/json`);
  return { container: nameOf(container), repository, tag, image: image ?? { Id: container.ImageID } };
}

function platformOf({ Os, Architecture, Variant }: InspectedImage): string {
  return Os === undefined ? 'unknown' : [Os, Architecture, Variant].filter(Boolean).join('/');
}

function cells({ container, repository, tag, image }: ShownImage, present: number): readonly string[] {
  return [
    container,
    repository || '<none>',
    tag || '<none>',
    platformOf(image),
    shortId(image.Id),
    humanSize(image.Size ?? 0, 3),
    image.Created ? `${humanDuration(present - Date.parse(image.Created))} ago` : 'N/A',
  ];
}

function asJson({ container, repository, tag, image }: ShownImage): object {
  return {
    ID: image.Id,
    ContainerName: container,
    Repository: repository,
    Tag: tag,
    Platform: platformOf(image),
    Size: image.Size ?? 0,
    Created: image.Created,
    LastTagTime: image.Metadata?.LastTagTime,
  };
}
