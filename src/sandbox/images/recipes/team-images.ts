import { alpineStep, day, megabytes, type Published, pathVariable, says } from './published.ts';

type Part = 'web' | 'api' | 'worker';

const versions = [
  ['1.4', '2026-03-02'],
  ['1.5', '2026-04-13'],
] as const;

const parts: readonly Part[] = ['web', 'api', 'worker'];

/** One of the services of the shop that the course's team builds. */
function shop(folder: string, part: Part, version: string, created: string): Published {
  const ports = part === 'worker' ? [] : ['8080/tcp'];
  return {
    repository: `registry.example.com/${folder}/${part}`,
    tags: version === '1.5' ? [version, 'latest'] : [version],
    created: day(created),
    config: {
      entrypoint: [`/app/${part}`],
      env: [pathVariable, `APP_VERSION=${version}`],
      workingDir: '/app',
      user: '10001:10001',
      ...(ports.length > 0 ? { exposedPorts: ports } : {}),
      labels: {
        'org.opencontainers.image.title': `shop-${part}`,
        'org.opencontainers.image.version': version,
      },
    },
    steps: [
      alpineStep('3.22.2'),
      ...says(`ENV APP_VERSION=${version}`, 'WORKDIR /app'),
      { line: `COPY . /app # buildkit`, size: megabytes(6.4), files: `shop ${part} ${version}` },
      ...says(
        'USER 10001:10001',
        ...ports.map((port) => `EXPOSE map[${port}:{}]`),
        `ENTRYPOINT ["/app/${part}"]`,
      ),
    ],
  };
}

/** What the course's team has in its own registry. What is in `private` needs a login. */
export const teamImages: readonly Published[] = versions.flatMap(([version, created]) => [
  ...parts.map((part) => shop('shop', part, version, created)),
  shop('private', 'web', version, created),
]);
