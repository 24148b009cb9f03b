import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { alpineLayer } from './alpine-layer.ts';
import {
  demoLayer,
  helloWorldLayer,
  httpdLayer,
  nodeLayer,
  pauseLayer,
  postgresLayer,
  pythonLayer,
  redisLayer,
  sampleLayer,
  shopLayer,
} from './app-layers.ts';
import { busyboxLayer } from './busybox-layer.ts';
import { debianLayer } from './debian-layer.ts';
import { mariadbLayer, mysqlLayer, oracleLinuxLayer } from './mysql-layer.ts';
import { nginxLayer } from './nginx-layer.ts';
import { systemLayer } from './system-layer.ts';
import { type UbuntuRelease, ubuntuLayer } from './ubuntu-layer.ts';

/** Files are made when they are first needed, and once. */
const made = new Map<string, LayerFiles>();

type Base = 'debian' | 'slim' | 'alpine';

const makers: Readonly<Record<string, (rest: readonly string[]) => LayerFiles>> = {
  alpine: ([version = '']) => alpineLayer(version),
  busybox: busyboxLayer,
  debian: ([version]) => debianLayer(version === '13' ? 13 : 12),
  'hello-world': helloWorldLayer,
  httpd: httpdLayer,
  mariadb: mariadbLayer,
  mysql: ([version = '']) => mysqlLayer(version),
  oraclelinux: oracleLinuxLayer,
  nginx: ([base]) => nginxLayer(base as 'debian' | 'alpine'),
  node: ([base]) => nodeLayer(base as Base),
  pause: pauseLayer,
  postgres: ([base, major = '']) => postgresLayer(base as 'debian' | 'alpine', major),
  python: ([base]) => pythonLayer(base as Base),
  redis: ([base]) => redisLayer(base as 'debian' | 'alpine'),
  ubuntu: ([release]) => ubuntuLayer(release as UbuntuRelease),
  demo: ([name = '']) => demoLayer(name),
  system: ([path = '', bytes]) => systemLayer(path, Number(bytes)),
  sample: ([name = '']) => sampleLayer(name),
  shop: ([part, version = '']) => shopLayer(part as 'web' | 'api' | 'worker', version),
};

/**
 * The files of a layer of the library.
 *
 * @param name what `Layer.files` says, such as `debian 12` or `nginx alpine`
 * @returns undefined when the library has no such layer
 */
export function libraryLayer(name: string): LayerFiles | undefined {
  const known = made.get(name);
  if (known) return known;
  const [kind = '', ...rest] = name.split(' ');
  if (!Object.hasOwn(makers, kind)) return undefined;
  const files = makers[kind]?.(rest) ?? {};
  made.set(name, files);
  return files;
}
