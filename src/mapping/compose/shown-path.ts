/** A path of the project as one would write it in the project's directory: `./conf/app.yml`. */
export function shownPath(path: string, directory: string): string {
  if (path === directory) return '.';
  const inside = directory.endsWith('/') ? directory : `${directory}/`;
  if (path.startsWith(inside)) return `./${path.slice(inside.length)}`;
  const above = directory.slice(0, directory.lastIndexOf('/') + 1);
  return above.length > 1 && path.startsWith(above) ? `../${path.slice(above.length)}` : path;
}
