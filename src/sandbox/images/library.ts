import type { Image } from '../runtime/container-runtime.ts';
import { buildImage } from './build-image.ts';
import { databases } from './recipes/databases.ts';
import { languages } from './recipes/languages.ts';
import { mysqlImages } from './recipes/mysql.ts';
import type { Published } from './recipes/published.ts';
import { samples } from './recipes/samples.ts';
import { servers } from './recipes/servers.ts';
import { smallImages } from './recipes/small-images.ts';
import { systemImages } from './recipes/system-images.ts';
import { teamImages } from './recipes/team-images.ts';

const published: readonly Published[] = [
  ...servers,
  ...databases,
  ...mysqlImages,
  ...languages,
  ...smallImages,
  ...samples,
  ...systemImages,
  ...teamImages,
];

/** Recipes by repository and tag. */
const byRepository = new Map<string, Map<string, Published>>();
for (const each of published) {
  const tags = byRepository.get(each.repository) ?? new Map<string, Published>();
  for (const tag of each.tags) tags.set(tag, each);
  byRepository.set(each.repository, tags);
}

const built = new Map<Published, Image>();

/**
 * The image that the registries of the library have under a tag.
 *
 * @param repository such as `docker.io/library/nginx`
 */
export function libraryImage(repository: string, tag: string): Image | undefined {
  const recipe = byRepository.get(repository)?.get(tag);
  return recipe && imageOf(recipe);
}

/** The image that a repository of the library has with a digest. */
export function libraryDigest(repository: string, digest: string): Image | undefined {
  const recipes = new Set(byRepository.get(repository)?.values());
  return [...recipes].map(imageOf).find((image) => image.digest === digest);
}

/** The tags of a repository of the library; none when it has no such repository. */
export function libraryTags(repository: string): readonly string[] {
  return [...(byRepository.get(repository)?.keys() ?? [])];
}

/** All repositories of the library. */
export function libraryRepositories(): readonly string[] {
  return [...byRepository.keys()].sort();
}

function imageOf(recipe: Published): Image {
  const known = built.get(recipe);
  if (known) return known;
  const image = buildImage({ ...recipe, name: `${recipe.repository}:${recipe.tags[0]}` });
  built.set(recipe, image);
  return image;
}
