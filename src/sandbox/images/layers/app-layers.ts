import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { alpineUsers } from './alpine-layer.ts';
import { debianUsers, gnuTools } from './debian-layer.ts';
import { file, folder, link, program } from './file-nodes.ts';

/** What the image httpd has over Debian. */
export function httpdLayer(): LayerFiles {
  return {
    '/usr/local/apache2/bin/httpd': program('httpd', 800_000),
    '/usr/local/apache2/conf/httpd.conf': file(
      'ServerRoot "/usr/local/apache2"\nListen 80\nServerAdmin you@example.com\nDocumentRoot "/usr/local/apache2/htdocs"\n',
    ),
    '/usr/local/apache2/htdocs/index.html': file('<html><body><h1>It works!</h1></body></html>\n'),
    '/usr/local/apache2/logs': folder(),
    '/usr/local/bin/httpd-foreground': program('httpd', 138),
  };
}

/** What the image redis has over Debian or Alpine. */
export function redisLayer(base: 'debian' | 'alpine'): LayerFiles {
  const line = 'redis:x:999:999::/home/redis:/bin/sh';
  return {
    ...(base === 'debian' ? debianUsers(line) : alpineUsers(line.replace('999:999', '999:1000'))),
    '/data': folder(0o755, base === 'debian' ? '999:999' : '999:1000'),
    '/usr/local/bin/docker-entrypoint.sh': program('exec-arguments', 600),
    '/usr/local/bin/redis-benchmark': program('redis-benchmark', 7_000_000),
    '/usr/local/bin/redis-cli': program('redis-cli', 7_500_000),
    '/usr/local/bin/redis-server': program('redis-server', 17_000_000),
  };
}

/** What the image postgres has over Debian or Alpine. @param major such as `16` */
export function postgresLayer(base: 'debian' | 'alpine', major: string): LayerFiles {
  const bin = base === 'debian' ? `/usr/lib/postgresql/${major}/bin` : '/usr/local/bin';
  const line =
    base === 'debian'
      ? 'postgres:x:999:999::/var/lib/postgresql:/bin/bash'
      : 'postgres:x:70:70:PostgreSQL user:/var/lib/postgresql:/bin/sh';
  const owner = base === 'debian' ? '999:999' : '70:70';
  return {
    ...(base === 'debian' ? debianUsers(line) : alpineUsers(line)),
    ...Object.fromEntries(
      ['createdb', 'createuser', 'dropdb', 'pg_ctl', 'pg_dump', 'pg_isready', 'postgres', 'psql'].map(
        (name) => [`${bin}/${name}`, program(name, 700_000)],
      ),
    ),
    ...(base === 'debian'
      ? { '/usr/bin/psql': link(`${bin}/psql`), '/usr/bin/pg_isready': link(`${bin}/pg_isready`) }
      : {}),
    '/docker-entrypoint-initdb.d': folder(),
    '/usr/local/bin/docker-entrypoint.sh': program('postgres-entrypoint', 14_000),
    '/var/lib/postgresql/data': folder(0o1777, owner),
    '/var/run/postgresql': folder(0o3777, owner),
  };
}

/** What the image node has over Debian or Alpine. @param version such as `22.20.0` */
export function nodeLayer(base: 'debian' | 'slim' | 'alpine'): LayerFiles {
  const line = 'node:x:1000:1000::/home/node:/bin/bash';
  const full =
    base === 'debian' ? { '/usr/bin/curl': program('curl', 290_000), ...procps, ...gnuTools(['wget']) } : {};
  return {
    ...(base === 'alpine' ? alpineUsers(line) : debianUsers(line)),
    ...full,
    '/home/node': folder(0o755, '1000:1000'),
    '/usr/local/bin/docker-entrypoint.sh': program('exec-arguments', 388),
    '/usr/local/bin/node': program('node', 120_000_000),
    '/usr/local/bin/nodejs': link('/usr/local/bin/node'),
    '/usr/local/bin/npm': program('npm', 60_000),
    '/usr/local/bin/npx': program('npm', 60_000),
    '/usr/local/bin/yarn': program('npm', 60_000),
  };
}

/** What the image python has over Debian or Alpine. */
export function pythonLayer(base: 'debian' | 'slim' | 'alpine'): LayerFiles {
  const full =
    base === 'debian' ? { '/usr/bin/curl': program('curl', 290_000), ...procps, ...gnuTools(['wget']) } : {};
  return {
    ...full,
    '/usr/local/bin/pip': program('pip', 200),
    '/usr/local/bin/python': link('python3'),
    '/usr/local/bin/python3': program('python3', 14_000),
  };
}

/** ps and what comes with it, which the larger images have. */
const procps = gnuTools(['ps', 'top', 'free', 'uptime', 'kill', 'pidof', 'watch']);

/** The program of the image hello-world: the only file it has. */
export function helloWorldLayer(): LayerFiles {
  return { '/hello': program('hello-world', 9_500) };
}

/** The program of the image pause: the only file it has. */
export function pauseLayer(): LayerFiles {
  return { '/pause': program('pause', 740_000) };
}

/** The web shop that this course's team builds, over Alpine. */
export function shopLayer(part: 'web' | 'api' | 'worker', version: string): LayerFiles {
  return {
    ...alpineUsers('app:x:10001:10001::/app:/sbin/nologin'),
    [`/app/${part}`]: program(`shop-${part}`, 6_400_000),
    '/app/VERSION': file(`${version}\n`),
    ...(part === 'web' ? { '/app/public/index.html': file(shopPage(version)) } : {}),
  };
}

function shopPage(version: string): string {
  return `<!DOCTYPE html>
<html>
<head><title>Shop</title></head>
<body>
<h1>Shop</h1>
<p>Version ${version}</p>
</body>
</html>
`;
}

/** The program of one of the images that documentation uses. */
export function sampleLayer(name: string): LayerFiles {
  const paths: Readonly<Record<string, string>> = {
    agnhost: '/agnhost',
    bootcamp: '/bin/server',
    'hpa-example': '/usr/local/bin/apache2-foreground',
  };
  // `/bin` is a link in Debian.
  const path = (paths[name] ?? `/${name}`).replace(/^\/bin\//, '/usr/bin/');
  return { [path]: program(name, 40_000_000), '/usr/bin/curl': program('curl', 290_000) };
}

/** The program of an image that has nothing else, as Google's distroless have it: no shell, no tools. */
export function demoLayer(name: string): LayerFiles {
  return {
    '/etc/group': file('root:x:0:\nnonroot:x:65532:\n'),
    '/etc/passwd': file(
      'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
    ),
    [`/${name}`]: program(`demo ${name}`, 6_500_000),
    '/tmp': folder(0o1777),
  };
}
