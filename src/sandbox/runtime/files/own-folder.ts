const selfFolder = '/proc/self';

/** `/proc/self` is the folder of whoever asks; what it has open is looked for elsewhere. @param pid of who asks */
export function ofProcess(path: string, pid: number | undefined): string {
  if (pid === undefined || !path.startsWith(selfFolder)) return path;
  const rest = path.slice(selfFolder.length);
  const isOther = !rest.startsWith('/');
  return isOther || rest.startsWith('/fd') ? path : `/proc/${pid}${rest}`;
}
