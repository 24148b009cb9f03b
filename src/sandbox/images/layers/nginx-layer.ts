import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { alpineUsers } from './alpine-layer.ts';
import { debianUsers } from './debian-layer.ts';
import { file, folder, link, program } from './file-nodes.ts';

/** The page that nginx serves as long as nobody puts another there. */
const nginxPage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const errorPage = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

const mainConfig = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

/** The server that nginx comes with. */
const nginxServer = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

/** The names of the scripts that the image runs before the server, in their order. */
const nginxScripts = [
  '10-listen-on-ipv6-by-default.sh',
  '15-local-resolvers.envsh',
  '20-envsubst-on-templates.sh',
  '30-tune-worker-processes.sh',
] as const;

/** What the image nginx has over Debian or Alpine. The sandbox knows what its scripts do without their text. */
export function nginxLayer(base: 'debian' | 'alpine'): LayerFiles {
  const users =
    base === 'debian'
      ? debianUsers('nginx:x:101:101:nginx user:/nonexistent:/bin/false')
      : alpineUsers('nginx:x:101:101:nginx:/var/cache/nginx:/sbin/nologin');
  const curl = program('curl', 290_000);
  return {
    ...users,
    '/docker-entrypoint.d': folder(),
    ...Object.fromEntries(
      nginxScripts.map((name) => [
        `/docker-entrypoint.d/${name}`,
        file('#!/bin/sh\n# (built into the sandbox)\n', 0o755),
      ]),
    ),
    '/docker-entrypoint.sh': program('nginx-entrypoint', 1_620),
    '/etc/nginx/conf.d/default.conf': file(nginxServer),
    '/etc/nginx/mime.types': file(
      '\ntypes {\n    text/html                             html htm shtml;\n}\n',
    ),
    '/etc/nginx/modules': link('/usr/lib/nginx/modules'),
    '/etc/nginx/nginx.conf': file(mainConfig),
    '/usr/bin/curl': curl,
    '/usr/lib/nginx/modules': folder(),
    '/usr/sbin/nginx': program('nginx', 1_600_000),
    '/usr/share/nginx/html/50x.html': file(errorPage),
    '/usr/share/nginx/html/index.html': file(nginxPage),
    '/var/cache/nginx': folder(),
    '/var/log/nginx/access.log': link('/dev/stdout'),
    '/var/log/nginx/error.log': link('/dev/stderr'),
  };
}
