import { describe, expect, it } from 'vitest';
import { isOnTheNode, judgeHostPath, plainPath } from '../../../src/mapping/workload/judge-host-path.ts';

describe('judgeHostPath', () => {
  it.each([
    ['/var/run/docker.sock', '/var/run/docker.sock', 'engine'],
    ['/run/user/1000/podman/podman.sock', '/x.sock', 'engine'],
    ['//./pipe/docker_engine', '//./pipe/docker_engine', 'engine'],
    ['/', '/host', 'node'],
    ['/proc', '/host/proc', 'node'],
    ['/sys', '/host/sys', 'node'],
    ['/dev/dri', '/dev/dri', 'node'],
    ['/lib/modules', '/lib/modules', 'node'],
    ['/var/lib/docker/containers', '/containers', 'node'],
    ['/etc/timezone', '/etc/timezone', 'node'],
    ['/etc/passwd', '/etc/passwd', 'node'],
    ['/run/dbus', '/run/dbus', 'node'],
    ['./nginx.conf', '/etc/nginx/nginx.conf', 'file'],
    ['/etc/nginx/nginx.conf', '/etc/nginx/nginx.conf', 'file'],
    ['C:\\conf\\my.ini', '/etc/my.ini', 'file'],
    ['./.env', '/app/.env', 'file'],
    ['./.env.production', '/app/.env', 'file'],
    ['./Caddyfile', '/etc/caddy/Caddyfile', 'file'],
    ['./index.html', '/usr/share/nginx/html/index.html', 'file'],
    ['./schema.sql', '/docker-entrypoint-initdb.d/schema.sql', 'file'],
    ['./.htpasswd', '/etc/nginx/.htpasswd', 'file'],
    ['~/.aws/credentials', '/root/.aws/credentials', 'file'],
    ['./conf.d', '/etc/nginx/conf.d', 'files'],
    ['./sites-enabled/', '/etc/nginx/sites-enabled', 'files'],
    ['./sql', '/docker-entrypoint-initdb.d', 'files'],
    ['./certs', '/certs', 'files'],
    ['~/.ssh', '/root/.ssh', 'files'],
    ['.', '/app', 'source'],
    ['..', '/app', 'source'],
    ['./', '/code', 'source'],
    ['$PWD', '/work', 'source'],
    ['$' + '{PWD}', '/work', 'source'],
    ['$(pwd)', '/work', 'source'],
    ['`pwd`', '/work', 'source'],
    ['%cd%', '/work', 'source'],
    ['./src', '/usr/src/app/src', 'source'],
    ['./public', '/var/www/html', 'source'],
    ['/home/me/shop', '/workspace', 'source'],
    ['./app.py', '/app.py', 'source'],
    ['/srv/site', '/usr/share/nginx/html', 'source'],
    ['./data', '/data', 'data'],
    ['./data', '/app/data', 'data'],
    ['/srv/postgres', '/var/lib/postgresql/data', 'data'],
    ['./mysql-data', '/var/lib/mysql', 'data'],
    ['./my_data', '/x', 'data'],
    ['./backups', '/x', 'data'],
    ['./logs', '/var/log/nginx', 'data'],
    ['~/media', '/media', 'data'],
    ['./something', '/something', 'data'],
    ['./config', '/config', 'data'],
    ['/home/me/x', '/x', 'data'],
    ['/opt/thing', '/thing', 'unknown'],
    ['/mnt/disk1', '/thing', 'unknown'],
    [`/${'a/'.repeat(5000)}`, '/x', 'unknown'],
  ])('takes %s at %s for %s', (source, target, use) => {
    expect(judgeHostPath(source, target, false).use).toBe(use);
  });

  it.each([
    ['./server.key', true],
    ['./fullchain.pem', true],
    ['./db_password', true],
    ['./token', true],
    ['./nginx.conf', false],
    ['./app.yaml', false],
  ])('tells whether %s holds secrets', (source, secret) => {
    expect(judgeHostPath(source, '/x', true)).toEqual({ use: 'file', secret });
  });

  it('takes a directory that is only read for a part of the image', () => {
    expect(judgeHostPath('./something', '/something', true).use).toBe('source');
    expect(judgeHostPath('./config', '/config', true).use).toBe('files');
  });

  it.each([
    ['/opt/x', true],
    ['/home/me/x', false],
    ['/Users/me/x', false],
    ['/c/Users/me', false],
    ['./x', false],
    ['~/x', false],
    ['/opt/$X', false],
  ])('knows whether %s can be a path of a node', (path, expected) => {
    expect(isOnTheNode(path)).toBe(expected);
  });

  it.each([
    ['/a/../b', '/b'],
    ['/a//b/./c/', '/a/b/c'],
    ['/../..', '/'],
    ['/', '/'],
  ])('makes %s the plain path %s', (path, plain) => {
    expect(plainPath(path)).toBe(plain);
  });
});
