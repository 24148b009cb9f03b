import { day, megabytes, type Published, pathVariable, says } from './published.ts';

/** A version with its tags, the most exact one first. */
type Release = readonly [version: string, ...tags: string[]];

const mysqlReleases: readonly Release[] = [
  ['8.0.43', '8.0'],
  ['8.4.6', '8.4', '8', 'lts'],
  ['9.4.0', '9.4', '9', 'innovation', 'latest'],
];

const mariadbReleases: readonly Release[] = [
  ['11.8.3', '11.8', '11', 'lts'],
  ['12.0.2', '12.0', '12', 'latest'],
];

function mysql([version, ...others]: Release): Published {
  const major = version.split('.').slice(0, 2).join('.');
  const variables = [
    'GOSU_VERSION=1.17',
    `MYSQL_MAJOR=${major}`,
    `MYSQL_VERSION=${version}-1.el9`,
    `MYSQL_SHELL_VERSION=${version}-1.el9`,
  ];
  return {
    repository: 'docker.io/library/mysql',
    tags: [version, ...others],
    created: day('2025-07-22'),
    config: {
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mysqld'],
      env: [pathVariable, ...variables],
      exposedPorts: ['3306/tcp', '33060/tcp'],
      volumes: ['/var/lib/mysql'],
    },
    steps: [
      {
        line: 'ADD oraclelinux-9-slim-amd64-rootfs.tar.xz / # buildkit',
        size: megabytes(117),
        files: 'oraclelinux',
      },
      ...says('CMD ["/bin/bash"]'),
      { line: 'RUN /bin/sh -c groupadd --system --gid 999 mysql # buildkit', size: 2_400 },
      ...says('ENV GOSU_VERSION=1.17'),
      { line: 'RUN /bin/sh -c install gosu # buildkit', size: megabytes(2.3) },
      {
        line: 'RUN /bin/sh -c microdnf install -y bzip2 gzip openssl xz zstd findutils # buildkit',
        size: megabytes(18.7),
      },
      ...says(`ENV MYSQL_MAJOR=${major}`, `ENV MYSQL_VERSION=${version}-1.el9`),
      {
        line: 'RUN /bin/sh -c microdnf install -y "mysql-community-server-minimal-$MYSQL_VERSION" # buildkit',
        size: megabytes(version.startsWith('8.0') ? 255 : 282),
        files: `mysql ${version}`,
      },
      ...says(`ENV MYSQL_SHELL_VERSION=${version}-1.el9`),
      {
        line: 'RUN /bin/sh -c microdnf install -y "mysql-shell-$MYSQL_SHELL_VERSION" # buildkit',
        size: megabytes(387),
      },
      ...says('VOLUME [/var/lib/mysql]'),
      { line: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit', size: 14_100 },
      ...says(
        'ENTRYPOINT ["docker-entrypoint.sh"]',
        'EXPOSE map[3306/tcp:{} 33060/tcp:{}]',
        'CMD ["mysqld"]',
      ),
    ],
  };
}

function mariadb([version, ...others]: Release): Published {
  const full = `1:${version}+maria~ubu2404`;
  return {
    repository: 'docker.io/library/mariadb',
    tags: [version, ...others],
    created: day('2025-08-08'),
    config: {
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mariadbd'],
      env: [pathVariable, 'GOSU_VERSION=1.17', 'LANG=C.UTF-8', `MARIADB_VERSION=${full}`],
      exposedPorts: ['3306/tcp'],
      volumes: ['/var/lib/mysql'],
      labels: {
        'org.opencontainers.image.authors': 'MariaDB Community',
        'org.opencontainers.image.base.name': 'docker.io/library/ubuntu:noble',
        'org.opencontainers.image.description': 'MariaDB Database for relational SQL',
        'org.opencontainers.image.documentation': 'https://hub.docker.com/_/mariadb/',
        'org.opencontainers.image.licenses': 'GPL-2.0',
        'org.opencontainers.image.source': 'https://github.com/MariaDB/mariadb-docker',
        'org.opencontainers.image.title': 'MariaDB Database',
        'org.opencontainers.image.url': 'https://github.com/MariaDB/mariadb-docker',
        'org.opencontainers.image.vendor': 'MariaDB Community',
        'org.opencontainers.image.version': version,
      },
    },
    steps: [
      { line: 'ADD file:ubuntu.tar.gz in / ', size: megabytes(78.1), files: 'ubuntu 24.04' },
      ...says('CMD ["/bin/bash"]'),
      { line: 'RUN /bin/sh -c groupadd -r mysql && useradd -r -g mysql mysql # buildkit', size: 3_600 },
      ...says('ENV GOSU_VERSION=1.17'),
      {
        line: 'RUN /bin/sh -c apt-get install -y gosu tzdata xz-utils zstd # buildkit',
        size: megabytes(18.9),
      },
      { line: 'RUN /bin/sh -c mkdir /docker-entrypoint-initdb.d # buildkit', size: 0 },
      ...says('ENV LANG=C.UTF-8', `ENV MARIADB_VERSION=${full}`),
      {
        line: 'RUN /bin/sh -c apt-get install -y mariadb-server="$MARIADB_VERSION" mariadb-backup socat # buildkit',
        size: megabytes(230),
        files: `mariadb ${version}`,
      },
      ...says('VOLUME [/var/lib/mysql]'),
      { line: 'COPY healthcheck.sh /usr/local/bin/healthcheck.sh # buildkit', size: 11_900 },
      { line: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit', size: 26_400 },
      ...says('ENTRYPOINT ["docker-entrypoint.sh"]', 'EXPOSE map[3306/tcp:{}]', 'CMD ["mariadbd"]'),
    ],
  };
}

/** MySQL and MariaDB of Docker Hub. */
export const mysqlImages: readonly Published[] = [
  ...mysqlReleases.map(mysql),
  ...mariadbReleases.map(mariadb),
];
