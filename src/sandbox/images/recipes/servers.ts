import { alpineStep, day, debianStep, megabytes, type Published, pathVariable, says } from './published.ts';

const releases: readonly (readonly [
  version: string,
  tags: readonly string[],
  created: string,
  debian: 12 | 13,
])[] = [
  // Old ones that documentation still shows.
  ['1.14.2', ['1.14.2', '1.14'], '2018-12-04', 12],
  ['1.16.1', ['1.16.1', '1.16'], '2019-08-13', 12],
  ['1.21.6', ['1.21.6', '1.21'], '2022-01-25', 12],
  ['1.23.4', ['1.23.4', '1.23'], '2023-03-28', 12],
  ['1.24.0', ['1.24.0', '1.24'], '2023-04-11', 12],
  ['1.25.5', ['1.25.5', '1.25'], '2024-04-16', 12],
  ['1.26.3', ['1.26.3', '1.26'], '2025-02-05', 12],
  ['1.27.5', ['1.27.5', '1.27'], '2025-04-16', 12],
  ['1.28.0', ['1.28.0', '1.28', 'stable'], '2025-04-23', 12],
  ['1.29.2', ['1.29.2', '1.29', '1', 'mainline', 'latest'], '2025-10-07', 13],
];

const alpines: Readonly<Record<string, string>> = {
  '1.27.5': '3.21.5',
  '1.28.0': '3.21.5',
  '1.29.2': '3.22.2',
};

function nginx(
  version: string,
  tags: readonly string[],
  created: string,
  base: 'alpine' | 12 | 13,
): Published {
  const isAlpine = base === 'alpine';
  return {
    repository: 'docker.io/library/nginx',
    tags: isAlpine ? tags.map((tag) => (tag === 'latest' ? 'alpine' : `${tag}-alpine`)) : tags,
    created: day(created),
    config: {
      entrypoint: ['/docker-entrypoint.sh'],
      cmd: ['nginx', '-g', 'daemon off;'],
      env: [pathVariable, `NGINX_VERSION=${version}`, 'PKG_RELEASE=1'],
      exposedPorts: ['80/tcp'],
      labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
      stopSignal: 'SIGQUIT',
    },
    steps: [
      isAlpine ? alpineStep(alpines[version] ?? '3.22.2') : debianStep(base),
      ...says(
        'LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>',
        `ENV NGINX_VERSION=${version}`,
      ),
      {
        line: isAlpine
          ? 'RUN /bin/sh -c apk add --no-cache nginx # buildkit'
          : 'RUN /bin/sh -c apt-get install nginx # buildkit',
        size: megabytes(isAlpine ? 44.4 : 117.6),
        files: `nginx ${isAlpine ? 'alpine' : 'debian'}`,
      },
      { line: 'COPY docker-entrypoint.sh / # buildkit', size: 1_620 },
      { line: 'COPY 10-listen-on-ipv6-by-default.sh /docker-entrypoint.d # buildkit', size: 2_125 },
      { line: 'COPY 20-envsubst-on-templates.sh /docker-entrypoint.d # buildkit', size: 3_018 },
      { line: 'COPY 30-tune-worker-processes.sh /docker-entrypoint.d # buildkit', size: 4_619 },
      ...says(
        'ENTRYPOINT ["/docker-entrypoint.sh"]',
        'EXPOSE map[80/tcp:{}]',
        'STOPSIGNAL SIGQUIT',
        'CMD ["nginx" "-g" "daemon off;"]',
      ),
    ],
  };
}

/** Web servers of Docker Hub. */
export const servers: readonly Published[] = [
  ...releases.flatMap(([version, tags, created, debian]) => [
    nginx(version, tags, created, debian),
    nginx(version, tags, created, 'alpine'),
  ]),
  {
    repository: 'docker.io/library/httpd',
    tags: ['2.4.65', '2.4', '2', 'latest'],
    created: day('2025-09-30'),
    config: {
      cmd: ['httpd-foreground'],
      env: [
        `PATH=/usr/local/apache2/bin:${pathVariable.slice('PATH='.length)}`,
        'HTTPD_PREFIX=/usr/local/apache2',
        'HTTPD_VERSION=2.4.65',
      ],
      workingDir: '/usr/local/apache2',
      exposedPorts: ['80/tcp'],
      stopSignal: 'SIGWINCH',
    },
    steps: [
      debianStep(13),
      ...says('ENV HTTPD_PREFIX=/usr/local/apache2'),
      { line: 'RUN /bin/sh -c make install # buildkit', size: megabytes(38.2), files: 'httpd' },
      ...says('STOPSIGNAL SIGWINCH'),
      { line: 'COPY httpd-foreground /usr/local/bin/ # buildkit', size: 138 },
      ...says('EXPOSE map[80/tcp:{}]', 'CMD ["httpd-foreground"]'),
    ],
  },
];
