import { libraryImage, libraryRepositories, libraryTags } from '../../images/library.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Filters } from '../engine/filters.ts';

/** A repository of Docker Hub that fits what was searched for. */
interface Found {
  readonly star_count: number;
  readonly is_official: boolean;
  readonly name: string;
  readonly is_automated: boolean;
  readonly description: string;
}

const most = 100;

/**
 * Searches Docker Hub: what the library of images has of it, the official ones first. Nobody counts their stars.
 *
 * @throws EngineError for a limit or a filter that makes no sense
 */
export function searchImages(term: string, limit: number, filters: Filters): readonly Found[] {
  if (limit < 0 || limit > most) {
    throw new EngineError(400, `limit ${limit} is outside the range of [1, ${most}]`);
  }
  const isOfficial = filters.flag('is-official');
  const isAutomated = filters.flag('is-automated');
  const stars = filters.get('stars').map((text) => {
    if (/^\d+$/.test(text)) return Number(text);
    const why = `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
    throw new EngineError(400, `invalid filter 'stars=[${text}]': ${why}`);
  });
  const wanted = term.replace(/^(docker\.io\/)?(library\/)?/, '').toLowerCase();
  return libraryRepositories()
    .filter((full) => full.startsWith('docker.io/'))
    .map((full) => foundOf(full))
    .filter(
      ({ name, is_official, star_count }) =>
        name.includes(wanted) &&
        (isOfficial === undefined || is_official === isOfficial) &&
        isAutomated !== true &&
        stars.every((least) => star_count >= least),
    )
    .sort((one, other) => rank(one, wanted) - rank(other, wanted) || (one.name < other.name ? -1 : 1))
    .slice(0, limit || 25);
}

function rank({ name, is_official }: Found, wanted: string): number {
  return (is_official ? 0 : 2) + (name === wanted ? 0 : 1);
}

function foundOf(full: string): Found {
  const name = full.replace(/^docker\.io\/(library\/)?/, '');
  const [tag = ''] = libraryTags(full);
  const isOfficial = full.startsWith('docker.io/library/');
  const title = libraryImage(full, tag)?.config.labels?.['org.opencontainers.image.title'];
  return {
    star_count: 0,
    is_official: isOfficial,
    name,
    is_automated: false,
    description: title ?? `${isOfficial ? 'Official image' : 'Image'} of ${name}, as far as it is simulated`,
  };
}
