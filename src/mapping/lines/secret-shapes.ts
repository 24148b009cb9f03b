const mask = '***';

/** Tokens that are known by how they begin; their makers publish the beginnings so that scanners find them. */
const known = new RegExp(
  `(?<![\\w-])(?:${[
    'gh[pousr]_[A-Za-z\\d]{16,255}',
    'github_pat_\\w{16,255}',
    'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\\w.-]{15,300}',
    'xox[abeoprs]-[\\w-]{8,300}',
    'xapp-[\\w-]{8,300}',
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z\\d]{16}',
    'dckr_(?:pat|oat)_[\\w-]{8,255}',
    'eyJ[\\w-]{8,4000}\\.[\\w-]{4,8000}(?:\\.[\\w-]{0,4000})?',
    'npm_[A-Za-z\\d]{30,255}',
    'pypi-[\\w-]{16,300}',
    'sk-[\\w-]{20,300}',
    '[sr]k_(?:live|test)_\\w{10,255}',
    'AIza[\\w-]{30,255}',
    'ya29\\.[\\w-]{20,2000}',
    'SG\\.[\\w-]{10,255}\\.[\\w-]{10,255}',
    'SWMTKN-1-[\\w-]{10,255}',
    'hv[sb]\\.[\\w-]{20,500}',
    'do[op]_v1_[\\da-f]{20,255}',
    'shp(?:at|ca|pa|ss)_[\\da-fA-F]{20,255}',
    'hf_[A-Za-z]{20,255}',
    'K10[\\da-f]{40,255}::\\w{1,60}:[\\da-f]{16,255}',
  ].join('|')})`,
  'g',
);

/** A word of its own, or what stands behind `=` or between quotes. */
const standing = /(?<![^\s='"`(,])([A-Za-z\d+/_-]{32,4000}={0,2})(?![^\s'"`),;&|])/g;

/** Names before a `=` that say that the value is public: a commit, a digest, a version. */
const publicName =
  /(?:sha\d*|commit|digest|hash|tag|rev|revision|version|image|ref|uid|container|id)["']?=$/i;

/** Masks what is a secret by its look: known tokens, private keys, long hexadecimal and Base64 words. */
export function maskShapes(line: string): string {
  const tokens = line
    .replace(known, mask)
    .replace(/(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)(?!\*{3})[^-]{1,20000}(?=-----END|$)/g, `$1${mask}`);
  return tokens.replace(standing, (word: string, _word: string, at: number) => {
    if (publicName.test(tokens.slice(Math.max(0, at - 40), at))) return word;
    return isRandom(word) ? mask : word;
  });
}

/** Long enough and mixed enough for nobody to have made it up; no path, and no words with hyphens. */
function isRandom(word: string): boolean {
  if (/^[\da-fA-F]+$/.test(word)) return /\d/.test(word) && /[a-f]/i.test(word);
  const isPath = word.includes('/') && !/[+=]/.test(word);
  if (isPath || word.length < 40) return false;
  const count = (pattern: RegExp): number => word.match(pattern)?.length ?? 0;
  const least = /[-_]/.test(word) ? 4 : 2;
  return count(/[A-Z]/g) >= least && count(/[a-z]/g) >= least && count(/\d/g) >= least;
}
