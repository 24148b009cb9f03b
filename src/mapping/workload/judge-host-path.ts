import { baseName } from '../../docker/base-name.ts';
import type { Volume } from '../../kubernetes/pod-spec.ts';

/** What a path of the host most likely holds, by its looks; nothing is read. */
export type HostPathUse =
  /** The Docker Engine's own socket. */
  | { readonly use: 'engine' }
  /** Of the machine itself: of the kernel, of devices, of the system. */
  | { readonly use: 'node'; readonly type?: NonNullable<Volume['hostPath']>['type'] }
  /** A file of configuration, or of secrets. */
  | { readonly use: 'file'; readonly secret: boolean }
  /** A directory of such files. */
  | { readonly use: 'files'; readonly secret: boolean }
  /** The program itself. */
  | { readonly use: 'source' }
  /** What the program keeps. */
  | { readonly use: 'data' }
  /** A path of the machine that says nothing about itself. */
  | { readonly use: 'unknown' };

const engineSocket = /(^|\/)(docker|podman|containerd)\.sock$|^\/\/\.\/pipe\/docker/;
const systemFile =
  /^\/etc\/(localtime|timezone|machine-id|hostname|hosts|resolv\.conf|passwd|group|shadow|os-release)$/;
const systemPath =
  /^\/$|^\/(proc|sys|boot|lib\/modules|run|cgroup|usr\/src|usr\/lib|etc)$|^\/(proc|sys|dev|run|var\/run|lib\/modules)\/|^\/dev$|^\/var\/(run|log|lib\/(docker|containerd|kubelet))(\/|$)|^\/etc\/(cni|kubernetes)(\/|$)/;
const secretFile =
  /\.(key|pem|crt|cer|p12|pfx|jks|keystore|htpasswd|pgpass)$|(^|\/)(id_(rsa|ed25519|ecdsa)|\.?htpasswd|\.netrc|\.pgpass|\.npmrc|\.dockercfg|credentials)$|(secret|passw|token|credential)[^/]*$/i;
const configFile =
  /\.(conf|cnf|cfg|config|ini|ya?ml|json|toml|xml|properties|env|txt|html?|css|sh|sql|rules|tpl|tmpl|template|hcl|lua|vcl|list|repo|rc|cf|acl|md|csv)$|(^|\/)(Caddyfile|Corefile|Procfile|crontab|\.env[^/]*|\.[a-z]{2,}rc|haproxy|nginx|motd)$/;
const secretDirectory = /(^|\/)(certs?|certificates|ssl|tls|secrets?|pki|keys|\.ssh|\.aws|\.kube)\/?$/i;
const configDirectory =
  /(^|\/)(conf|confs|config|configs|configuration|[\w.-]+\.d|sites-(enabled|available)|provisioning|initdb|init-scripts)\/?$/i;
const dataDirectory =
  /(^|\/)([\w.-]*[-_.]?data(base)?|db|dbs|pgdata|datadir|storage|store|uploads?|downloads?|media|movies|tv|music|books|photos|files|backups?|logs?|log|cache|state|volumes?|mysql|postgres(ql)?|mongo(db)?|redis|mariadb|elasticsearch|appdata|repos(itory)?|nexus|models?)\/?$/i;
const dataTarget =
  /^\/(var\/(lib|opt|log|cache|backups?|spool)|data|db|bitnami|srv\/data|mnt|media|config|root\/\.|home\/[^/]+\/\.|opt\/[^/]+\/(data|logs?))(\/|$)/;
const sourceDirectory =
  /(^|\/)(src|source|sources|app|apps|code|lib|project|projects|workspace|work|www|public|html|htdocs|site|dist|build|static|assets|themes?|plugins?|notebooks?|scripts?|tests?|docs|site-packages|node_modules|target|bin)\/?$/i;
const sourceTarget =
  /^\/(app|apps|code|src|source|workspace|workdir|work|project|repo|build|tmp\/src|usr\/src(\/.*)?|go\/src\/.*|usr\/share\/nginx\/html|usr\/local\/apache2\/htdocs|var\/www(\/.*)?|srv\/(www|jekyll|app).*|opt\/app.*|home\/[^/]+\/(work|project|app).*)(\/|$)/;
const codeFile =
  /\.(py|js|mjs|cjs|ts|tsx|jsx|go|rb|php|java|kt|scala|rs|c|cc|cpp|h|cs|swift|ex|exs|pl|ipynb|jar|war|exe|so)$/i;
const workingDirectory = /^(\.{1,2}|\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`|%cd%|\$\{?PWD\}?)[/\\]?$/i;

/**
 * Says what to make of a bind mount: a ConfigMap or Secret of a file, part of the image, a claim, or a path
 * of the node after all (https://kubernetes.io/docs/concepts/storage/volumes/#hostpath).
 *
 * @param source the path on the host, as it was written
 * @param target where it is mounted
 */
export function judgeHostPath(source: string, target: string, readOnly: boolean): HostPathUse {
  // No system has longer paths.
  if (source.length > 4096) return { use: 'unknown' };
  const path = source.replaceAll('\\', '/');
  const last = baseName(path.replace(/\/+$/, ''));
  if (engineSocket.test(path)) return { use: 'engine' };
  if (systemFile.test(path)) return { use: 'node', type: 'File' };
  if (systemPath.test(path)) return { use: 'node', ...typeOf(path) };
  if (workingDirectory.test(path)) return { use: 'source' };
  if (codeFile.test(last)) return { use: 'source' };
  if (secretFile.test(path) && !path.endsWith('/')) return { use: 'file', secret: true };
  if (configFile.test(path) && !/\.d$/.test(last)) return { use: 'file', secret: false };
  if (isConfigDirectory(path, target, readOnly)) return { use: 'files', secret: secretDirectory.test(path) };
  if (dataDirectory.test(path)) return { use: 'data' };
  if (sourceTarget.test(target) || sourceDirectory.test(path)) return { use: 'source' };
  if (dataTarget.test(target)) return { use: 'data' };
  if (isOnTheNode(path)) return { use: 'unknown' };
  return readOnly ? { use: 'source' } : { use: 'data' };
}

/** Whether the path could be one of a node: absolute, and not in anybody's home. */
export function isOnTheNode(path: string): boolean {
  return path.startsWith('/') && !/^\/(home|Users|root|[a-z])\//.test(path) && !path.includes('$');
}

/** An absolute path without `.`, `..` and doubled slashes, which the API refuses in a hostPath. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** A directory that the container writes to is none of configuration, whatever its name. */
function isConfigDirectory(path: string, target: string, readOnly: boolean): boolean {
  if (target.startsWith('/docker-entrypoint-initdb.d')) return true;
  if (secretDirectory.test(path)) return true;
  return configDirectory.test(path) && (readOnly || (target.startsWith('/etc/') && target !== '/etc'));
}

function typeOf(path: string): { type?: 'Socket' | 'Directory' } {
  if (/\.sock$/.test(path)) return { type: 'Socket' };
  return /^\/(proc|sys|dev|boot|run|lib\/modules|var\/log)?$/.test(path) ? { type: 'Directory' } : {};
}
