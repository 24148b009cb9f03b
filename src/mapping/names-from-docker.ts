/** What a shell or xargs fills in with names of docker's: `$(docker ps -aq)`, the same in backticks, `"$@"`. */
const fromDocker =
  /^(?:\$\(\s*(?:sudo\s+)?(?:docker|podman|nerdctl)\s.*\)|`\s*(?:sudo\s+)?(?:docker|podman|nerdctl)\s.*`|\$@)$/s;

/** Words of a line, with what a cluster cannot be asked for left to be filled in. */
export interface ClusterNames {
  readonly words: string[];
  /** What to mind, where something is left open. */
  readonly caveats: readonly string[];
}

/**
 * Puts `NAME` in the place of names that docker would be asked for when the line runs: what it answers are
 * ids of containers, which are no names in a cluster.
 */
export function withClusterNames(words: readonly string[]): ClusterNames {
  const open = [...new Set(words.filter((word) => fromDocker.test(word)))];
  return {
    words: words.map((word) => (fromDocker.test(word) ? 'NAME' : word)),
    caveats: open.map(
      (word) =>
        `\`${word.replace(/^`(.*)`$/s, '$($1)')}\` stands for names of docker's, and a cluster has its own. Write those for NAME, as \`kubectl get\` lists them; logs, scale and delete take a label instead: \`-l app=web\`.`,
    ),
  };
}
