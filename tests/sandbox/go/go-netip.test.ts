import { describe, expect, it } from 'vitest';
import { addressFault, prefixFault } from '../../../src/sandbox/go/go-netip.ts';

// What net/netip of Go 1.26 said of each.

describe('why a text is no address', () => {
  it.each<[string, string | undefined]>([
    ['10.0.0.1', undefined],
    ['10.0.0.01', 'ParseAddr("10.0.0.01"): IPv4 field has octet with leading zero'],
    ['10..0.1', 'ParseAddr("10..0.1"): IPv4 field must have at least one digit (at ".0.1")'],
    ['.1.2.3', 'ParseAddr(".1.2.3"): IPv4 field must have at least one digit (at ".1.2.3")'],
    ['1.2.3.', 'ParseAddr("1.2.3."): IPv4 field must have at least one digit (at ".")'],
    ['1.2.3', 'ParseAddr("1.2.3"): IPv4 address too short'],
    ['1.2.3.4.5', 'ParseAddr("1.2.3.4.5"): IPv4 address too long'],
    ['1.2.3.256', 'ParseAddr("1.2.3.256"): IPv4 field has value >255'],
    ['1.2.3.a', 'ParseAddr("1.2.3.a"): unexpected character (at "a")'],
    ['10.0.0.1%eth0', 'ParseAddr("10.0.0.1%eth0"): unexpected character (at "%eth0")'],
    ['', 'ParseAddr(""): unable to parse IP'],
    ['x', 'ParseAddr("x"): unable to parse IP'],
    ['%eth0', 'ParseAddr("%eth0"): missing IPv6 address'],
    ['eth0%', 'ParseAddr("eth0%"): missing IPv6 address'],
    ['::', undefined],
    ['::1', undefined],
    ['1::', undefined],
    ['1:2:3:4:5:6:7:8', undefined],
    ['1:2:3:4:5:6:7:8:9', 'ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")'],
    ['1:2:3:4:5:6:7::', undefined],
    [
      '1:2:3:4:5:6:7:8::',
      'ParseAddr("1:2:3:4:5:6:7:8::"): the :: must expand to at least one field of zeros',
    ],
    [
      '::1:2:3:4:5:6:7:8',
      'ParseAddr("::1:2:3:4:5:6:7:8"): the :: must expand to at least one field of zeros',
    ],
    ['1:2', 'ParseAddr("1:2"): address string too short'],
    ['1:', 'ParseAddr("1:"): colon must be followed by more characters (at ":")'],
    [':1', 'ParseAddr(":1"): each colon-separated field must have at least one digit (at ":1")'],
    [':', 'ParseAddr(":"): each colon-separated field must have at least one digit (at ":")'],
    ['::1::', 'ParseAddr("::1::"): multiple :: in address (at ":")'],
    ['1::2::3', 'ParseAddr("1::2::3"): multiple :: in address (at ":3")'],
    ['12345::', 'ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")'],
    ['1:x', 'ParseAddr("1:x"): each colon-separated field must have at least one digit (at "x")'],
    ['1g::', 'ParseAddr("1g::"): unexpected character, want colon (at "g::")'],
    ['fe80::1%', 'ParseAddr("fe80::1%"): zone must be a non-empty string'],
    ['fe80::1%eth0', undefined],
    ['::ffff:1.2.3.4', undefined],
    ['1:2:3:4:5:6:1.2.3.4', undefined],
    [
      '1:2:3:4:5:6:7:1.2.3.4',
      'ParseAddr("1:2:3:4:5:6:7:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    [
      '1:2:3:1.2.3.4',
      'ParseAddr("1:2:3:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    [
      '::1:2:3:4:5:6:7:1.2.3.4',
      'ParseAddr("::1:2:3:4:5:6:7:1.2.3.4"): too many hex fields to fit an embedded IPv4 at the end of the address (at "1.2.3.4")',
    ],
    ['::1.2.3', 'ParseAddr("::1.2.3"): IPv4 address too short'],
    ['::1.2.3.4.5', 'ParseAddr("::1.2.3.4.5"): IPv4 address too long'],
    ['::1.2.3.4:5', 'ParseAddr("::1.2.3.4:5"): unexpected character (at ":5")'],
    ['FD00::ABCD', undefined],
    ['1:2:3:4:5:6:7:8 ', 'ParseAddr("1:2:3:4:5:6:7:8 "): unexpected character, want colon (at " ")'],
  ])('%j', (text, fault) => {
    expect(addressFault(text)).toBe(fault);
  });
});

describe('why a text is no range of addresses', () => {
  it.each<[string, string | undefined]>([
    ['10.0.0.0/8', undefined],
    ['10.0.0.0/0', undefined],
    ['10.0.0.0/08', 'netip.ParsePrefix("10.0.0.0/08"): bad bits after slash: "08"'],
    ['10.0.0.0/33', 'netip.ParsePrefix("10.0.0.0/33"): prefix length out of range'],
    ['10.0.0.0/-1', 'netip.ParsePrefix("10.0.0.0/-1"): bad bits after slash: "-1"'],
    ['10.0.0.0/', 'netip.ParsePrefix("10.0.0.0/"): bad bits after slash: ""'],
    ['10.0.0.0', 'netip.ParsePrefix("10.0.0.0"): no \'/\''],
    ['10.0.0/8', 'netip.ParsePrefix("10.0.0/8"): ParseAddr("10.0.0"): IPv4 address too short'],
    ['::/128', undefined],
    ['::/129', 'netip.ParsePrefix("::/129"): prefix length out of range'],
    ['fd00::%eth0/64', 'netip.ParsePrefix("fd00::%eth0/64"): IPv6 zones cannot be present in a prefix'],
    ['%eth0/5', 'netip.ParsePrefix("%eth0/5"): ParseAddr("%eth0"): missing IPv6 address'],
    [
      ':x/5',
      'netip.ParsePrefix(":x/5"): ParseAddr(":x"): each colon-separated field must have at least one digit (at ":x")',
    ],
    [
      '10.0.0.0/8/8',
      'netip.ParsePrefix("10.0.0.0/8/8"): ParseAddr("10.0.0.0/8"): unexpected character (at "/8")',
    ],
  ])('%j', (text, fault) => {
    expect(prefixFault(text)).toBe(fault);
  });
});
