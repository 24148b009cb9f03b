// The images that scenarios pull: a static busybox with its names, packed as one layer.

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestOf } from './registry.mjs';

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Publishes what the scenarios pull. @param busybox where the static program is */
export function publishImages(store, busybox) {
  const create = (version, created) => ({
    created,
    layers: [layer(busybox, version)],
    config: { Env: [path], Cmd: ['sh'] },
    history: [
      { created_by: `BusyBox ${version} (glibc), Debian 12` },
      { created_by: 'CMD ["sh"]', empty_layer: true },
    ],
  });
  const names = (...tags) => tags.map((tag) => `docker.io/library/busybox:${tag}`);
  store.publish(names('1.36', '1.36.1'), create('1.36.1', '2023-05-18T12:00:00Z'));
  store.publish(names('latest', '1', '1.37', '1.37.0', 'stable'), create('1.37.0', '2024-09-26T12:00:00Z'));
  for (const folder of ['shop', 'private']) {
    store.publish([`registry.example.com/${folder}/web:1.4`], create(folder, '2026-03-02T12:00:00Z'));
  }
}

/** @param version what the layer says that it is, so that no two have the same */
function layer(busybox, version) {
  const root = mkdtempSync(join(tmpdir(), 'busybox-layer-'));
  try {
    for (const folder of [
      'bin',
      'dev',
      'etc',
      'home',
      'root',
      'tmp',
      'usr/sbin',
      'var/spool/mail',
      'var/www',
    ]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    copyFileSync(busybox, join(root, 'bin/busybox'));
    const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
    for (const applet of applets.filter((name) => name !== 'busybox')) {
      symlinkSync('busybox', join(root, 'bin', applet));
    }
    writeFileSync(
      join(root, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
    );
    writeFileSync(join(root, 'etc/version'), `${version}\n`);
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\nwww-data:x:33:\nnobody:x:65534:\n');
    const options = ['--sort=name', '--mtime=@1684411200', '--owner=0', '--group=0', '--numeric-owner'];
    const tar = execFileSync('tar', ['-C', root, ...options, '-cf', '-', '.'], { maxBuffer: 1 << 28 });
    return { packed: gzipSync(tar), plain: digestOf(tar) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Where the static busybox of this machine is. */
export function staticBusybox() {
  const place = process.env.BUSYBOX ?? '/bin/busybox';
  readFileSync(place);
  return place;
}
