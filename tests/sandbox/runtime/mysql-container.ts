import { host, Lab } from './lone-container.ts';

/** The variable with which the servers of these tests begin. */
export const rootPassword = 'MYSQL_ROOT_PASSWORD=x';

/** A container of an image of mysql or mariadb, and what became of it after its first seconds. */
export function started(
  image: string,
  env: readonly string[] = [rootPassword],
  argv?: readonly string[],
): { readonly lab: Lab; readonly id: string } {
  const lab = new Lab();
  lab.pull(image);
  const own = lab.runtime.findImage(host, image)?.image.config;
  const whole = argv === undefined ? undefined : [...(own?.entrypoint ?? []), ...argv];
  const id = lab.start(image, whole, { network: 'db', env: [...(own?.env ?? []), ...env] });
  lab.advance(15_000);
  return { lab, id };
}

/** The log of a container without times. */
export function said(lab: Lab, id: string): readonly string[] {
  return lab
    .log(id)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d{4}-\d\d-\d\d[T ][ \d]?\d:\d\d:\d\d(\.\d+Z|\+00:00)? /, ''));
}
