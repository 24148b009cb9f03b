/**
 * A line as kubectl's log writes it (k8s.io/klog): level and day, time, process, place.
 *
 * @param level `W` of a warning, `F` of what ends kubectl
 * @param now in milliseconds since 1970
 */
export function logLine(level: 'W' | 'F', now: number, place: string, text: string): string {
  const at = new Date(now).toISOString();
  const day = `${at.slice(5, 7)}${at.slice(8, 10)}`;
  return `${level}${day} ${at.slice(11, 23)}000       1 ${place}] ${text}\n`;
}
