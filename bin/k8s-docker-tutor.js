#!/usr/bin/env node
// Colour is decided before anything is imported: chalk and cli-table3 look at FORCE_COLOR when they load.
const { env, argv, stdout } = process;
const isColourless =
  Boolean(env.NO_COLOR) || env.TERM === 'dumb' || argv.includes('--no-color') || argv.includes('--plain');
if (isColourless || (!stdout.isTTY && !env.FORCE_COLOR)) env.FORCE_COLOR = '0';

const { main } = await import('../dist/main.js');
await main(new URL('../dist/content/', import.meta.url));
