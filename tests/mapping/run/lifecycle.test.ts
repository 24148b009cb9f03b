import { describe, expect, it } from 'vitest';
import { containerOf, linesOf, objectOf, podOf, soundly, translated, verdictOn } from './translated.ts';

const run = (flags: string) => soundly(`docker run -d --name web ${flags} nginx:1.27`);

describe('health', () => {
  const test = { exec: { command: ['/bin/sh', '-c', 'curl -f http://localhost/ || exit 1'] } };
  const command = '--health-cmd "curl -f http://localhost/ || exit 1"';

  it.each([
    [command, { ...test, periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 3 }],
    [
      `${command} --health-interval 10s --health-timeout 5s --health-retries 5`,
      { ...test, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 5 },
    ],
    [
      `--health-interval 100ms --health-timeout 1500ms ${command}`,
      { ...test, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 3 },
    ],
    [
      `--health-interval 0s --health-retries 0 ${command}`,
      { ...test, periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 3 },
    ],
    [
      `--health-interval 1m30s ${command}`,
      { ...test, periodSeconds: 90, timeoutSeconds: 30, failureThreshold: 3 },
    ],
    ['--health-interval 10s', undefined],
    ['--no-healthcheck', undefined],
    ['--health-cmd ""', undefined],
  ])('of %s is a readiness probe', (flags, probe) => {
    const container = containerOf(run(flags));
    expect(container.readinessProbe).toEqual(probe);
    expect(container.livenessProbe).toBeUndefined();
  });

  it.each([
    [`${command} --health-start-period 30s`, { periodSeconds: 30, failureThreshold: 4 }],
    [`${command} --health-start-period 60s --health-interval 5s`, { periodSeconds: 5, failureThreshold: 15 }],
    [`${command} --health-start-period 5s`, { periodSeconds: 5, failureThreshold: 4 }],
  ])('with %s bears failures at the start', (flags, probe) => {
    expect(containerOf(run(flags)).startupProbe).toMatchObject({ ...test, ...probe });
  });

  it.each([
    [
      command,
      '--health-cmd',
      'approximate',
      /Docker only marks it unhealthy.*livenessProbe.*for you to choose/,
    ],
    [`${command} --health-interval 10s`, '--health-interval', 'exact', /`periodSeconds: 10`/],
    [`${command} --health-interval 100ms`, '--health-interval', 'approximate', /rounded up/],
    [`${command} --health-timeout 0s`, '--health-timeout', 'exact', /docker's default, 30 s/],
    [`${command} --health-retries 0`, '--health-retries', 'exact', /`failureThreshold: 3`/],
    [
      `${command} --health-start-period 30s`,
      '--health-start-period',
      'approximate',
      /the kubelet restarts the container/,
    ],
    [`${command} --health-start-period 0s`, '--health-start-period', 'exact', /no start period/],
    [`${command} --health-start-interval 5s`, '--health-start-interval', 'none', /interval of 5s/],
    ['--health-interval 10s', '--health-interval', 'none', /image's own HEALTHCHECK/],
    ['--health-retries 2', '--health-retries', 'none', /image's own HEALTHCHECK/],
    ['--health-start-period 2s', '--health-start-period', 'none', /image's own HEALTHCHECK/],
    ['--no-healthcheck', '--no-healthcheck', 'exact', /never run by Kubernetes/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });
});

describe('stopping', () => {
  it.each([
    ['--stop-timeout 30', 30, 'exact'],
    ['--stop-timeout 0', 0, 'exact'],
    ['--stop-timeout -1', undefined, 'none'],
  ])('%s is a grace period of %s', (flags, seconds, grade) => {
    const translation = run(flags);
    expect(podOf(translation).terminationGracePeriodSeconds).toBe(seconds);
    expect(verdictOn(translation, '--stop-timeout').grade).toBe(grade);
  });

  it.each([
    ['SIGQUIT', 'SIGQUIT'],
    ['QUIT', 'SIGQUIT'],
    ['sigint', 'SIGINT'],
    ['3', 'SIGQUIT'],
    ['9', 'SIGKILL'],
    ['37', 'SIGRTMIN+3'],
    ['60', 'SIGRTMAX-4'],
    ['RTMIN+3', 'SIGRTMIN+3'],
    ['SIGRTMAX-2', 'SIGRTMAX-2'],
    ['SIGRTMIN+99', undefined],
    ['NOPE', undefined],
    ['99', undefined],
  ])('--stop-signal %s is %s', (given, signal) => {
    const translation = run(`--stop-signal ${given}`);
    expect(containerOf(translation).lifecycle?.stopSignal).toBe(signal);
    expect(podOf(translation).os).toEqual(signal ? { name: 'linux' } : undefined);
    expect(verdictOn(translation, '--stop-signal').grade).toBe(signal ? 'approximate' : 'none');
  });

  it.each(['1.33', '1.34', '1.35', '1.36'] as const)('has a field for the signal in %s', (kubernetes) => {
    const translation = translated('docker run -d --stop-signal QUIT nginx:1.27', { kubernetes });
    expect(containerOf(translation).lifecycle).toEqual({ stopSignal: 'SIGQUIT' });
    expect(verdictOn(translation, '--stop-signal').why).toMatch(/alpha.*ContainerStopSignals/);
  });

  it('has none in 1.32', () => {
    const translation = translated('docker run -d --stop-signal QUIT nginx:1.27', { kubernetes: '1.32' });
    expect(containerOf(translation).lifecycle).toBeUndefined();
    expect(verdictOn(translation, '--stop-signal')).toMatchObject({ grade: 'none', kubernetes: 'none' });
  });
});

describe('--restart', () => {
  it.each([
    ['-d --restart always', undefined, 'exact', /only policy there.*100 milliseconds/],
    ['-d --restart unless-stopped', undefined, 'exact', /kubectl scale --replicas=0/],
    ['-d --restart on-failure:3', undefined, 'exact', /3 times at the most.*--as deployment/],
    ['-d --restart on-failure', undefined, 'approximate', /gives up after 6/],
    ['-d --restart no', undefined, 'approximate', /leaves it stopped/],
    ['--restart no', undefined, 'exact', /docker's default/],
    ['-d --restart always', 'pod', 'exact', /node is lost/],
    ['-d --restart unless-stopped', 'pod', 'approximate', /node is lost/],
    ['-d --restart on-failure:3', 'pod', 'approximate', /without a maximum/],
    ['-d --restart on-failure', 'pod', 'exact', /as often as it takes/],
    ['-d --restart always', 'job', 'none', /API refuses `Always`/],
    ['-d --restart on-failure:3', 'deployment', 'approximate', /refuses `OnFailure`/],
    ['-d --restart on-failure:3', 'statefulset', 'approximate', /refuses `OnFailure`/],
    ['-d --restart sometimes', undefined, 'none', /no policy/],
  ] as const)('%s as %s is %s', (flags, as, grade, why) => {
    const verdict = verdictOn(soundly(`docker run ${flags} nginx:1.27`, as ? { as } : {}), '--restart');
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });
});

describe('who sits in front', () => {
  it.each([
    [
      'docker run -it --rm busybox:1.36 sh',
      ['kubectl run busybox -it --rm --restart=Never --image=busybox:1.36 -- sh'],
    ],
    ['docker run -it --name box busybox:1.36', ['kubectl run box -it --restart=Never --image=busybox:1.36']],
    [
      'docker run --rm -i busybox:1.36 cat',
      ['kubectl run busybox -i --rm --restart=Never --image=busybox:1.36 -- cat'],
    ],
    [
      'docker run --rm busybox:1.36 date',
      ['kubectl run busybox --attach --rm --restart=Never --image=busybox:1.36 -- date'],
    ],
    [
      'docker run busybox:1.36 date',
      ['kubectl run busybox --attach --restart=Never --image=busybox:1.36 -- date'],
    ],
    [
      'docker run -it --rm --entrypoint sh busybox:1.36',
      ['kubectl run busybox -it --rm --restart=Never --image=busybox:1.36 --command -- sh'],
    ],
    [
      'docker run -it --rm -e A=b --privileged --pull always busybox:1.36',
      [
        'kubectl run busybox -it --rm --restart=Never --image=busybox:1.36 --image-pull-policy=Always --env=A=b --privileged',
      ],
    ],
    [
      'docker run -it --rm -p 80:80 nginx:1.27',
      [
        'kubectl run nginx -it --rm --restart=Never --image=nginx:1.27 --port=80 --expose',
        'kubectl port-forward pod/nginx 80:80',
      ],
    ],
    [
      'docker run -it --rm -m 1g busybox:1.36',
      ['kubectl apply -f busybox.yaml', 'kubectl attach -it pod/busybox', 'kubectl delete -f busybox.yaml'],
    ],
    ['docker run -m 1g busybox:1.36 date', ['kubectl apply -f busybox.yaml', 'kubectl logs -f pod/busybox']],
    ['docker run -d --name web nginx:1.27', ['kubectl create deployment web --image=nginx:1.27']],
    [
      'docker run -d --name web -p 8080:80 nginx:1.27',
      [
        'kubectl create deployment web --image=nginx:1.27 --port=80',
        'kubectl expose deployment web --port=8080 --target-port=80',
        'kubectl port-forward deployment/web 8080:80',
      ],
    ],
    [
      'docker run -d --name web -p 80:80 nginx:1.27',
      [
        'kubectl create deployment web --image=nginx:1.27 --port=80',
        'kubectl expose deployment web --port=80',
        'kubectl port-forward deployment/web 80:80',
      ],
    ],
    [
      'docker run -d --name web -e A=b -e C=d nginx:1.27',
      ['kubectl create deployment web --image=nginx:1.27', 'kubectl set env deployment/web A=b C=d'],
    ],
    [
      'docker run -d --name web -m 512m --cpus .5 nginx:1.27',
      [
        'kubectl create deployment web --image=nginx:1.27',
        'kubectl set resources deployment/web --limits=memory=512Mi,cpu=500m',
      ],
    ],
    [
      'docker run -d --name web --entrypoint sleep busybox:1.36',
      ['kubectl create deployment web --image=busybox:1.36 -- sleep'],
    ],
    ['docker run -d --name web nginx:1.27 nginx-debug', ['kubectl apply -f web.yaml']],
    [
      'docker run -d --name web -p 8080:80 -p 8443:443 nginx:1.27',
      ['kubectl apply -f web.yaml', 'kubectl port-forward deployment/web 8080:80 8443:443'],
    ],
    ['docker run -d --rm --name job acme/job:1', ['kubectl apply -f job.yaml']],
    ['docker run -d --name web acme/my_app:1', ['kubectl apply -f web.yaml']],
  ])('%s: %j', (line, lines) => {
    expect(linesOf(soundly(line))).toEqual(lines);
  });

  it.each([
    ['-it', { stdin: true, stdinOnce: true, tty: true }],
    ['-i', { stdin: true, stdinOnce: true }],
    ['-t', { stdin: true, tty: true }],
    ['-dit', { stdin: true, tty: true }],
    ['-a stdin -a stdout', { stdin: true }],
  ])('%s opens %j', (flags, fields) => {
    const { name: _, image: __, ...rest } = containerOf(soundly(`docker run ${flags} busybox:1.36`));
    expect(rest).toEqual(fields);
  });

  it.each([
    ['-d', '--detach', 'exact', /kubectl logs -f/],
    ['-d=false', '--detach', 'exact', /docker's default/],
    ['--detach-keys ctrl-a,a', '--detach-keys', 'none', /`ctrl-a,a`/],
    ['--sig-proxy', '--sig-proxy', 'approximate', /passes no signals/],
    ['--sig-proxy=false', '--sig-proxy', 'exact', /never passes signals/],
    ['-a stdout', '--attach', 'approximate', /`stdout` alone/],
    ['--rm', '--rm', 'exact', /deleted when the command has ended/],
    ['-d --rm', '--rm', 'approximate', /300 seconds/],
    ['-d --rm -p 80:80', '--rm', 'approximate', /kubectl delete -f/],
    ['--cidfile /tmp/x', '--cidfile', 'none', /`\/tmp\/x`/],
    ['-q', '--quiet', 'exact', /node pulls/],
    ['--log-driver json-file', '--log-driver', 'exact', /files on the node/],
    ['--log-driver journald', '--log-driver', 'approximate', /files on the node/],
    ['--log-driver fluentd', '--log-driver', 'none', /as `fluentd` does.*DaemonSet/],
    ['--log-driver none', '--log-driver', 'none', /cannot be turned off/],
    ['--log-opt max-size=10m', '--log-opt', 'none', /containerLogMaxSize/],
    ['--log-opt tag=x', '--log-opt', 'none', /`tag=x`/],
    ['--disable-content-trust=false', '--disable-content-trust', 'none', /admission/],
    ['--disable-content-trust', '--disable-content-trust', 'exact', /how nodes pull/],
    ['--use-api-socket', '--use-api-socket', 'none', /ServiceAccount/],
    ['--isolation process', '--isolation', 'exact', /process isolation/],
    ['--isolation hyperv', '--isolation', 'none', /`hyperv`/],
    ['--runtime runc', '--runtime', 'exact', /runc/],
    ['--runtime runsc', '--runtime', 'approximate', /RuntimeClass/],
    ['--pull never', '--pull', 'exact', /every node/],
    ['--name a --name b', '--name', 'exact', /given again further on/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(soundly(`docker run ${flags} busybox:1.36`), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it('does not count what says nothing about the container', () => {
    expect(soundly('docker run --cidfile /tmp/x --detach-keys ctrl-a busybox:1.36 date').grade).toBe('exact');
  });

  it('removes a finished Job after a while', () => {
    expect(objectOf(soundly('docker run -d --rm acme/job:1'), 'Job').spec.ttlSecondsAfterFinished).toBe(300);
  });

  it('leaves out the value of a switch that was given alone', () => {
    const [detach, interactive] = translated('docker run -d --interactive=true nginx:1.27').flags;
    expect(detach).not.toHaveProperty('value');
    expect(interactive).not.toHaveProperty('value');
    expect(translated('docker run --tty=false nginx:1.27').flags[0]).toHaveProperty('value', 'false');
  });
});

describe('the image', () => {
  it.each([
    ['--pull always', { imagePullPolicy: 'Always' }],
    ['--pull missing', { imagePullPolicy: 'IfNotPresent' }],
    ['--pull=never', { imagePullPolicy: 'Never' }],
  ])('%s', (flags, fields) => {
    expect(containerOf(run(flags))).toMatchObject(fields);
  });

  it.each([
    ['--platform linux/arm64', { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux' }, 'exact'],
    ['--platform amd64', { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' }, 'exact'],
    ['--platform linux/x86_64', { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' }, 'exact'],
    ['--platform linux/arm/v7', { 'kubernetes.io/arch': 'arm', 'kubernetes.io/os': 'linux' }, 'approximate'],
    ['--platform windows/amd64', { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'windows' }, 'exact'],
  ])('%s chooses nodes', (flags, nodeSelector, grade) => {
    const translation = run(flags);
    expect(podOf(translation).nodeSelector).toEqual(nodeSelector);
    expect(verdictOn(translation, '--platform').grade).toBe(grade);
  });

  it('names a RuntimeClass', () => {
    const translation = run('--runtime io.containerd.runsc.v1');
    expect(podOf(translation).runtimeClassName).toBe('io.containerd.runsc.v1');
    expect(translation.caveats.join(' ')).toContain('has to exist');
  });
});

describe('labels', () => {
  it.each([
    ['-l team=shop', { team: 'shop' }, undefined],
    ['-l flag', { flag: '' }, undefined],
    ['-l com.example/team=shop', { 'com.example/team': 'shop' }, undefined],
    ['-l com.example.team=shop', { 'com.example.team': 'shop' }, undefined],
    ['-l app=other', { app: 'other' }, undefined],
    ["-l 'note=two words'", {}, { note: 'two words' }],
    ['--annotation a=b', {}, { a: 'b' }],
    ["-l '-x=1'", {}, undefined],
    ['-l k/e/y=1', {}, undefined],
  ])('%s', (flags, labels, annotations) => {
    const { metadata, spec } = objectOf(run(flags), 'Deployment');
    expect(metadata.labels).toEqual({ app: 'web', ...labels });
    expect(metadata.annotations).toEqual(annotations);
    expect(spec.template.metadata).toEqual({
      labels: { app: 'web', ...labels },
      ...(annotations ? { annotations } : {}),
    });
  });

  it.each([
    ['-l team=shop', '--label', 'exact', /`team` is a label/],
    ["-l 'note=two words'", '--label', 'approximate', /`note` is an annotation/],
    ["-l '-x=1'", '--label', 'none', /no key of a label/],
    ['--label-file labels.txt', '--label-file', 'none', /`labels\.txt` is not read/],
    ['--annotation a=b', '--annotation', 'approximate', /OCI runtime/],
    ["--annotation '-a=b'", '--annotation', 'none', /no key of an annotation/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });
});
