import { builtinModules, createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loaded when something of it is first used: commander asks for it at once and hardly ever needs it. */
const lazy = new Set(['node:child_process']);

/**
 * An esbuild plugin: Node's own modules are had by `process.getBuiltinModule` (there since Node 20.16)
 * instead of an import. What is imported becomes, in CommonJS, a copy of the whole module with a getter for
 * each export: that costs a short command a thirtieth of its time.
 */
export const directBuiltins = {
  name: 'direct-builtins',
  setup(build) {
    const names = new Set(builtinModules);
    build.onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ path, kind }) => {
      const bare = path.replace(/^node:/, '');
      if (!names.has(bare)) return undefined;
      return {
        path: `node:${bare}`,
        namespace: kind === 'require-call' ? 'builtin-cjs' : 'builtin-esm',
        sideEffects: false,
      };
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin-cjs' }, ({ path }) => ({
      contents: commonJs(path),
      loader: 'js',
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin-esm' }, ({ path }) => ({
      contents: esModule(path),
      loader: 'js',
    }));
  },
};

function commonJs(path) {
  if (!lazy.has(path)) return `module.exports = process.getBuiltinModule('${path}')`;
  return `module.exports = {\n${exportsOf(path)
    .map((name) => `get ${name}() { return process.getBuiltinModule('${path}').${name}; },`)
    .join('\n')}\n};`;
}

/** Every export by itself, marked as pure, so that what is not used falls away. */
function esModule(path) {
  const named = exportsOf(path).map((name) => `export const ${name} = /* @__PURE__ */ (() => it.${name})();`);
  return [
    `const it = /* @__PURE__ */ process.getBuiltinModule('${path}');`,
    'export default it;',
    ...named,
  ].join('\n');
}

function exportsOf(path) {
  return Object.getOwnPropertyNames(require(path)).filter(
    (name) => /^[a-zA-Z]\w*$/.test(name) && !reserved.has(name),
  );
}

const reserved = new Set(['default', 'arguments', 'length', 'name', 'prototype', 'caller']);
