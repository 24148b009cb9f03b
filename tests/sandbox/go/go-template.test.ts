import { describe, expect, it } from 'vitest';
import { goTemplate, TemplateRunError } from '../../../src/sandbox/go/go-template.ts';
import { GoTemplateError } from '../../../src/sandbox/go/go-template-pipe.ts';

// What kubectl 1.36.3 printed of this ConfigMap, and said of templates that it did not take.
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'app', labels: { app: 'web', tier: 'front' } },
  data: { a: 'one', b: 'two\nlines' },
};

describe('a template of Go', () => {
  it.each([
    ['{{index .data "nope"}}', '<no value>'],
    ['{{.nope}} {{.nope.x}}', '<no value> <no value>'],
    ['{{printf "%d %s %v" 1 "a" .data}}', '1 a map[a:one b:two\nlines]'],
    ['{{"a" | printf "%s-%s" "b"}}', 'b-a'],
    ['{{/* c */}}{{- "x" -}} y', 'xy'],
    ['{{print 1 2 "a" "b" 3}}', '1 2ab3'],
    ['{{.data.a | len}}', '3'],
    [
      '{{$x := .data}}{{$x.a}} {{range $k, $v := .data}}{{$k}}={{$v}};{{else}}none{{end}}',
      'one a=one;b=two\nlines;',
    ],
    ['{{with .nope}}a{{else}}b{{end}}', 'b'],
    ['{{base64decode "YQ=="}} {{exists . "data" "a"}} {{exists . "x"}}', 'a true false'],
    ['{{not true}} {{and 1 0}} {{or 0 "a"}} {{ne 1 2}} {{lt 1 2}} {{ge 2 2}}', 'false 0 a true true true'],
    ['{{slice "abc" 1 2}}', 'b'],
    ['{{index .metadata.labels "app"}}', 'web'],
    ['{{printf "%q" .data.a}}', '"one"'],
    ['{{println "a" 1}}', 'a 1\n'],
    ['{{(index .data "a")}}', 'one'],
    ['{{range .nope}}a{{end}}', ''],
    ['{{html "<a>"}}', '&lt;a&gt;'],
    ['{{if eq .data.a "blue"}}yes{{else if .x}}maybe{{else}}no{{end}}', 'no'],
    ['{{if .x}}yes{{else if .data}}maybe{{else}}no{{end}}', 'maybe'],
    [
      '{{1000000.0}} {{123456.0}} {{1234567.0}} {{0.00001}} {{1e20}} {{1.5}} {{printf "%5.2f|%-5s|%05d|%x" 1.5 "a" 7 255}}',
      '1e+06 123456 1.234567e+06 1e-05 1e+20 1.5  1.50|a    |00007|ff',
    ],
    [
      '{{printf "%d" 1.5}} {{printf "%s"}} {{printf "%s" 1 2}}',
      '%!d(float64=1.5) %!s(MISSING) %!s(int=1)%!(EXTRA int=2)',
    ],
    ['{{range $i, $e := .data}}{{if eq $i "a"}}{{continue}}{{end}}{{$i}}{{break}}{{end}}', 'b'],
    ['{{with $x := .data}}{{$x.a}}{{$.kind}}{{end}}', 'oneConfigMap'],
    ['{{range $k, $v := .metadata.labels}}{{if $k}}{{$k}}{{end}},{{end}}', 'app,tier,'],
    ['{{(printf "%s!" .data.a) | printf "%q"}}', '"one!"'],
    ['{{ "}}" }}', '}}'],
    ['{{`raw\\n`}}', 'raw\\n'],
    ['{{"\\t|\\u00e9"}}', '\t|é'],
    ['{{and .data .nope}}|{{or .nope "x"}}', '<no value>|x'],
    ['{{if and (eq .kind "ConfigMap") (not .nope)}}both{{end}}', 'both'],
    ['{{printf "%6s|%-6s|%t" "ab" "cd" true}}', '    ab|cd    |true'],
    ['{{lt "a" "b"}} {{gt 2 1}} {{le 1 1}}', 'true true true'],
    ['{{urlquery "a b&c"}}', 'a+b%26c'],
    ['{{println}}x', '\nx'],
  ])('%s prints %j', (template, written) => {
    expect(goTemplate(template, true)(configMap)).toBe(written);
  });

  it.each([
    ['{{.x', 'template: output:1: unclosed action'],
    ['{{foo}}', 'template: output:1: function "foo" not defined'],
    [
      '{{.data.a.x}}',
      'template: output:1:7: executing "output" at <.data.a.x>: can\'t evaluate field x in type interface {}',
    ],
    ['{{if}}', 'template: output:1: missing value for if'],
    ['{{range .items}}x', 'template: output:1: unexpected EOF'],
    ['{{end}}', 'template: output:1: unexpected {{end}}'],
    [
      '{{eq 1 2.0}}',
      'template: output:1:2: executing "output" at <eq 1 2.0>: error calling eq: incompatible types for comparison: int and float64',
    ],
    [
      '{{eq .data.a 1}}',
      'template: output:1:2: executing "output" at <eq .data.a 1>: error calling eq: incompatible types for comparison: string and int',
    ],
    [
      '{{1000000.0}} {{1}} {{true}} {{nil}}',
      'template: output:1:31: executing "output" at <nil>: nil is not a command',
    ],
    [
      '{{.metadata.labels.app.foo}}',
      'template: output:1:11: executing "output" at <.metadata.labels.app.foo>: can\'t evaluate field foo in type interface {}',
    ],
    [
      '{{range .data.a}}a{{end}}',
      'template: output:1:13: executing "output" at <.data.a>: range can\'t iterate over one',
    ],
    ['{{.data.a | foo}}', 'template: output:1: function "foo" not defined'],
    ['{{if .a}}', 'template: output:1: unexpected EOF'],
    ['{{else}}', 'template: output:1: unexpected {{else}}'],
    [
      '{{.data.a "x"}}',
      'template: output:1:7: executing "output" at <.data.a>: a is not a method but has arguments',
    ],
    ['{{len 3}}', 'template: output:1:2: executing "output" at <len 3>: error calling len: len of type int'],
    [
      '{{index .data 1}}',
      'template: output:1:2: executing "output" at <index .data 1>: error calling index: value has type int; should be string',
    ],
  ])('%s fails: %s', (template, message) => {
    expect(() => goTemplate(template, true)(configMap)).toThrow(message);
  });

  it('says what it had written before it failed', () => {
    const fill = goTemplate('a {{.kind}} {{len 3}}', true);
    try {
      fill(configMap);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateRunError);
      expect((error as TemplateRunError).written).toBe('a ConfigMap ');
    }
  });

  it('names a key that is not there when it is told to', () => {
    expect(() => goTemplate('{{.nope}}', false)(configMap)).toThrow('map has no entry for key "nope"');
  });

  it('refuses templates inside it by name', () => {
    const text = '{{define "x"}}{{end}}';
    expect(() => goTemplate(text, true)).toThrow(GoTemplateError);
    expect(() => goTemplate(text, true)).toThrow('{{define}} is not simulated here');
  });
});
