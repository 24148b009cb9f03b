import { describe, expect, it } from 'vitest';
import { Lab } from './lone-container.ts';

/** Runs lines one after another in a container. @returns what the last of them wrote, with its code */
function ran(image: string, ...lines: readonly string[]): string {
  const lab = new Lab();
  const id = lab.start(image, ['sleep', '100000']);
  return lines.map((line) => lab.exec(id, ['sh', '-c', line])).at(-1) ?? '';
}

const reading = 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n';
const nothingToDo = '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n';
const withCurl = 'apt-get update && apt-get install -y curl wget';

describe('apt-get', () => {
  it.each([
    [['apt-get install -y curl'], `${reading}E: Unable to locate package curl\n[100]\n`],
    [
      [withCurl, 'apt-get install -y curl'],
      `${reading}curl is already the newest version (sandbox).\n${nothingToDo}`,
    ],
    [[withCurl, 'apt-get install --assume-yes bash=5.2 | tail -n 1'], 'Setting up bash (sandbox) ...\n'],
    [[withCurl, 'apt-get install -y'], `${reading}${nothingToDo}`],
    [['apt-get upgrade'], `${reading}${nothingToDo}`],
    [['apt-get dist-upgrade -y'], `${reading}${nothingToDo}`],
    [['apt-get autoremove'], `${reading}${nothingToDo}`],
    [[withCurl, 'apt-get clean; ls /usr/bin/curl'], '/usr/bin/curl\n'],
    [['apt-get remove -y curl'], `${reading}Package 'curl' is not installed, so not removed\n${nothingToDo}`],
    [['apt-get remove -y nope'], `${reading}E: Unable to locate package nope\n[100]\n`],
    [
      [withCurl, 'apt-get remove curl | tail -n 1; which curl'],
      'Do you want to continue? [Y/n] Abort.\n/usr/bin/curl\n',
    ],
    [
      [withCurl, 'apt-get remove -y curl; which curl wget'],
      `${reading}The following packages will be REMOVED:\n  curl\n0 upgraded, 0 newly installed, 1 to remove and 0 not upgraded.\nRemoving curl (sandbox) ...\n/usr/bin/wget\n[1]\n`,
    ],
    [[withCurl, 'rm /usr/bin/curl', 'apt-get purge -y curl | tail -n 1'], 'Removing curl (sandbox) ...\n'],
    [
      [withCurl, 'rm -rf /var/lib/apt/lists/*', 'apt-get install -y bash'],
      `${reading}E: Unable to locate package bash\n[100]\n`,
    ],
    [['apt-get frobnicate'], 'apt-get: the sandbox does not simulate apt-get frobnicate\n[100]\n'],
    [['apt-get'], 'apt-get: the sandbox does not simulate apt-get \n[100]\n'],
  ])('%j', (lines, said) => {
    expect(ran('debian:bookworm-slim', ...lines)).toBe(said);
  });

  it.each([
    ['debian:trixie', 'http://deb.debian.org/debian stable'],
    ['ubuntu:22.04', 'http://archive.ubuntu.com/ubuntu jammy'],
    ['ubuntu:24.04', 'http://archive.ubuntu.com/ubuntu noble'],
  ])('of %s fetches from %s', (image, archive) => {
    expect(ran(image, 'apt-get update')).toBe(`Get:1 ${archive} InRelease\nReading package lists...\n`);
    expect(ran(image, 'apt-get update', 'apt-get install -y curl | tail -n 1')).toBe(
      'Setting up curl (sandbox) ...\n',
    );
  });

  it('brings a client of MariaDB', () => {
    const install = 'apt-get update && apt-get install -y default-mysql-client';
    expect(ran('debian:bookworm-slim', install, 'mysql -hnope')).toBe(
      "ERROR 2005 (HY000): Unknown server host 'nope' (-2)\n[1]\n",
    );
  });
});

const fetched = ['main', 'community']
  .map((part) => `fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/${part}/x86_64/APKINDEX.tar.gz\n`)
  .join('');

describe('apk', () => {
  it.each([
    [['apk --version'], 'apk-tools (sandbox)\n'],
    [['apk update'], `${fetched}OK: the sandbox has a few packages\n`],
    [['apk upgrade'], fetched],
    [['apk add -t tools curl', 'apk info'], 'curl\n'],
    [
      ['apk add curl', 'apk add curl bash | tail -n 2'],
      '(1/1) Installing bash (sandbox)\nOK: 10 MiB in 18 packages\n',
    ],
    [
      ['apk add curl bash', 'apk del curl nope; which curl; apk info'],
      '(1/1) Purging curl (sandbox)\nOK: 9 MiB in 17 packages\nbash\n',
    ],
    [['apk info'], ''],
    [
      ['apk add nope 2>&1 | tail -n 1 | cut -d ";" -f 1'],
      'apk: the sandbox does not have the package nope\n',
    ],
    [['apk fix'], fetched],
    [['apk frobnicate'], 'apk: the sandbox does not simulate apk frobnicate\n[1]\n'],
  ])('%j', (lines, said) => {
    expect(ran('alpine:3.22', ...lines)).toBe(said);
  });
});

