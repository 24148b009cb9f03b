import { alpineStep, day, debianStep, megabytes, type Published, pathVariable, says } from './published.ts';

type Base = 'debian' | 'slim' | 'alpine';

const bases: readonly Base[] = ['debian', 'slim', 'alpine'];

function tagsFor(base: Base, versions: readonly string[]): readonly string[] {
  return versions.map((tag) => (base === 'debian' ? tag : tag === 'latest' ? base : `${tag}-${base}`));
}

/** A version with its tags, the most exact one first. */
type Release = readonly [version: string, ...tags: string[]];

const nodeReleases: readonly Release[] = [
  ['20.19.5', '20.19', '20'],
  ['22.20.0', '22.20', '22', 'lts'],
  ['24.9.0', '24.9', '24', 'latest'],
];

const pythonReleases: readonly Release[] = [
  ['3.11.13', '3.11'],
  ['3.12.11', '3.12'],
  ['3.13.7', '3.13', '3', 'latest'],
];

function node([version, ...others]: Release, base: Base): Published {
  return {
    repository: 'docker.io/library/node',
    tags: tagsFor(base, [version, ...others]),
    created: day('2025-10-01'),
    config: {
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['node'],
      env: [pathVariable, `NODE_VERSION=${version}`, 'YARN_VERSION=1.22.22'],
    },
    steps: [
      base === 'alpine' ? alpineStep('3.22.2') : debianStep(12),
      ...(base === 'debian'
        ? [{ line: 'RUN /bin/sh -c apt-get install build tools # buildkit', size: megabytes(765) }]
        : []),
      ...says(`ENV NODE_VERSION=${version}`),
      { line: 'RUN /bin/sh -c install-node # buildkit', size: megabytes(150.4), files: `node ${base}` },
      { line: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit', size: 388 },
      ...says('ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["node"]'),
    ],
  };
}

function python([version, ...others]: Release, base: Base): Published {
  return {
    repository: 'docker.io/library/python',
    tags: tagsFor(base, [version, ...others]),
    created: day('2025-08-14'),
    config: {
      cmd: ['python3'],
      env: [pathVariable.replace('=', '=/usr/local/bin:'), `PYTHON_VERSION=${version}`],
    },
    steps: [
      base === 'alpine' ? alpineStep('3.22.2') : debianStep(13),
      ...(base === 'debian'
        ? [{ line: 'RUN /bin/sh -c apt-get install build tools # buildkit', size: megabytes(830) }]
        : []),
      ...says(`ENV PYTHON_VERSION=${version}`),
      { line: 'RUN /bin/sh -c make install # buildkit', size: megabytes(38.7), files: `python ${base}` },
      ...says('CMD ["python3"]'),
    ],
  };
}

/** Images in which programs of a language run. */
export const languages: readonly Published[] = bases.flatMap((base) => [
  ...nodeReleases.map((release) => node(release, base)),
  ...pythonReleases.map((release) => python(release, base)),
]);
