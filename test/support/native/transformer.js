import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const load = createRequire(import.meta.url);

/** What Node.js loads for a file that a test imports: sources as they were built. */
const loaded = (path) =>
  path.endsWith('.ts') ? join(root, 'dist', relative(root, path).replace(/ts$/, 'js')) : path;

const namesOf = (path) => Object.keys(load(loaded(path))).filter((name) => name !== '__esModule');

function shim(source, path, { supportsDynamicImport, supportsStaticESM }) {
  // Jest’s own set-up is outside the tests’ environment.
  if (!supportsDynamicImport) return source;
  const it = `loadNatively(${JSON.stringify(loaded(path))})`;
  if (!supportsStaticESM) return `module.exports = ${it};`;
  const exported = namesOf(path).map((name) =>
    name === 'default' ? 'export default it.default;' : `export const ${name} = it.${name};`,
  );
  return [`const it = ${it};`, ...exported].join('\n');
}

/** Makes a module of what Node.js has loaded, instead of evaluating it anew for each test file. */
export default {
  process: (...of) => ({ code: shim(...of) }),
  getCacheKey: (...of) =>
    createHash('sha256')
      .update(shim(...of))
      .digest('hex'),
};
