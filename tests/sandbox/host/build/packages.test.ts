import { beforeEach, describe, expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
  visitor.type('mkdir work && cd work');
});

function build(dockerfile: string): { readonly err: string; readonly status: number } {
  visitor.type(`cat > Dockerfile <<'END'\n${dockerfile}\nEND`);
  return visitor.type('docker build -t it .');
}

const server = `cat > server.js <<'END'
const http = require('http');
const port = process.env.PORT || 3000;
http.createServer((req, res) => { res.end('hello from node\\n'); }).listen(port, () => console.log('up'));
END`;

describe('packages in a build', () => {
  it.each([
    ['alpine:3.22', 'apk add --no-cache curl bash', 'curl --version'],
    ['alpine:3.22', 'apk add --update nodejs npm', 'node --version'],
    [
      'debian:bookworm-slim',
      'apt-get update && apt-get install -y --no-install-recommends curl',
      'curl --version',
    ],
    ['python:3.13-slim', 'pip install --no-cache-dir flask', 'python3 --version'],
  ])('%s: %s', (image, line, after) => {
    const { status } = build(`FROM ${image}\nRUN ${line}\nRUN ${after}`);
    expect(status).toBe(0);
  });

  it.each([
    ['alpine:3.22', 'apk add git', 'apk: the sandbox does not have the package git; it has bash'],
    ['debian:bookworm-slim', 'apt-get install -y curl', 'E: Unable to locate package curl'],
    ['debian:bookworm-slim', 'apt-get update && apt-get install curl', '[Y/n] Abort.'],
    [
      'debian:bookworm-slim',
      'apt-get update && apt-get install -y gcc make',
      'the packages gcc, make; it has',
    ],
    ['node:22-alpine', 'npm install', 'Could not read package.json'],
    [
      'node:22-alpine',
      "echo '{}' > package.json && npm ci",
      'can only install with an existing package-lock.json',
    ],
    ['node:22-alpine', "echo '{}' > package.json && npm run build", 'Missing script: "build"'],
    ['python:3.13-slim', 'pip install -r requirements.txt', 'Could not open requirements file'],
  ])('%s: %s fails and says why', (image, line, why) => {
    const { err, status } = build(`FROM ${image}\nRUN ${line}`);
    expect(err).toContain(why);
    expect(status).toBe(1);
  });

  it('what is installed is there in the next step, and gone when it is removed', () => {
    const { err } = build(
      'FROM alpine:3.22\nRUN apk add curl\nRUN which curl; apk del curl; which curl || echo gone',
    );
    expect(err).toMatch(/\/usr\/bin\/curl[\s\S]*gone/);
  });

  it('the usual Dockerfile of a program in node builds, runs, and answers', () => {
    visitor.type(server);
    visitor.type(`echo '{ "name": "web", "dependencies": { "express": "4" } }' > package.json`);
    visitor.type(
      `echo '{ "packages": { "": {}, "node_modules/express": {}, "node_modules/jest": { "dev": true } } }' > package-lock.json`,
    );
    const { err } = build(
      'FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nEXPOSE 3000\nCMD ["node","server.js"]',
    );
    expect(err).toContain('added 1 package, and audited 2 packages');
    visitor.type('docker run -d --name web -p 3000:3000 it; sleep 1');
    expect(visitor.type('curl -s localhost:3000').out).toBe('hello from node\n');
    expect(visitor.type('docker exec web ls node_modules').out).toBe('express\n');
  });

  it('a script of package.json is run', () => {
    visitor.type(
      `echo '{ "name": "web", "version": "1.0.0", "scripts": { "build": "mkdir dist && echo built > dist/index.html" } }' > package.json`,
    );
    build(
      'FROM node:22-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM nginx:1.28\nCOPY --from=build /app/dist /usr/share/nginx/html',
    );
    visitor.type('docker run -d -p 8081:80 it; sleep 1');
    expect(visitor.type('curl -s localhost:8081').out).toBe('built\n');
  });
});
