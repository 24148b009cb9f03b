#!/usr/bin/env node
// Older Nodes can read this file, and little else of the program.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `x k8s-docker-tutor needs Node 20.19 or newer, and this is ${process.versions.node}\n` +
      '-> Install a newer one (https://nodejs.org), or choose it with your version manager.\n',
  );
  process.exit(2);
}

// Colour is decided before anything is loaded: chalk and cli-table3 look at FORCE_COLOR when they load.
const { env, argv, stdout } = process;
// From the word docker on, a line belongs to docker.
const line = argv.findIndex((word, place) => place > 1 && /^(docker|kubectl)\b/.test(word));
const own = line === -1 ? argv : argv.slice(0, line);
const isColourless =
  Boolean(env.NO_COLOR) || env.TERM === 'dumb' || own.includes('--no-color') || own.includes('--plain');
if (isColourless || (!stdout.isTTY && !env.FORCE_COLOR)) env.FORCE_COLOR = '0';

const { load } = require('./load.js');
const { pathToFileURL } = require('node:url');
load('main.js').main(pathToFileURL(`${__dirname}/../dist/content/`));
