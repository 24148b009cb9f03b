import { libraryRepositories, libraryTags } from '../../images/library.ts';

/** What a cluster is made of; nobody runs these by hand. */
const ofClusters =
  /^(registry\.k8s\.io\/(coredns|etcd|kube-|metrics-server|pause)|docker\.io\/(kindest|rancher)\/)/;

/** So many tags of a repository are named. */
const mostTags = 5;

/** What can be pulled in the sandbox, a repository a line. */
export function imagesText(): string {
  const rows = libraryRepositories()
    .filter((name) => !ofClusters.test(name))
    .map((name) => [shortName(name), shownTags(libraryTags(name))] as const);
  const widest = Math.max(...rows.map(([name]) => name.length).filter((length) => length <= 20));
  const lines = rows.map(([name, tags]) =>
    name.length > widest
      ? `  ${name}\n  ${' '.repeat(widest)}  ${tags}`
      : `  ${name.padEnd(widest)}  ${tags}`,
  );
  return `${[
    'The registries of the sandbox have these images, most in',
    'more tags (-alpine, -slim), and what you push yourself. Of',
    'all others they say that there is no such repository.',
    '',
    ...lines,
  ].join('\n')}\n`;
}

/** As one types it: `nginx`, `hashicorp/http-echo`, `registry.k8s.io/pause`. */
export function shortName(repository: string): string {
  return repository.replace(/^docker\.io\/(library\/)?/, '');
}

/** The versions one would name, `latest` behind them; of a repository that has none, its tags. */
export function shownTags(tags: readonly string[]): string {
  const plain = tags.filter((tag) => /^v?\d+(\.\d+)?$/.test(tag)).sort(byVersion);
  const partsOf = (tag: string): number => plain.filter((each) => each.startsWith(`${tag}.`)).length;
  // `22` says as much as `22.20` where there is no other 22, and `1` says nothing where there are 1.27 and 1.28.
  const shown = plain.filter(
    (tag) => partsOf(tag) < 2 && !plain.some((each) => tag.startsWith(`${each}.`) && partsOf(each) === 1),
  );
  if (shown.length === 0) return tags.slice(-mostTags).join(' ');
  return [...shown.slice(-mostTags), ...(tags.includes('latest') ? ['latest'] : [])].join(' ');
}

function byVersion(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
