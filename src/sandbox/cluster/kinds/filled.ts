/**
 * Fills in fields that are not there.
 *
 * @returns what it got, when nothing was missing
 */
export function filled<T extends object>(value: T, defaults: Partial<T>): T {
  for (const name in defaults) {
    if (value[name] === undefined && defaults[name] !== undefined) return { ...defaults, ...present(value) };
  }
  return value;
}

/**
 * Replaces a field. A field that would become undefined is left as it is.
 *
 * @returns what it got, when that is the value already
 */
export function withField<T extends object, K extends keyof T>(value: T, name: K, next: T[K] | undefined): T {
  return next === undefined || value[name] === next ? value : { ...value, [name]: next };
}

/** Takes fields away. */
export function without<T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> {
  if (!names.some((name) => value[name] !== undefined)) return value;
  const rest = { ...value };
  for (const name of names) delete rest[name];
  return rest;
}

/**
 * Replaces the items of a list.
 *
 * @returns what it got, when every item stayed what it was
 */
export function eachOf<T>(list: readonly T[], change: (item: T) => T): readonly T[];
/** The same of a list that need not be there. */
export function eachOf<T>(list: readonly T[] | undefined, change: (item: T) => T): readonly T[] | undefined;
/** Both of them. */
export function eachOf<T>(list: readonly T[] | undefined, change: (item: T) => T): readonly T[] | undefined {
  if (!list) return list;
  let isSame = true;
  const next = list.map((item) => {
    const changed = change(item);
    if (changed !== item) isSame = false;
    return changed;
  });
  return isSame ? list : next;
}

/** Changes a field that is there, and leaves alone one that is not. */
export function inField<T extends object, K extends keyof T>(
  value: T,
  name: K,
  change: (field: NonNullable<T[K]>) => T[K] | undefined,
): T {
  const field = value[name];
  return field === undefined || field === null ? value : withField(value, name, change(field));
}

/** The fields that are not undefined, which would hide defaults. */
function present<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as T;
}
