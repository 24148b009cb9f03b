import { utf8Bytes } from '../../../images/utf8.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { readOptions } from '../options.ts';

/** base64 */
export const base64: Program = filter({
  begin(call) {
    const { flags, values, rest } = readOptions(call, call.isBusybox ? 'dw:' : 'dw:i', {
      decode: 'd',
      wrap: 'w',
      'ignore-garbage': 'i',
    });
    return {
      own: {
        text: '',
        decodes: flags.d !== undefined,
        width: Number(values.w ?? 76),
        ignores: call.isBusybox || flags.i !== undefined,
      },
      files: rest,
    };
  },
  line: (_, own, line) => ({ ...own, text: own.text + line }),
  end(call, own) {
    if (own.decodes) {
      const wrong = own.ignores ? -1 : own.text.replaceAll('\n', '').search(/[^\w+/=]|_/);
      call.out(decode(wrong < 0 ? own.text : own.text.replaceAll('\n', '').slice(0, wrong)));
      if (wrong >= 0) call.err('base64: invalid input\n');
      return wrong < 0 ? 0 : 1;
    }
    const encoded = encode(own.text);
    const lines = own.width > 0 ? (encoded.match(new RegExp(`.{1,${own.width}}`, 'g')) ?? []) : [encoded];
    call.out(`${lines.join('\n')}${own.width > 0 && encoded !== '' ? '\n' : ''}`);
    return 0;
  },
  unreadable: (_, file, error) => `base64: ${file}: ${error.message}\n`,
});

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A text in base64 (RFC 4648), by its UTF-8. */
export function encode(text: string): string {
  const bytes = utf8Bytes(text);
  let found = '';
  for (let place = 0; place < bytes.length; place += 3) {
    const [one = 0, two = 0, three = 0] = bytes.slice(place, place + 3);
    const left = bytes.length - place;
    found += digits.charAt(one >> 2) + digits.charAt(((one & 3) << 4) | (two >> 4));
    found += left > 1 ? digits.charAt(((two & 15) << 2) | (three >> 6)) : '=';
    found += left > 2 ? digits.charAt(three & 63) : '=';
  }
  return found;
}

/** The text of some base64; what is no digit is passed over. */
function decode(text: string): string {
  let bits = 0;
  let count = 0;
  let hex = '';
  for (const character of text) {
    const value = digits.indexOf(character);
    if (value < 0) continue;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    hex += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
    bits &= (1 << count) - 1;
  }
  try {
    return decodeURIComponent(hex);
  } catch {
    return hex.replace(/%(..)/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  }
}
