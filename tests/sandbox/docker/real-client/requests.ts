import type { EngineRequest } from '../../../../src/sandbox/host/engine/request.ts';

/** A request as far as two clients have to agree on it. */
export interface AskedRequest {
  readonly method: string;
  /** With names decoded: the real client leaves slashes in them. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Who asks: what is sent to a registry. */
  readonly auth?: unknown;
}

/** A request without what is the client's own business: its headers, the order of its query, how JSON is written. */
export function asked({ method, path, query, headers, body }: EngineRequest): AskedRequest {
  const auth = headers['x-registry-auth'];
  const values = Object.entries(query)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, readValue(value)] as const);
  return {
    method,
    path: decodeURIComponent(path).replace(/^\/+/, '/'),
    query: Object.fromEntries(values.sort(([one], [other]) => (one < other ? -1 : 1))),
    body: isArchive(body) ? archiveText(body) : (withoutNothing(body) ?? null),
    ...(auth !== undefined && { auth: readAuth(auth) }),
  };
}

/** Requests that are sent side by side arrive in any order; pings are of the client's transport. */
export function comparableRequests(requests: readonly AskedRequest[]): readonly AskedRequest[] {
  const real = requests.filter(({ path }) => path !== '/_ping').map(timeless);
  return real.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** `--since 1h` is counted back from a second that may have passed. */
function timeless({ query, ...others }: AskedRequest): AskedRequest {
  const moments = ['since', 'until'].filter((name) => query[name] !== undefined);
  return { ...others, query: { ...query, ...Object.fromEntries(moments.map((name) => [name, '<time>'])) } };
}

function keyOf({ method, path, query }: AskedRequest): string {
  return `${path} ${method} ${JSON.stringify(query)}`;
}

/** Values that are JSON themselves, such as filters, as what they say. */
function readValue(value: string | readonly string[]): unknown {
  if (typeof value !== 'string') return value.length === 1 ? readValue(value[0] ?? '') : value.map(readValue);
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** What is null or empty is the same to the engine as what is left out. */
function withoutNothing(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutNothing);
  if (typeof value !== 'object') return value;
  const kept = Object.entries(value)
    .map(([name, each]) => [name, withoutNothing(each)] as const)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function readAuth(text: string): unknown {
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

function isArchive(body: unknown): body is {
  readonly entries: readonly { readonly path: string; readonly node: { readonly kind: string } }[];
} {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'entries');
}

/** Which files an archive has: their modes and times are those of another file system. */
function archiveText({
  entries,
}: {
  readonly entries: readonly { readonly path: string; readonly node: { readonly kind: string } }[];
}): readonly string[] {
  return entries.map(({ path, node }) => `${node.kind} ${path}`).sort();
}
