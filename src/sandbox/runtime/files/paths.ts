/** What is normal as it is: most paths are. */
const plain = /^(?:\/(?!\.{0,2}(?:\/|$))[^/]+)+$/;

/** What a path has that is to be made plain: an empty part, `.`, `..` or a slash at its end. */
const unusual = /\/(?:\.{0,2})(?:\/|$)/;

/** A path without `.`, `..` and double slashes, absolute. */
export function normalPath(path: string, from = '/'): string {
  if (path.startsWith('/') && !unusual.test(path)) return path;
  const whole = path.startsWith('/') ? path : `${from}/${path}`;
  if (plain.test(whole)) return whole;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Paths that were walked lately: those of programs and logs are, all the time. */
const ways = new Map<string, readonly string[]>();
const mostWays = 500;

/** What is passed on the way to a path: each folder above it from the root down, and itself. The root has none. */
export function wayTo(path: string): readonly string[] {
  const known = ways.get(path);
  if (known) return known;
  const whole = normalPath(path);
  const way: string[] = [];
  for (let end = 0; end < whole.length && whole !== '/'; ) {
    const slash = whole.indexOf('/', end + 1);
    end = slash < 0 ? whole.length : slash;
    way.push(whole.slice(0, end));
  }
  if (ways.size >= mostWays) ways.clear();
  ways.set(path, way);
  return way;
}

/** The folder that a normal path is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The last part of a normal path; empty for the root. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A name in a folder. */
export function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** Whether a path is a folder's or in it. */
export function isWithin(path: string, folder: string): boolean {
  return (
    folder === '/' ||
    (path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/'))
  );
}
