/** A duration as Go prints it: `1h2m3.5s`, `250ms`, `0s` (https://pkg.go.dev/time#Duration.String). */
export function goDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  const sign = milliseconds < 0 ? '-' : '';
  const all = Math.abs(milliseconds);
  if (all < 1) return `${sign}${all * 1000}µs`;
  if (all < 1000) return `${sign}${all}ms`;
  const hours = Math.floor(all / 3_600_000);
  const minutes = Math.floor((all % 3_600_000) / 60_000);
  const long = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${sign}${long}${(all % 60_000) / 1000}s`;
}