const manifest = `cat > package.json <<'END'
{ "name": "shop", "version": "1.0.0", "dependencies": { "express": "5" }, "devDependencies": { "vitest": "3" },
  "scripts": { "hello": "echo hi", "test": "echo tested; exit 3" } }
END`;
const onlyNames = 'npm: in the sandbox a package is a name: its code is not there\n';

describe('npm', () => {
  it.each([
    [['npm -v'], '10.9.3\n'],
    [['npm --version'], '10.9.3\n'],
    [['npm config set audit false'], ''],
    [['echo "{ bad" > package.json', 'npm install 2>&1 | head -n 1'], 'npm error code EJSONPARSE\n'],
    [['mkdir package.json', 'npm install 2>&1 | head -n 1'], 'npm error code EJSONPARSE\n'],
    [[manifest, 'npm run hello'], '\n> shop@1.0.0 hello\n> echo hi\n\nhi\n'],
    [[manifest, 'npm test'], '\n> shop@1.0.0 test\n> echo tested; exit 3\n\ntested\n[3]\n'],
    [[manifest, 'npm t'], '\n> shop@1.0.0 test\n> echo tested; exit 3\n\ntested\n[3]\n'],
    [[manifest, 'npm start 2>&1 | head -n 1'], 'npm error Missing script: "start"\n'],
    [
      [manifest, "echo 'console.log(1)' > server.js", 'npm start'],
      '\n> shop@1.0.0 start\n> node server.js\n\n1\n',
    ],
    [
      ['echo "{}" > package.json', "echo 'console.log(1)' > server.js", 'npm start'],
      '\n>  start\n> node server.js\n\n1\n',
    ],
    [
      [manifest, 'npm install'],
      `\nadded 2 packages, and audited 3 packages in 1s\n\nfound 0 vulnerabilities\n${onlyNames}`,
    ],
    [
      [manifest, 'npm i --omit=dev'],
      `\nadded 1 package, and audited 2 packages in 1s\n\nfound 0 vulnerabilities\n${onlyNames}`,
    ],
    [
      [
        manifest,
        'NODE_ENV=production npm install redis@5 @types/node@22 >/dev/null 2>&1; ls node_modules node_modules/@types',
      ],
      'node_modules:\n@types\nexpress\nredis\n\nnode_modules/@types:\nnode\n',
    ],
    [
      ['echo "{}" > package.json', 'npm install'],
      '\nup to date, audited 1 package in 1s\n\nfound 0 vulnerabilities\n',
    ],
    [
      ['echo "{}" > package.json', 'npm prune'],
      '\nup to date, audited 1 package in 1s\n\nfound 0 vulnerabilities\n',
    ],
    [
      [
        manifest,
        `echo '{ "packages": { "": {}, "node_modules/express": {}, "node_modules/vitest": { "dev": true } } }' > package-lock.json`,
        'npm ci --omit=dev >/dev/null 2>&1; ls node_modules',
      ],
      'express\n',
    ],
    [
      [manifest, 'echo "{}" > npm-shrinkwrap.json', 'npm clean-install >/dev/null 2>&1; ls node_modules'],
      'express\nvitest\n',
    ],
    [[manifest, 'npm frobnicate'], 'npm: the sandbox does not simulate npm frobnicate\n[1]\n'],
  ])('%j', (lines, said) => {
    expect(ran('node:22-alpine', 'mkdir -p /app', ...lines.map((line) => `cd /app; ${line}`))).toBe(said);
  });
});

describe('pip', () => {
  it.each([
    ['pip --version', 'pip (sandbox)\n'],
    ['pip -V', 'pip (sandbox)\n'],
    ['pip freeze', 'pip: the sandbox does not simulate pip freeze\n[1]\n'],
    ['pip', 'pip: the sandbox does not simulate pip \n[1]\n'],
    [
      'pip install',
      'ERROR: You must give at least one requirement to install (see "pip help install")\n[1]\n',
    ],
    [
      "printf '# remark\\nflask==3.1 # web\\n\\n-i https://x\\nredis[hiredis]>=5\\n' > r.txt; pip install -q -r r.txt Django 2>/dev/null | tail -n 1",
      'Successfully installed Django flask redis\n',
    ],
  ])('%s', (line, said) => {
    expect(ran('python:3.13-slim', line)).toBe(said);
  });
});
