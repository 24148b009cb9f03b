import { isSecretName } from './secret-names.ts';
import { maskShapes } from './secret-shapes.ts';

const mask = '***';

/**
 * A text in which nothing that looks like a secret is shown: each stands as `***`. A secret is known by the
 * name of its flag or variable, by where it stands (a login, a URL), or by its shape. Masking twice changes
 * nothing more.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(/(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]{1,20000}(?=-----END)/g, `$1${mask}`)
    .split('\n')
    .map(maskLine)
    .join('\n');
}

function maskLine(line: string): string {
  if (!/[:=@]|-p|pass|secret|token|key|auth|cred|redis|login|\w{16}/i.test(line)) return line;
  return maskShapes(maskPlaces(maskNamed(maskUrls(line))));
}

/** `https://you:***@host`, and the name too where there is no password, since a token can be the name. */
function maskUrls(line: string): string {
  return line
    .replace(
      /(?<![\w+.-])([a-z][\w+.-]{1,20}:\/\/)([^\s/@:'"]{0,200}):([^\s/'"]{1,500})@/gi,
      (whole, scheme: string, user: string, password: string) =>
        isReference(password) ? whole : `${scheme}${user}:${mask}@`,
    )
    .replace(
      /(?<![\w+.-])(?!ssh|git\+ssh|rsync|sftp)([a-z][\w+.-]{1,20}:\/\/)([^\s/@:'"]{1,500})@/gi,
      (whole, scheme: string, user: string) => (isReference(user) ? whole : `${scheme}${mask}@`),
    )
    .replace(/(?<![\w.-])([\w.-]{1,60}):([^\s@:'"/]{1,200})@(?=(?:tcp|unix)\()/g, `$1:${mask}@`);
}

/** `NAME=…`, `--flag=…`, `--flag …`, `"name": …` and `name: …`, where the name says so. */
function maskNamed(line: string): string {
  const isImages = /\bset\s+image\b/.test(line);
  const isSecretOf = /\bcreate\s+secret\b/.test(line);
  const names =
    /(?<![\w.-])(-{0,2})([A-Za-z_][\w.-]{0,100})(["']?\s*:\s+(?=\S)|["']\s*:\s*(?=["'])|=|\s+(?=[^\s-]))/g;
  let masked = '';
  let done = 0;
  for (let found = names.exec(line); found; found = names.exec(line)) {
    const [whole, dashes = '', name = '', between = ''] = found;
    const start = found.index + whole.length;
    const isFlag = dashes === '--';
    const isLiteral =
      isSecretOf && between === '=' && /--from-literal[= ]["']?$/.test(line.slice(0, found.index));
    const isNamed = /^\s+$/.test(between)
      ? isFlag && isSecretName(name)
      : isLiteral || (isSecretName(name) && !(isImages && !isFlag));
    // The name of what follows may begin right behind this one.
    names.lastIndex = found.index + dashes.length + name.length + (between === '=' ? 1 : 0);
    if (!isNamed || start < done) continue;
    const value = valueAt(line, start, line.charAt(found.index - 1));
    if (value.text === '' || isHarmless(value.text)) continue;
    masked += line.slice(done, value.start) + mask;
    done = value.end;
    names.lastIndex = Math.max(names.lastIndex, done);
  }
  return masked + line.slice(done);
}

interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The value that begins at a place: to the quote that closes it, or that was opened before its name. */
function valueAt(line: string, start: number, before: string): Value {
  const first = line.charAt(start);
  const opened = first === '"' || first === "'";
  const quote = opened ? first : before === '"' || before === "'" ? before : '';
  const from = opened ? start + 1 : start;
  const close = quote === '' ? -1 : endOfQuote(line, from, quote);
  if (close >= 0) return { text: line.slice(from, close), start: from, end: close };
  const ends = before === ';' ? /[;'"]/g : /(?<!\\)[\s'"`;&|<>]/g;
  ends.lastIndex = from;
  const end = ends.exec(line)?.index ?? line.length;
  return { text: line.slice(from, end), start: from, end };
}

function endOfQuote(line: string, from: number, quote: string): number {
  for (let at = from; at < line.length; at += 1) {
    if (line.charAt(at) === quote) return at;
    if (line.charAt(at) === '\\' && quote === '"') at += 1;
  }
  return -1;
}

/** What cannot be a secret by itself: masked already, a reference, a switch, a file. */
function isHarmless(value: string): boolean {
  return (
    value === mask ||
    isReference(value) ||
    /^(?:true|false|yes|no|on|off|null|none|always|never)$/i.test(value) ||
    /^(?:\.{1,2}|~)?\/[\w./@~-]*$/.test(value) ||
    /^[A-Za-z]:\\/.test(value) ||
    /^[\w./-]+\.(?:pem|key|crt|cer|pub|json|ya?ml|txt|env|conf|cfg|ini|p12|pfx|jks|asc|gpg)$/.test(value)
  );
}

/** A variable or a substitution: `$PASSWORD`, `${TOKEN:?}`, `$(cat file)`, `%PASSWORD%`, `${{ secrets.X }}`. */
function isReference(value: string): boolean {
  return /^(?:\$\w+|\$\{.*\}?|\$\(.*|%\w+%|\$env:\w+|<[\w -]+>)$/s.test(value);
}

const quotedOrPlain = /"(?:[^"\\]|\\.){0,500}"|'[^']{0,500}'|(?:\\.|[^\s'"|;&<>\\]){1,500}/.source;

/** Where a secret stands by custom: `login -p`, `mysql -p…`, `curl -u`, what is piped into a login. */
function maskPlaces(line: string): string {
  let masked = line;
  if (/\blogin\b/.test(line)) {
    masked = masked
      .replace(new RegExp(`(\\slogin\\b[^|;&]{0,300}?\\s-p(?:=|\\s+)?)(${quotedOrPlain})`), putMask)
      .replace(
        new RegExp(
          `\\b((?:echo|printf)\\s+(?:-\\w+\\s+|["']?%s(?:\\\\n)?["']?\\s+)?)(${quotedOrPlain})(?=\\s*\\|[^|]{0,100}\\blogin\\b)`,
        ),
        putMask,
      );
  }
  if (/\b(?:mysql\w*|mariadb\w*)\b/.test(line)) {
    masked = masked.replace(
      new RegExp(`(\\b(?:mysql|mariadb)[\\w-]*\\s[^|;&]{0,300}?\\s-p)(${quotedOrPlain})`),
      putMask,
    );
  }
  if (/\bredis-cli\b/.test(line)) {
    masked = masked.replace(new RegExp(`(\\bredis-cli\\s[^|;&]{0,300}?-a\\s+)(${quotedOrPlain})`), putMask);
  }
  if (/\bcurl\b/.test(line)) {
    masked = masked.replace(
      /(\bcurl\s[^|;&]{0,300}?(?:-u|--user)[\s=]+["']?[^\s:'"]{1,100}:)([^\s'"]{1,300})/,
      putMask,
    );
  }
  return masked.replace(
    /\b(Bearer|Authorization: ?(?:Basic|Token))\s+(?!\*{3})([\w+/=.~-]{6,2000})/gi,
    (whole, how: string, value: string) => (isReference(value) ? whole : `${how} ${mask}`),
  );
}

function putMask(whole: string, before: string, value: string): string {
  const [quote = ''] = /^["']/.exec(value) ?? [];
  const bare = quote === '' ? value : value.slice(1, -1);
  return bare === '' || isReference(bare) || bare === mask ? whole : `${before}${quote}${mask}${quote}`;
}
