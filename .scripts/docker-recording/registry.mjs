// A registry for recordings: Docker Hub and registry.example.com as the engine meets them, with the images that the
// scenarios pull, each made FROM scratch with a static busybox.

import { createHash } from 'node:crypto';
import { createServer } from 'node:https';

const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

/** Accounts of registry.example.com; what is below `private/` is for them alone, and so is its front door. */
const accounts = { team: 'shop-1234' };

/** How long an answer takes, in milliseconds: what is said while one waits is to be seen. */
const latency = 150;

/** The digest of bytes. */
export function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Blobs and manifests by their digest, and digests by `host/repository:tag`. */
export class Store {
  blobs = new Map();
  manifests = new Map();
  tags = new Map();
  /** Repositories that were there from the beginning, and `repository@digest` of what was pushed. */
  published = new Set();
  pushed = new Set();

  /**
   * Publishes an image for one platform.
   *
   * @param layers `{ packed, plain }`: the bytes of each, compressed, and the digest of what they unpack to
   */
  publish(names, { config, created, history, layers }) {
    const image = {
      architecture: 'amd64',
      os: 'linux',
      created,
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ plain }) => plain) },
      history: history.map((each) => ({ created, ...each })),
    };
    const put = (type, bytes) => {
      this.blobs.set(digestOf(bytes), bytes);
      return { mediaType: type, digest: digestOf(bytes), size: bytes.length };
    };
    const manifest = this.#keep(types.manifest, {
      schemaVersion: 2,
      mediaType: types.manifest,
      config: put(types.config, Buffer.from(JSON.stringify(image))),
      layers: layers.map(({ packed }) => put(types.layer, packed)),
    });
    for (const name of names) {
      this.tags.set(name, manifest.digest);
      this.published.add(name.replace(/:[^:]*$/, ''));
    }
  }

  #keep(type, value) {
    const bytes = Buffer.from(JSON.stringify(value));
    const digest = digestOf(bytes);
    this.manifests.set(digest, { type, bytes });
    return { mediaType: type, digest, size: bytes.length };
  }

  /** Whether a repository has a blob. */
  holds(repository, digest) {
    return (
      this.pushed.has(`${repository}@${digest}`) || (this.blobs.has(digest) && this.isPublished(repository))
    );
  }

  /** Whether a repository was there from the beginning. */
  isPublished(repository) {
    return this.published.has(repository);
  }

  /** Whether anything is known of a repository. */
  has(repository) {
    return [...this.tags.keys()].some((name) => name.startsWith(`${repository}:`));
  }
}

/** Serves a store as both registries, told apart by the host that is asked. @param tls `{ key, cert }` */
export function serve(store, tls, address) {
  const server = createServer(tls, (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => setTimeout(answer, latency, store, request, Buffer.concat(chunks), response));
  });
  return new Promise((resolve) => server.listen(443, address, () => resolve(server)));
}

function answer(store, request, body, response) {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const url = new URL(request.url, `https://${host}`);
  const send = (status, value = '', headers = {}) => {
    const isText = typeof value === 'string' || Buffer.isBuffer(value);
    const bytes = isText ? value : JSON.stringify(value);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
  const refuse = (status, code, message, headers) => send(status, { errors: [{ code, message }] }, headers);

  if (url.pathname === '/token') return token(request, url, send);
  if (host === 'index.docker.io') return search(url, send);
  const isHub = host === 'registry-1.docker.io';
  const [, repository, kind, rest = ''] =
    /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.*)$/.exec(url.pathname) ?? [];
  const denied = isHub ? hubDenial(store, request, repository) : ownDenial(request, repository);
  if (denied) return refuse(401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': denied });
  if (repository === undefined) return send(200, {});

  const full = `${isHub ? 'docker.io' : host}/${repository}`;
  if (kind === 'blobs') return blobs(store, request, { url, rest, body, repository, full }, send, refuse);
  if (request.method === 'PUT') {
    const digest = digestOf(body);
    store.manifests.set(digest, { type: request.headers['content-type'], bytes: body });
    store.tags.set(`${full}:${rest}`, digest);
    return send(201, '', {
      'docker-content-digest': digest,
      location: `/v2/${repository}/manifests/${digest}`,
    });
  }
  const digest = rest.startsWith('sha256:') ? rest : store.tags.get(`${full}:${rest}`);
  const found = digest === undefined ? undefined : store.manifests.get(digest);
  if (!found) return refuse(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  send(200, found.bytes, {
    'content-type': found.type,
    'docker-content-digest': digest,
    'content-length': found.bytes.length,
  });
}

function blobs(store, request, { url, rest, body, repository, full }, send, refuse) {
  const { method } = request;
  const place = `/v2/${repository}/blobs/uploads/one`;
  if (method === 'POST') return send(202, '', { location: place, range: '0-0' });
  if (method === 'PATCH') {
    store.upload = Buffer.concat([store.upload ?? Buffer.alloc(0), body]);
    return send(202, '', { location: place, range: `0-${store.upload.length - 1}` });
  }
  if (method === 'PUT') {
    const bytes = Buffer.concat([store.upload ?? Buffer.alloc(0), body]);
    store.upload = undefined;
    store.blobs.set(url.searchParams.get('digest'), bytes);
    store.pushed.add(`${full}@${url.searchParams.get('digest')}`);
    return send(201, '', { 'docker-content-digest': url.searchParams.get('digest') });
  }
  const bytes = store.blobs.get(rest);
  // What was pulled from one repository is not in another, until it was pushed there.
  const isHere = method === 'GET' || store.holds(full, rest);
  if (!bytes || !isHere) return refuse(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  send(200, bytes, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
}

/** Docker Hub gives everybody a token, and does not say whether a repository is missing or private. */
function hubDenial(store, request, repository) {
  const realm = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!request.headers.authorization?.startsWith('Bearer ')) {
    if (repository === undefined) return realm;
    return `${realm},scope="repository:${repository}:${isReading ? 'pull' : 'pull,push'}"`;
  }
  if (repository === undefined || (isReading && store.has(`docker.io/${repository}`))) return undefined;
  const scope = `repository:${repository}:${isReading ? 'pull' : 'pull,push'}`;
  return `${realm},scope="${scope}",error="insufficient_scope"`;
}

function ownDenial(request, repository) {
  const given = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const [name = '', ...password] = Buffer.from(given ?? '', 'base64')
    .toString()
    .split(':');
  const isKnown = Object.hasOwn(accounts, name) && accounts[name] === password.join(':');
  const isOpen = repository !== undefined && !repository.startsWith('private/');
  return isKnown || (isOpen && given === undefined) ? undefined : 'Basic realm="Registry Realm"';
}

/** Docker Hub knows nobody's password here. */
function token(request, url, send) {
  const isLogin = request.headers.authorization?.startsWith('Basic ') || request.method === 'POST';
  if (isLogin) return send(401, { details: 'incorrect username or password' });
  send(200, {
    token: 'anybody',
    access_token: 'anybody',
    expires_in: 300,
    scope: url.searchParams.get('scope'),
  });
}

function search(url, send) {
  const term = url.searchParams.get('q') ?? '';
  const all = [{ name: 'busybox', description: 'Busybox base image.', star_count: 3400, is_official: true }];
  const results = all.filter(({ name }) => name.includes(term));
  send(200, { num_results: results.length, query: term, results });
}
