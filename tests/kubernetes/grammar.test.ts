import { describe, expect, it } from 'vitest';
import { canonicalKubectl, kubectlCommands, kubectlGrammar } from '../../src/kubernetes/grammar.ts';

describe('the grammar of kubectl', () => {
  it('knows every command and every flag by one name', () => {
    expect(kubectlCommands().length).toBeGreaterThan(105);
    expect(kubectlCommands()[0]).toBe('kubectl');
    for (const path of kubectlCommands()) {
      const grammar = kubectlGrammar(path);
      expect(grammar?.path).toBe(path);
      const names = (grammar?.flags ?? []).flatMap(({ name, shorthand }) => [name, shorthand ?? name]);
      expect(new Set(names).size, path).toBe(
        new Set(grammar?.flags.flatMap(({ name, shorthand = [] }) => [name, shorthand].flat())).size,
      );
      for (const flag of grammar?.flags ?? []) {
        expect(flag.name).toMatch(/^--[a-z0-9][-a-z0-9]*$/);
        expect(flag.type).toMatch(
          /^(bool|duration|int|int32|level|modules|string|stringArray|stringSlice|stringToString)$/,
        );
      }
    }
  });

  it.each<[string, string, object]>([
    ['kubectl', '--namespace', { type: 'string', shorthand: '-n' }],
    ['kubectl get', '--all-namespaces', { type: 'bool', shorthand: '-A', alone: 'true' }],
    ['kubectl get', '--chunk-size', { type: 'int', default: '500' }],
    ['kubectl get', '--label-columns', { type: 'stringSlice', shorthand: '-L' }],
    ['kubectl logs', '--since', { type: 'duration' }],
    ['kubectl logs', '--tail', { type: 'int', default: '-1' }],
    ['kubectl run', '--env', { type: 'stringArray' }],
    ['kubectl run', '--dry-run', { type: 'string', alone: 'unchanged', default: 'none' }],
    ['kubectl delete', '--cascade', { type: 'string', alone: 'background', default: 'background' }],
    ['kubectl apply', '--validate', { type: 'string', alone: 'strict', default: 'strict' }],
    ['kubectl apply', '--record', { type: 'bool', alone: 'true', hidden: true }],
    ['kubectl autoscale', '--max', { type: 'int32', default: '-1' }],
    ['kubectl autoscale', '--cpu', { type: 'string', only: '1.36' }],
    ['kubectl top pod', '--show-swap', { type: 'bool', alone: 'true', only: '1.36' }],
    ['kubectl attach', '--detach-keys', { type: 'string', default: 'ctrl-p,ctrl-q', only: '1.36' }],
    ['kubectl debug', '--env', { type: 'stringToString' }],
  ])('of %s has %s as it is', (path, name, expected) => {
    expect(kubectlGrammar(path)?.flags.find((flag) => flag.name === name)).toEqual({ name, ...expected });
  });

  it('says which command only one of the versions has', () => {
    expect(kubectlCommands().filter((path) => kubectlGrammar(path)?.only)).toEqual([
      'kubectl kuberc',
      'kubectl kuberc set',
      'kubectl kuberc view',
    ]);
  });

  it.each<[string, string | undefined]>([
    ['kubectl', 'kubectl'],
    ['k', 'kubectl'],
    ['kubectl top pods', 'kubectl top pod'],
    ['k top no', 'kubectl top node'],
    ['kubectl create ns', 'kubectl create namespace'],
    ['kubectl create svc nodeport', 'kubectl create service nodeport'],
    ['kubectl rollout restart', 'kubectl rollout restart'],
    ['kubectl rollout', 'kubectl rollout'],
    ['kubectl foo', undefined],
    ['kubectl get foo', undefined],
    ['docker', undefined],
    ['', undefined],
    ['kubectl constructor', undefined],
  ])('calls %o %s', (path, canonical) => {
    expect(canonicalKubectl(path)).toBe(canonical);
  });

  it.each(['', 'docker', 'kubectl  get', 'kubectl foo', 'kubectl toString', 'k'])('knows no %o', (path) => {
    expect(kubectlGrammar(path)).toBeUndefined();
  });
});
