import type { Scenario } from '../scenario.ts';

/** What builds leave behind, and how it is taken away. */
export const buildCache: Scenario = {
  name: 'build cache',
  setup: [
    'mkdir app',
    "printf 'hello\\n' > app/hello.txt",
    "printf 'FROM busybox:1.36\\nCOPY hello.txt /\\nRUN echo a > /a\\n' > app/Dockerfile",
  ],
  lines: [
    'docker buildx du',
    'docker buildx version',
    'docker buildx ls',
    'docker buildx ls --format "{{.Name}} {{.DriverEndpoint}} {{.Status}} {{.Buildkit}} {{.Platforms}}"',
    'docker buildx inspect nothing',
    'docker builder prune -f',
    'docker build -q -t app app',
    'docker buildx du',
    'docker buildx du --verbose',
    "docker buildx du --format '{{.Type}} {{.Shared}} {{.Reclaimable}} {{.Size}}'",
    'docker buildx du --filter type=regular',
    'docker builder prune -f --filter until=24h',
    'docker builder prune < /dev/null',
    'docker builder prune -a < /dev/null',
    'echo n | docker builder prune',
    'docker builder prune -f | grep -c true',
    'docker buildx du',
    'docker build -q -t app app',
    'docker rmi app',
    'docker builder prune -af | grep -c true',
    'docker buildx du',
    'docker build --progress=plain -t app app',
    'docker buildx prune -af | grep -c true',
    'docker buildx prune --filter nothing=1 -f',
  ],
};
