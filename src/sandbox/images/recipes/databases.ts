import { alpineStep, day, debianStep, megabytes, type Published, pathVariable, says } from './published.ts';

function redis(version: string, tags: readonly string[], base: 'alpine' | 12): Published {
  return {
    repository: 'docker.io/library/redis',
    tags: base === 'alpine' ? tags.map((tag) => (tag === 'latest' ? 'alpine' : `${tag}-alpine`)) : tags,
    created: day('2025-10-03'),
    config: {
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['redis-server'],
      env: [pathVariable, `REDIS_VERSION=${version}`],
      exposedPorts: ['6379/tcp'],
      volumes: ['/data'],
      workingDir: '/data',
    },
    steps: [
      base === 'alpine' ? alpineStep('3.21.5') : debianStep(base),
      { line: 'RUN /bin/sh -c useradd --system redis # buildkit', size: 4_200 },
      ...says(`ENV REDIS_VERSION=${version}`),
      {
        line: 'RUN /bin/sh -c make -C /usr/src/redis install # buildkit',
        size: megabytes(base === 'alpine' ? 33.1 : 41.9),
        files: `redis ${base === 'alpine' ? 'alpine' : 'debian'}`,
      },
      ...says('VOLUME [/data]', 'WORKDIR /data'),
      { line: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit', size: 661 },
      ...says('ENTRYPOINT ["docker-entrypoint.sh"]', 'EXPOSE map[6379/tcp:{}]', 'CMD ["redis-server"]'),
    ],
  };
}

function postgres(version: string, tags: readonly string[], base: 'alpine' | 13): Published {
  const major = version.split('.')[0] ?? '';
  const path = pathVariable.slice('PATH='.length);
  return {
    repository: 'docker.io/library/postgres',
    tags: base === 'alpine' ? tags.map((tag) => (tag === 'latest' ? 'alpine' : `${tag}-alpine`)) : tags,
    created: day('2025-09-30'),
    config: {
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['postgres'],
      env: [
        base === 'alpine' ? pathVariable : `PATH=${path}:/usr/lib/postgresql/${major}/bin`,
        'LANG=en_US.utf8',
        `PG_MAJOR=${major}`,
        `PG_VERSION=${version}`,
        'PGDATA=/var/lib/postgresql/data',
      ],
      exposedPorts: ['5432/tcp'],
      volumes: ['/var/lib/postgresql/data'],
      stopSignal: 'SIGINT',
    },
    steps: [
      base === 'alpine' ? alpineStep('3.22.2') : debianStep(base),
      ...says(`ENV PG_MAJOR=${major}`),
      {
        line: 'RUN /bin/sh -c install-postgresql # buildkit',
        size: megabytes(base === 'alpine' ? 268 : 353),
        files: `postgres ${base === 'alpine' ? 'alpine' : 'debian'} ${major}`,
      },
      ...says('ENV PGDATA=/var/lib/postgresql/data', 'VOLUME [/var/lib/postgresql/data]'),
      { line: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit', size: 14_400 },
      ...says(
        'ENTRYPOINT ["docker-entrypoint.sh"]',
        'STOPSIGNAL SIGINT',
        'EXPOSE map[5432/tcp:{}]',
        'CMD ["postgres"]',
      ),
    ],
  };
}

const redisReleases = [
  ['6.2.20', ['6.2.20', '6.2', '6']],
  ['7.2.11', ['7.2.11', '7.2']],
  ['7.4.6', ['7.4.6', '7.4', '7']],
  ['8.2.2', ['8.2.2', '8.2', '8', 'latest']],
] as const;

const postgresReleases = [
  ['14.19', ['14.19', '14']],
  ['15.14', ['15.14', '15']],
  ['16.10', ['16.10', '16']],
  ['17.6', ['17.6', '17', 'latest']],
] as const;

/** Databases of Docker Hub. */
export const databases: readonly Published[] = [
  ...redisReleases.flatMap(([version, tags]) => [redis(version, tags, 12), redis(version, tags, 'alpine')]),
  ...postgresReleases.flatMap(([version, tags]) => [
    postgres(version, tags, 13),
    postgres(version, tags, 'alpine'),
  ]),
];
