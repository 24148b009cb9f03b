import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { debianLayer, debianUsers, gnuTools } from './debian-layer.ts';
import { file, folder } from './file-nodes.ts';

const releases = {
  '22.04': { codename: 'jammy', name: 'Jammy Jellyfish', version: '22.04.5', debian: 'bookworm/sid' },
  '24.04': { codename: 'noble', name: 'Noble Numbat', version: '24.04.3', debian: 'trixie/sid' },
} as const;

/** A release of Ubuntu that the library has. */
export type UbuntuRelease = keyof typeof releases;

/** What the image ubuntu has: what Debian has, and ps. Since 24.04 there is a user. */
export function ubuntuLayer(release: UbuntuRelease): LayerFiles {
  const { codename, name, version, debian } = releases[release];
  const user =
    release === '24.04'
      ? {
          ...debianUsers('ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash'),
          '/home/ubuntu': folder(0o750, '1000:1000'),
        }
      : {};
  return {
    ...debianLayer(12),
    ...gnuTools(['ps', 'top', 'free', 'uptime', 'kill', 'pidof', 'watch']),
    ...user,
    '/etc/debian_version': file(`${debian}\n`),
    '/etc/lsb-release': file(
      `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${release}\nDISTRIB_CODENAME=${codename}\nDISTRIB_DESCRIPTION="Ubuntu ${version} LTS"\n`,
    ),
    '/usr/lib/os-release': file(`PRETTY_NAME="Ubuntu ${version} LTS"
NAME="Ubuntu"
VERSION_ID="${release}"
VERSION="${version} LTS (${name})"
VERSION_CODENAME=${codename}
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
SUPPORT_URL="https://help.ubuntu.com/"
BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"
PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"
UBUNTU_CODENAME=${codename}
`),
  };
}
