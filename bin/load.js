// Loads the files of dist/ with what V8 compiled of them the last time: compiling takes a third of a short
// command's time. What was compiled stands beside the program, so it goes when the program goes, and whoever
// could write it could change the program too. Where nothing can be written, nothing is kept.
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const dist = join(__dirname, '..', 'dist');
const cache = join(dist, 'code-cache', `${process.version}-${process.arch}`);
/** Compiling less than this is quicker than reading what was compiled. */
const least = 2000;

const loaded = new Map();
const unkept = [];

/**
 * Loads a file of dist/, and what it requires of dist/ in the same way.
 *
 * @param {string} name such as `main.js`
 * @returns what it exports
 */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const filename = join(dist, name);
  const source = nodeModule.wrap(readFileSync(filename, 'utf8'));
  const cachedData = source.length < least ? undefined : compiledBefore(name);
  const script = new Script(source, { filename, cachedData });
  if (source.length >= least && (!cachedData || script.cachedDataRejected)) unkept.push({ name, script });
  const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, dist);
  return module.exports;
}

function compiledBefore(name) {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const kept = readFileSync(join(cache, name));
    const data = kept.subarray(4);
    // V8 trusts what it is handed: a damaged file would be the end of the process.
    return kept.length > 4 && kept.readUInt32LE() === crc32(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** What ran is compiled by now, so that the next time even that is at hand. */
function keep() {
  if (unkept.length === 0 || process.env.NODE_DISABLE_COMPILE_CACHE) return;
  try {
    mkdirSync(cache, { recursive: true });
    for (const { name, script } of unkept) {
      const draft = join(cache, `${name}.${process.pid}`);
      try {
        const data = script.createCachedData();
        const sum = Buffer.alloc(4);
        sum.writeUInt32LE(crc32(data));
        writeFileSync(draft, Buffer.concat([sum, data]));
        renameSync(draft, join(cache, name));
      } catch {
        rmSync(draft, { force: true });
      }
    }
  } catch {
    // A program in a read-only place is only slower.
  }
}

process.on('exit', keep);

module.exports = { load };
