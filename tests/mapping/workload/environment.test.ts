import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeReferences, isVariableName, looksSecret } from '../../../src/mapping/workload/environment.ts';

describe('looksSecret', () => {
  it.each([
    ['DB_PASSWORD', 'x', true],
    ['MYSQL_ROOT_PASSWORD', 'x', true],
    ['RABBITMQ_DEFAULT_PASS', 'x', true],
    ['PGPASSWORD', 'x', true],
    ['API_KEY', 'x', true],
    ['apiToken', 'x', true],
    ['AWS_SECRET_ACCESS_KEY', 'x', true],
    ['SECRET_KEY_BASE', 'x', true],
    ['JWT_SECRET', 'x', true],
    ['MYSQL_PWD', 'x', true],
    ['SENTRY_DSN', 'https://k@sentry.io/1', true],
    ['DATABASE_URL', 'postgres://app:pw@db/shop', true],
    ['DATABASE_URL', 'postgres://db/shop', false],
    ['POSTGRES_PASSWORD_FILE', '/run/secrets/pw', false],
    ['ALLOW_EMPTY_PASSWORD', 'yes', false],
    ['MYSQL_ALLOW_EMPTY_PASSWORD', 'true', false],
    ['USE_TOKEN', '1', false],
    ['TOKEN_TTL', '60', false],
    ['AWS_ACCESS_KEY_ID', 'AKIA', false],
    ['KEYCLOAK_URL', 'http://kc', false],
    ['KEYBOARD', 'de', false],
    ['MONKEY', 'x', false],
    ['PATH', '/bin', false],
    ['NODE_ENV', 'production', false],
    ['BYPASS', 'x', false],
  ])('of %s=%s is %s', (name, value, expected) => {
    expect(looksSecret(name, value)).toBe(expected);
  });
});

describe('escapeReferences', () => {
  it.each([
    ['$(X)', '$$(X)'],
    ['a $(date) b', 'a $$(date) b'],
    ['$$', '$$$'],
    ['$$(X)', '$$$$(X)'],
    ['$X', '$X'],
    ['100$', '100$'],
    ['', ''],
  ])('of %s is %s', (text, escaped) => {
    expect(escapeReferences(text)).toBe(escaped);
  });

  it('gives every text back when Kubernetes has expanded it', () => {
    const texts = fc
      .array(fc.constantFrom('$', '(', ')', 'A', ' '), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(fc.property(texts, (text) => expanded(escapeReferences(text)) === text));
  });
});

/** As k8s.io/kubernetes/third_party/forked/golang/expansion does, with a variable `A`. */
function expanded(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$' || at + 1 === text.length) result += text[at];
    else if (text[at + 1] === '$') {
      result += '$';
      at++;
    } else if (text[at + 1] === '(') {
      const end = text.indexOf(')', at);
      if (end < 0) result += '$(';
      else result += text.slice(at + 2, end) === 'A' ? 'expanded' : text.slice(at, end + 1);
      at = end < 0 ? at + 1 : end;
    } else {
      result += `$${text[at + 1]}`;
      at++;
    }
  }
  return result;
}

describe('isVariableName', () => {
  it.each([
    ['A', true],
    ['a.b-c', true],
    ['with space', true],
    ['', false],
    ['a=b', false],
    ['Ä', false],
  ])('of %j is %s', (name, expected) => {
    expect(isVariableName(name)).toBe(expected);
  });
});
