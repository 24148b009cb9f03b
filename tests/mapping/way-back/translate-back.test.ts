import { describe, expect, it } from 'vitest';
import { parseDocker } from '../../../src/docker/parse.ts';
import { joinWords, quoteWord } from '../../../src/docker/words.ts';
import { wayBack } from './kubectl-rows.ts';
import { wayBackTable } from './way-back-table.ts';

const typed = (argv: readonly string[]): string => argv.map(quoteWord).join(' ');

describe('the way back', () => {
  it.each(wayBackTable.map(([line, grade, ...docker]) => ({ line, grade, docker })))(
    'knows $line',
    ({ line, grade, docker }) => {
      const answer = wayBack(line);
      expect({ grade: answer.grade, docker: answer.commands.map(({ argv }) => typed(argv)) }).toEqual({
        grade,
        docker,
      });
      expect(answer.input).toBe(line);
      expect(answer.summary).not.toBe('');
      expect(answer.sources).not.toHaveLength(0);
    },
  );

  it('covers every command with a line', () => {
    expect(wayBackTable.length).toBeGreaterThanOrEqual(150);
  });

  it('prints lines that docker takes', () => {
    for (const [line] of wayBackTable) {
      for (const { argv } of wayBack(line).commands) {
        expect(() => parseDocker(joinWords(argv).words), `${line}: ${typed(argv)}`).not.toThrow();
      }
    }
  });

  it('judges each flag, in the order given, the global ones among them', () => {
    const { flags } = wayBack('kubectl -n shop logs -f --tail=20 --since=5m deploy/web -c app --context dev');
    expect(flags.map(({ flag, value, grade, docker }) => [flag, value, grade, docker])).toEqual([
      ['--namespace', 'shop', 'approximate', 'docker compose --project-name'],
      ['--follow', undefined, 'exact', '--follow'],
      ['--tail', '20', 'exact', '--tail'],
      ['--since', '5m', 'exact', '--since'],
      ['--container', 'app', 'none', 'none'],
      ['--context', 'dev', 'approximate', '--context'],
    ]);
    for (const { why, sources } of flags) {
      expect(why).toMatch(/[.)]$/);
      expect(sources).not.toHaveLength(0);
    }
  });

  it.each<[string, string, string, RegExp]>([
    ['kubectl get svc web -o json', '--output', 'none', /takes nothing like it/],
    ['kubectl run x -it --rm --image=busybox --restart=Always', '--restart', 'none', /cannot specify both/],
    [
      'kubectl create deploy web --image=nginx --replicas=2 --port=80',
      '--port',
      'none',
      /unknown flag: --expose/,
    ],
    ['kubectl get pods -o yaml', '--output', 'none', /docker inspect/],
    ['kubectl get pods --watch=false', '--watch', 'approximate', /docker events/],
    ['kubectl get ns -l team=a', '--selector', 'none', /no labels/],
    ['kubectl get nodes -l disk=ssd', '--selector', 'approximate', /Labels of the node/],
    ['kubectl logs web --help', '--help', 'exact', /explain/],
    ['kubectl get pods --v=6', '--v', 'approximate', /docker --debug/],
    ['kubectl get pods --token=abc', '--token', 'none', /no tokens/],
    ['kubectl delete pod web --dry-run=client', '--dry-run', 'approximate', /Compose can rehearse/],
    ['kubectl wait --for=jsonpath={.status.phase}=Running pod/web', '--for', 'none', /no field/],
  ])('says of %s what becomes of %s', (line, flag, grade, why) => {
    const verdict = wayBack(line).flags.find((each) => each.flag === flag);
    expect(verdict).toMatchObject({ grade, why: expect.stringMatching(why) });
  });

  it.each<[string, Record<string, unknown>]>([
    ['kubectl logs deploy/web', { object: 'deploy/web' }],
    ['kubectl get deploy web db', { objects: ['deploy', 'web', 'db'] }],
    ['kubectl exec web -- ls /', { object: 'web', command: ['ls', '/'] }],
    ['kubectl label node a b x=1 y-', { objects: ['node', 'a', 'b'], pairs: ['x=1', 'y-'] }],
    ['kubectl cp shop/web:/x ./x', { from: 'shop/web:/x', to: './x' }],
    ['kubectl set serviceaccount deploy web robot', { objects: ['deploy', 'web'], account: 'robot' }],
    ['kubectl port-forward svc/web 8080:80 9090', { object: 'svc/web', ports: ['8080:80', '9090'] }],
    ['kubectl version', {}],
  ])('names the arguments of %s', (line, positionals) => {
    expect(wayBack(line).positionals).toEqual(positionals);
  });

  it.each<[string, string]>([
    ['kubectl exec --stdin=false --tty=F web -- ls', 'docker exec web ls'],
    ['kubectl get pods --watch=0', 'docker ps'],
    ['kubectl run web --image=nginx --stdin=false', 'docker run -d --restart=always --name=web nginx'],
  ])('takes a switch that is turned off for none: %s', (line, docker) => {
    expect(wayBack(line).commands.map(({ argv }) => typed(argv))).toEqual([docker]);
  });

  it('says why docker would refuse the whole line', () => {
    expect(wayBack('kubectl run web --image=Nginx').caveats).toContainEqual(
      expect.stringMatching(/^docker takes no such line: invalid reference format/),
    );
  });

  it('answers for each kind that a line names', () => {
    const answer = wayBack('kubectl get deploy,secrets,certificates');
    expect(answer.summary).toMatch(/service of Compose.*Lists secrets.*nothing of this kind/);
    expect(answer.grade).toBe('approximate');
  });

  it('keeps passwords out of the docker line', () => {
    const line =
      'kubectl create secret docker-registry hub --docker-username=me --docker-password=hunter2 --docker-server=r.io';
    expect(JSON.stringify(wayBack(line).commands)).not.toContain('hunter2');
  });
});
