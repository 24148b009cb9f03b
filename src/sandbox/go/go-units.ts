/** Sizes and durations as people read them (github.com/docker/go-units). */

const thousands = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** A size in steps of 1000, such as `13.3kB`. @param precision digits in all */
export function humanSize(bytes: number, precision = 4): string {
  return scaled(bytes, 1000, thousands, precision);
}

/** A size in steps of 1024, such as `1.5GiB`. */
export function binarySize(bytes: number): string {
  return scaled(bytes, 1024, binary, 4);
}

function scaled(bytes: number, base: number, units: readonly string[], precision: number): string {
  let size = bytes;
  let place = 0;
  while (size >= base && place < units.length - 1) {
    size /= base;
    place += 1;
  }
  return goGeneral(size, precision) + units[place];
}

/** A number as `%.4g` of Go writes it: so many digits, no zeros behind the point, an exponent where it is large. */
export function goGeneral(value: number, precision: number): string {
  if (value === 0) return '0';
  const [digits = '', exponent = '0'] = value.toExponential(precision - 1).split('e');
  const power = Number(exponent);
  if (power < -4 || power >= precision) {
    const sign = power < 0 ? '-' : '+';
    return `${withoutZeros(digits)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return withoutZeros(value.toFixed(Math.max(0, precision - 1 - power)));
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A duration in one unit, such as `About an hour` or `3 weeks`. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / second);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(milliseconds / minute);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(milliseconds / hour + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 7 * 2) return `${days} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(days / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(days / 30)} months`;
  return `${Math.trunc(Math.trunc(milliseconds / hour) / 24 / 365)} years`;
}
