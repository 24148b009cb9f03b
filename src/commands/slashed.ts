/**
 * A path as the reader of compose files knows paths: with slashes, on Windows too, where Node takes
 * `C:/shop/compose.yaml` as well.
 */
export function slashed(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
