import { describe, expect, it } from 'vitest';
import { podOf, soundly, verdictOn } from './translated.ts';

// `soundly` holds every object against the schema and the rules of the API server, and every line against kubectl.

type Row = readonly [flags: string, flag: string, grade: string, kubernetes: string, why: string];

describe('a flag at its edges', () => {
  it.each<Row>([
    ['--mount type=cluster,src=data,dst=/d', '--mount', 'approximate', 'PersistentVolumeClaim', '`data`'],
    ['--mount type=npipe,src=x,dst=/d', '--mount', 'none', 'none', 'Mounts of the type `npipe`'],
    [
      '--mount type=bind,src=/var/log,dst=/d,bind-recursive=readonly,readonly,bind-propagation=rprivate',
      '--mount',
      'approximate',
      'hostPath',
      '`/var/log`',
    ],
    [
      '--mount type=bind,src=/var/log,dst=/d,bind-recursive=disabled',
      '--mount',
      'approximate',
      'hostPath',
      '`bind-recursive=disabled` has no field',
    ],
    ['--mount type=volume,dst=/d', '--mount', 'approximate', 'emptyDir', 'anonymous'],
    [
      '--mount type=volume,src=v,dst=/d,volume-opt=type=nfs,volume-opt=o=addr=10.0.0.9,volume-opt=device=:/',
      '--mount',
      'approximate',
      'volumes.nfs',
      '`10.0.0.9:/`',
    ],
    [
      '--mount type=volume,dst=/d,volume-opt=type=nfs4,volume-opt=o=addr=10.0.0.9',
      '--mount',
      'approximate',
      'volumes.nfs',
      '`10.0.0.9:/`',
    ],
    [
      '--mount type=volume,src=v,dst=/d,volume-opt=type=nfs',
      '--mount',
      'approximate',
      'PersistentVolumeClaim',
      'options of the driver have no place in a claim',
    ],
    [
      '--mount type=volume,src=v,dst=/d,volume-driver=rexray',
      '--mount',
      'approximate',
      'PersistentVolumeClaim',
      'plugin `rexray` is none of Kubernetes',
    ],
    [
      '--mount type=volume,src=v,dst=/d,volume-subpath=../up',
      '--mount',
      'approximate',
      'PersistentVolumeClaim',
      '`v`',
    ],
    [
      '--mount type=tmpfs,dst=/d,tmpfs-mode=700',
      '--mount',
      'approximate',
      'emptyDir with `medium: Memory`',
      'Its mode cannot be set',
    ],
    [
      '--mount type=tmpfs,dst=/d,tmpfs-size=1m',
      '--mount',
      'exact',
      'emptyDir with `medium: Memory`',
      'at most 1Mi',
    ],
    ['--mount type=image,src=app:1,dst=/d,image-subpath=sub', '--mount', 'exact', 'volumes.image', '`app:1`'],
    ['--mount type=image,src=app:1,dst=/d,image-subpath=/up', '--mount', 'exact', 'volumes.image', '`app:1`'],
    ['--expose 0', '--expose', 'none', 'none', 'no port that a Pod can have'],
    ['--expose 80/xyz', '--expose', 'none', 'none', 'no port that a Pod can have'],
    ['--expose 1-5000', '--expose', 'approximate', 'Service with `clusterIP: None`', 'these are 5000'],
    ['-p 80:0', '--publish', 'none', 'none', 'no port 0 in a Pod'],
    ['--security-opt credentialspec=file://x', '--security-opt', 'none', 'none', 'GMSACredentialSpec'],
    ['--security-opt systempaths=confined', '--security-opt', 'none', 'none', 'nothing that docker knows'],
    ['--security-opt seccomp=/etc/', '--security-opt', 'none', 'none', 'No profile is named'],
    [
      '--security-opt seccomp=/etc/mine.json',
      '--security-opt',
      'approximate',
      'securityContext.seccompProfile',
      'mine.json',
    ],
    ['--security-opt nope=1', '--security-opt', 'none', 'none', 'has no field in a security context'],
    ['--security-opt label=wrong', '--security-opt', 'none', 'none', 'no label of SELinux that has a field'],
    ['--device vendor.com/class=x', '--device', 'none', 'none', 'a CDI device'],
    [
      '-v data:/dev/fuse --device /dev/fuse',
      '--device',
      'none',
      'none',
      'Something is mounted at `/dev/fuse` already',
    ],
    [
      '--gpus driver=amd,count=2',
      '--gpus',
      'approximate',
      'resources.limits `amd.com/gpu`',
      '2 of `amd.com/gpu`',
    ],
    [
      '--network name=web,ip=10.0.0.5,driver-opt=a=b',
      '--network',
      'approximate',
      'Service, the network of all Pods',
      'For a fixed address and options of a driver there is no field',
    ],
    ['--uts host', '--uts', 'none', 'none', 'The name of the node comes with `hostNetwork: true` only'],
  ])('%s: %s is %s, %s', (flags, flag, grade, kubernetes, why) => {
    const verdict = verdictOn(soundly(`docker run -d ${flags} nginx:1.27`), flag);
    expect([verdict.grade, verdict.kubernetes]).toEqual([grade, kubernetes]);
    expect(verdict.why).toContain(why);
  });

  it('gives what was asked for to the Pod', () => {
    const pod = podOf(
      soundly(
        'docker run -d --add-host a:10.0.0.1 --add-host b:10.0.0.1 --add-host a:10.0.0.1 --mount type=image,src=app:1,dst=/i,image-subpath=sub --mount type=bind,src=/var/log,dst=/l,readonly nginx:1.27',
      ),
    );
    expect(pod.hostAliases).toEqual([{ ip: '10.0.0.1', hostnames: ['a', 'b'] }]);
    expect(pod.containers[0]?.volumeMounts).toMatchObject([
      { mountPath: '/i', subPath: 'sub' },
      { mountPath: '/l', readOnly: true },
    ]);
  });
});
