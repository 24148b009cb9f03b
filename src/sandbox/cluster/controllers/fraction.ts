/**
 * A number that is said as it is or as a part of a whole (k8s.io/apimachinery/pkg/util/intstr,
 * `GetScaledValueFromIntOrPercent`).
 *
 * @param value such as `2` or `25%`
 * @param whole what it is a part of
 * @param direction in which a part is rounded
 */
export function scaledValue(value: number | string, whole: number, direction: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = Number(value.replace(/%$/, '')) || 0;
  const part = (percent * whole) / 100;
  return direction === 'up' ? Math.ceil(part) : Math.floor(part);
}
