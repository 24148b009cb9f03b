import type { Cell, MysqlColumn } from './mysql-data.ts';
import { rounded } from './mysql-decimals.ts';
import { MysqlError } from './mysql-error.ts';

/** Where a value is to go, as errors name it. */
export interface CellPlace {
  readonly isMaria: boolean;
  readonly database: string;
  readonly table: string;
  /** The row of the statement, from 1 on. */
  readonly row: number;
}

/** The bits of whole numbers. */
const bits: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  mediumint: 24n,
  int: 32n,
  bigint: 64n,
};

/** What a column makes of a value. @throws MysqlError when it does not take it */
export function cellOf(value: Cell, column: MysqlColumn, place: CellPlace): Cell {
  const { name, base, sizes, isNullable } = column;
  if (value === null) {
    if (!isNullable) throw new MysqlError(1048, '23000', `Column '${name}' cannot be null`);
    return null;
  }
  const wrong = (what: string, code = 1366, state = place.isMaria ? '22007' : 'HY000') => {
    const where = place.isMaria ? `\`${place.database}\`.\`${place.table}\`.\`${name}\`` : `'${name}'`;
    return new MysqlError(
      code,
      state,
      `Incorrect ${what} value: '${value}' for column ${where} at row ${place.row}`,
    );
  };
  const isNumber = /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(value);
  const width = bits[base];
  if (width !== undefined) {
    if (!isNumber) throw wrong('integer');
    const whole = rounded(value.trim(), 0);
    const half = 2n ** (width - 1n);
    const [least, most] = column.isUnsigned ? [0n, 2n * half - 1n] : [-half, half - 1n];
    if (BigInt(whole) < least || BigInt(whole) > most) throw outOfRange(name, place);
    return whole;
  }
  switch (base) {
    case 'decimal': {
      if (!isNumber) throw wrong('decimal');
      const [digits = 10, scale = 0] = sizes;
      const fitting = rounded(value.trim(), scale);
      if (fitting.replace(/^-?0*(\d*)\.?.*$/, '$1').length > digits - scale) throw outOfRange(name, place);
      return fitting;
    }
    case 'double':
    case 'float':
    case 'year':
      if (!isNumber) throw wrong(base === 'year' ? 'integer' : 'double');
      return `${Number(value)}`;
    case 'char':
    case 'varchar': {
      const most = sizes[0] ?? 1;
      if ([...value].length > most)
        throw new MysqlError(1406, '22001', `Data too long for column '${name}' at row ${place.row}`);
      return value;
    }
    case 'date':
    case 'datetime':
    case 'timestamp': {
      const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?$/.exec(value.trim());
      if (!found) throw wrong(base === 'date' ? 'date' : 'datetime', 1292, '22007');
      const [, day = '', time = '00:00:00'] = found;
      return base === 'date' ? day : `${day} ${time.length === 5 ? `${time}:00` : time}`;
    }
    default:
      return value;
  }
}

function outOfRange(name: string, { row }: CellPlace): MysqlError {
  return new MysqlError(1264, '22003', `Out of range value for column '${name}' at row ${row}`);
}
