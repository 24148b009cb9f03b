import { describe, expect, it } from 'vitest';
import { containerOf, linesOf, objectOf, podOf, soundly, translated, verdictOn } from './translated.ts';

const run = (flags: string, image = 'nginx:1.27') => soundly(`docker run -d --name web ${flags} ${image}`);

describe('volumes', () => {
  it.each([
    ['-v data:/data', 'data', {}],
    ['-v data:/data:ro', 'data', { readOnly: true }],
    ['-v My_Data:/data', 'my-data', {}],
    ['--mount type=volume,source=data,target=/data', 'data', {}],
    ['--mount source=data,target=/data,readonly', 'data', { readOnly: true }],
    ['--mount type=volume,src=data,dst=/data,volume-subpath=a/b', 'data', { subPath: 'a/b' }],
    ['--mount type=cluster,source=data,target=/data', 'data', {}],
  ])('%s is a claim', (flags, claim, mount) => {
    const translation = run(flags);
    expect(objectOf(translation, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: claim },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    expect(podOf(translation).volumes).toEqual([
      { name: claim, persistentVolumeClaim: { claimName: claim } },
    ]);
    expect(containerOf(translation).volumeMounts).toEqual([{ name: claim, mountPath: '/data', ...mount }]);
    expect(translation.caveats.join(' ')).toMatch(/1Gi, is an assumption/);
    expect(translation.flags.find((each) => /volume|mount/.test(each.flag))).toMatchObject({
      grade: 'approximate',
      kubernetes: 'PersistentVolumeClaim',
    });
  });

  it.each([
    ['-v ./a/x.conf:/a -v ./b/x.conf:/b', ['web-x-conf', 'web-x-conf-2']],
    ['-v ./a/x.conf:/a -v ./a/x.conf:/b', ['web-x-conf', 'web-x-conf']],
    ['-v ./a/data:/a -v ./b/data:/b', ['web-data', 'web-data-2']],
    ['-v my_data:/a -v my-data:/b', ['my-data', 'my-data-2']],
    ['-v web-data:/a -v ./data:/b', ['web-data', 'web-data-2']],
  ])('tells apart what has the same name: %s', (flags, names) => {
    const translation = run(flags);
    expect(containerOf(translation).volumeMounts?.map((each) => each.name)).toEqual(names);
    const made = linesOf(translation).filter((each) => each.startsWith('kubectl create configmap'));
    expect(made).toHaveLength(flags.includes('x.conf') ? new Set(names).size : 0);
  });

  it('replaces Pods with a claim one after the other', () => {
    expect(objectOf(run('-v data:/data'), 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
    expect(objectOf(run('-v /data'), 'Deployment').spec.strategy).toBeUndefined();
  });

  it('makes one claim of a volume that is mounted twice', () => {
    const translation = run('-v data:/a -v data:/b:ro');
    expect(objectOf(translation, 'PersistentVolumeClaim').metadata.name).toBe('data');
    expect(containerOf(translation).volumeMounts).toEqual([
      { name: 'data', mountPath: '/a' },
      { name: 'data', mountPath: '/b', readOnly: true },
    ]);
  });

  it.each([
    ['-v /data', 'data', {}],
    ['--mount type=volume,target=/data', 'data', {}],
    ['--tmpfs /run', 'run', { medium: 'Memory' }],
    ['--tmpfs /run:size=64m', 'run', { medium: 'Memory', sizeLimit: '64Mi' }],
    ['--tmpfs /run:size=65536k,mode=1777', 'run', { medium: 'Memory', sizeLimit: '64Mi' }],
    ['--mount type=tmpfs,target=/run', 'run', { medium: 'Memory' }],
    ['--mount type=tmpfs,target=/run,tmpfs-size=1g', 'run', { medium: 'Memory', sizeLimit: '1Gi' }],
    ['--shm-size 1g', 'dev-shm', { medium: 'Memory', sizeLimit: '1Gi' }],
    [
      '--mount type=volume,target=/run,volume-opt=type=tmpfs,volume-opt=device=tmpfs',
      'run',
      { medium: 'Memory' },
    ],
  ])('%s is an emptyDir', (flags, name, emptyDir) => {
    expect(podOf(run(flags)).volumes).toEqual([{ name, emptyDir }]);
  });

  it.each([
    ['--tmpfs /run', 'exact'],
    ['--tmpfs /run:size=64m', 'exact'],
    ['--tmpfs /run:mode=1777', 'approximate'],
    ['--tmpfs run', 'none'],
  ])('%s is %s', (flags, grade) => {
    expect(verdictOn(run(flags), '--tmpfs').grade).toBe(grade);
  });

  it.each([
    [
      '-v ./nginx.conf:/etc/nginx/nginx.conf:ro',
      'configMap',
      'web-nginx-conf',
      '/etc/nginx/nginx.conf',
      'nginx.conf',
      'kubectl create configmap web-nginx-conf --from-file=./nginx.conf',
    ],
    [
      '-v $PWD/prometheus.yml:/etc/prometheus/prometheus.yml',
      'configMap',
      'web-prometheus-yml',
      '/etc/prometheus/prometheus.yml',
      'prometheus.yml',
      'kubectl create configmap web-prometheus-yml --from-file=./prometheus.yml',
    ],
    [
      '-v /etc/app/my.cnf:/etc/mysql/conf.d/my.cnf',
      'configMap',
      'web-my-cnf',
      '/etc/mysql/conf.d/my.cnf',
      'my.cnf',
      'kubectl create configmap web-my-cnf --from-file=/etc/app/my.cnf',
    ],
    [
      '--mount type=bind,source=./Caddyfile,target=/etc/caddy/Caddyfile,ro',
      'configMap',
      'web-caddyfile',
      '/etc/caddy/Caddyfile',
      'Caddyfile',
      'kubectl create configmap web-caddyfile --from-file=./Caddyfile',
    ],
    [
      '-v ./init.sql:/docker-entrypoint-initdb.d/init.sql',
      'configMap',
      'web-init-sql',
      '/docker-entrypoint-initdb.d/init.sql',
      'init.sql',
      'kubectl create configmap web-init-sql --from-file=./init.sql',
    ],
    [
      '-v "./my conf.ini:/app/my.ini"',
      'configMap',
      'web-my-conf-ini',
      '/app/my.ini',
      'my-conf.ini',
      'kubectl create configmap web-my-conf-ini --from-file=my-conf.ini=./my conf.ini',
    ],
    [
      '-v ./server.key:/etc/ssl/server.key:ro',
      'secret',
      'web-server-key',
      '/etc/ssl/server.key',
      'server.key',
      'kubectl create secret generic web-server-key --from-file=./server.key',
    ],
    [
      '-v ~/.ssh/id_rsa:/root/.ssh/id_rsa:ro',
      'secret',
      'web-id-rsa',
      '/root/.ssh/id_rsa',
      'id_rsa',
      'kubectl create secret generic web-id-rsa --from-file=$HOME/.ssh/id_rsa',
    ],
    [
      '-v ./db_password.txt:/run/secrets/db_password:ro',
      'secret',
      'web-db-password-txt',
      '/run/secrets/db_password',
      'db_password.txt',
      'kubectl create secret generic web-db-password-txt --from-file=./db_password.txt',
    ],
  ])('%s is a file of a %s', (flags, kind, name, mountPath, subPath, command) => {
    const translation = run(flags);
    const [volume] = podOf(translation).volumes ?? [];
    expect(volume).toEqual(
      kind === 'configMap' ? { name, configMap: { name } } : { name, secret: { secretName: name } },
    );
    expect(containerOf(translation).volumeMounts).toEqual([{ name, mountPath, readOnly: true, subPath }]);
    expect(linesOf(translation)[0]).toBe(command);
    expect(linesOf(translation)[1]).toBe('kubectl apply -f web.yaml');
  });

  it.each([
    ['-v ./conf.d:/etc/nginx/conf.d:ro', 'configMap'],
    ['-v ./config:/etc/app', 'configMap'],
    ['-v ./initdb:/docker-entrypoint-initdb.d', 'configMap'],
    ['-v ./certs:/etc/nginx/certs:ro', 'secret'],
    ['-v /opt/ssl:/ssl', 'secret'],
  ])('%s is a directory of files of a %s', (flags, kind) => {
    const translation = run(flags);
    expect(Object.keys(podOf(translation).volumes?.[0] ?? {})).toContain(kind);
    expect(containerOf(translation).volumeMounts?.[0]?.subPath).toBeUndefined();
    expect(linesOf(translation)[0]).toMatch(/--from-file=/);
  });

  it.each([
    '-v $(pwd):/app',
    '-v $PWD:/work',
    '-v .:/usr/src/app',
    '-v ./src:/app/src',
    '-v ~/project:/workspace',
    '-v C:\\\\code:/app',
    '-v ./html:/usr/share/nginx/html:ro',
    '-v /srv/site:/var/www/html',
    '-v ./main.py:/app/main.py',
    '--mount type=bind,source=.,target=/src',
    '-v ./things:/things:ro',
  ])('%s belongs into the image', (flags) => {
    const translation = run(flags);
    expect(podOf(translation).volumes).toBeUndefined();
    expect(translation.flags.find((each) => /volume|mount/.test(each.flag))).toMatchObject({
      grade: 'none',
      kubernetes: 'none',
    });
    expect(translation.caveats.join(' ')).toContain('COPY');
  });

  it.each([
    ['-v ./data:/var/lib/mysql', 'web-data'],
    ['-v ./pgdata:/var/lib/postgresql/data', 'web-pgdata'],
    ['-v /srv/uploads:/app/uploads', 'web-uploads'],
    ['-v ~/.n8n:/home/node/.n8n', 'web-n8n'],
    ['-v $DATA_DIR:/data', 'web-data-dir'],
    ['-v ./things:/things', 'web-things'],
    ['-v /opt/x/db:/db:Z', 'web-db'],
    ['-v /path/to/config:/config', 'web-config'],
  ])('%s is data, so a claim %s', (flags, claim) => {
    const translation = run(flags);
    expect(objectOf(translation, 'PersistentVolumeClaim').metadata.name).toBe(claim);
    expect(translation.caveats.join(' ')).toContain('kubectl cp');
  });

  it.each([
    ['-v /etc/localtime:/etc/localtime:ro', '/etc/localtime', 'File'],
    ['-v /:/host:ro', '/', 'Directory'],
    ['-v /proc:/host/proc:ro', '/proc', 'Directory'],
    ['-v /sys/fs/cgroup:/sys/fs/cgroup', '/sys/fs/cgroup', undefined],
    ['-v /var/log:/logs', '/var/log', 'Directory'],
    ['-v /run/dbus/system.sock:/run/dbus/system.sock', '/run/dbus/system.sock', 'Socket'],
    ['-v /opt/thing:/thing', '/opt/thing', 'DirectoryOrCreate'],
    ['-v /opt/a/../thing:/thing', '/opt/thing', 'DirectoryOrCreate'],
    ['--mount type=bind,source=/opt/thing,target=/thing', '/opt/thing', undefined],
  ])('%s is a path of the node', (flags, path, type) => {
    const translation = run(flags);
    expect(podOf(translation).volumes?.[0]?.hostPath).toEqual({ path, ...(type ? { type } : {}) });
    expect(translation.caveats.join(' ')).toMatch(/path of whatever node/);
  });

  it.each([
    ['-v /opt/x:/x:rslave', 'HostToContainer'],
    ['-v /opt/x:/x:rshared', undefined],
    ['--privileged -v /opt/x:/x:rshared', 'Bidirectional'],
    ['--mount type=bind,source=/opt/x,target=/x,bind-propagation=slave', 'HostToContainer'],
    ['-v ./data:/x:rshared', undefined],
  ])('%s propagates mounts as %s', (flags, propagation) => {
    expect(containerOf(run(flags)).volumeMounts?.[0]?.mountPropagation).toBe(propagation);
  });

  it('passes no socket of the Docker Engine on', () => {
    const translation = run('-v /var/run/docker.sock:/var/run/docker.sock');
    expect(podOf(translation).volumes).toBeUndefined();
    expect(verdictOn(translation, '--volume')).toMatchObject({ grade: 'none', kubernetes: 'none' });
    expect(verdictOn(translation, '--volume').why).toMatch(/nodes have none.*ServiceAccount/);
  });

  it.each([
    ['-v a:/b', /single letter/],
    ['-v data:relative', /not absolute/],
    ['-v data:/', /root of the container/],
    ['-v one:/data -v two:/data', /already/],
    ['-v $PWD:$PWD', /Only your shell knows the path/],
  ])('%s mounts nothing', (flags, why) => {
    const translation = run(flags);
    expect(translation.flags.at(-1)?.grade).toBe('none');
    expect(translation.flags.at(-1)?.why).toMatch(why);
  });

  it('mounts an NFS share that the options name', () => {
    const translation = run(
      '--mount \'type=volume,source=share,target=/s,volume-opt=type=nfs,"volume-opt=o=addr=10.0.0.9,rw",volume-opt=device=:/export\'',
    );
    expect(podOf(translation).volumes).toEqual([
      { name: 'share', nfs: { server: '10.0.0.9', path: '/export' } },
    ]);
  });

  it('mounts images from the version on that has them by default', () => {
    const line = 'docker run -d --mount type=image,source=acme/site:1,target=/site nginx:1.27';
    expect(podOf(soundly(line)).volumes).toEqual([
      { name: 'acme-site-1', image: { reference: 'acme/site:1' } },
    ]);
    expect(podOf(translated(line, { kubernetes: '1.35' })).volumes).toHaveLength(1);
    const old = translated(line, { kubernetes: '1.34' });
    expect(podOf(old).volumes).toBeUndefined();
    expect(verdictOn(old, '--mount')).toMatchObject({ grade: 'none' });
    expect(verdictOn(old, '--mount').why).toContain('1.35');
  });

  it.each([
    ['--volumes-from db', '--volumes-from', 'approximate', /`db`.*not on this line/],
    ['--volume-driver rexray -v data:/data', '--volume-driver', 'none', /StorageClass/],
    ['--volume-driver local -v data:/data', '--volume-driver', 'exact', /docker's own/],
    ['--storage-opt size=10G', '--storage-opt', 'approximate', /10Gi/],
    ['--storage-opt dm.basesize=1', '--storage-opt', 'none', /storage driver/],
    ['--shm-size 0', '--shm-size', 'exact', /64 MiB/],
    ['--shm-size 1g', '--shm-size', 'approximate', /1Gi/],
    ['-v cache:/dev/shm --shm-size 1g', '--shm-size', 'none', /Something else/],
    ['-v data:/data:z', '--volume', 'approximate', /SELinux/],
    ['-v data:/data:nocopy', '--volume', 'approximate', /ReadWriteOnce: one node at a time\.$/],
    ['-v data:/data', '--volume', 'approximate', /starts empty: docker fills/],
    ['-v /data', '--volume', 'approximate', /gone with the Pod/],
    [
      '--mount type=bind,source=/opt/x,target=/x,bind-recursive=disabled',
      '--mount',
      'approximate',
      /bind-recursive=disabled/,
    ],
    ['--mount type=npipe,source=x,target=/x', '--mount', 'none', /docker's alone/],
    [
      '--mount type=volume,source=d,target=/d,volume-driver=vieux/sshfs',
      '--mount',
      'approximate',
      /`vieux\/sshfs` is none of Kubernetes/,
    ],
    [
      '--mount type=volume,source=d,target=/d,volume-opt=type=ext4',
      '--mount',
      'approximate',
      /options of the driver/,
    ],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it('limits the disk of the container', () => {
    expect(containerOf(run('--storage-opt size=10G')).resources?.limits).toEqual({
      'ephemeral-storage': '10Gi',
    });
  });
});
