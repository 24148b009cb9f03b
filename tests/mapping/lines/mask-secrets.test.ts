import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../src/mapping/lines/mask-secrets.ts';
import { isSecretName } from '../../../src/mapping/lines/secret-names.ts';

// All of the tokens are made up, or are the examples of their makers.
const hidden: readonly (readonly [string, string])[] = [
  ['docker login -u me -p hunter2 registry.example.com', 'docker login -u me -p *** registry.example.com'],
  ['git clone https://me:hunter2@git.example.com/a', 'git clone https://me:***@git.example.com/a'],
  ['git clone https://ghtoken@git.example.com/a', 'git clone https://***@git.example.com/a'],
  ['git clone https://me:$TOKEN@git.example.com/a', 'git clone https://me:$TOKEN@git.example.com/a'],
  ['git clone https://$TOKEN@git.example.com/a', 'git clone https://$TOKEN@git.example.com/a'],
  ['docker login -u me -phunter2', 'docker login -u me -p***'],
  ['docker login --username me --password hunter2', 'docker login --username me --password ***'],
  ['docker login -u me --password=hunter2', 'docker login -u me --password=***'],
  ['docker login -u me -p "hunter 2" r.io', 'docker login -u me -p "***" r.io'],
  ['echo hunter2 | docker login -u me --password-stdin', 'echo *** | docker login -u me --password-stdin'],
  [
    "printf '%s' hunter2 | docker login -u me --password-stdin",
    "printf '%s' *** | docker login -u me --password-stdin",
  ],
  ['docker run -e POSTGRES_PASSWORD=secret1 postgres:16', 'docker run -e POSTGRES_PASSWORD=*** postgres:16'],
  [
    'docker run -e "POSTGRES_PASSWORD=my secret" postgres:16',
    'docker run -e "POSTGRES_PASSWORD=***" postgres:16',
  ],
  ["docker run --env=DB_PASSWD='a b' x", "docker run --env=DB_PASSWD='***' x"],
  [
    'docker run -e MYSQL_ROOT_PASSWORD=x -e MYSQL_DATABASE=shop mysql:8',
    'docker run -e MYSQL_ROOT_PASSWORD=*** -e MYSQL_DATABASE=shop mysql:8',
  ],
  [
    'docker run -e API_KEY=abc123 -e APIKEY=q -e api-key=z x',
    'docker run -e API_KEY=*** -e APIKEY=*** -e api-key=*** x',
  ],
  [
    'docker run -e AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE -e AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY x',
    'docker run -e AWS_ACCESS_KEY_ID=*** -e AWS_SECRET_ACCESS_KEY=*** x',
  ],
  [
    'docker run -e DATABASE_URL=postgres://shop:hunter2@db:5432/shop x',
    'docker run -e DATABASE_URL=postgres://shop:***@db:5432/shop x',
  ],
  [
    'docker run -e REDIS_URL=redis://:hunter2@redis:6379/0 x',
    'docker run -e REDIS_URL=redis://:***@redis:6379/0 x',
  ],
  [
    'docker build --build-arg GITHUB_TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789 .',
    'docker build --build-arg GITHUB_TOKEN=*** .',
  ],
  [
    'git clone https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a/b',
    'git clone https://***@github.com/a/b',
  ],
  ['git clone https://me:tok@github.com/a/b', 'git clone https://me:***@github.com/a/b'],
  ['docker inspect 4c0fdaa8b6341bfdeca5f18f7837462c80cff90527ee35ef185571e1c327beac', 'docker inspect ***'],
  [
    'kubectl create secret generic db --from-literal=password=hunter2 --from-literal=user=shop',
    'kubectl create secret generic db --from-literal=password=*** --from-literal=user=***',
  ],
  [
    "kubectl create secret generic db --from-literal=pin='12 34'",
    "kubectl create secret generic db --from-literal=pin='***'",
  ],
  [
    'kubectl create secret generic db --from-literal pin=1234',
    'kubectl create secret generic db --from-literal pin=***',
  ],
  [
    'kubectl create secret docker-registry r --docker-password=pw --docker-username=me --docker-server=r.io',
    'kubectl create secret docker-registry r --docker-password=*** --docker-username=me --docker-server=r.io',
  ],
  [
    'kubectl create secret docker-registry r --docker-password pw',
    'kubectl create secret docker-registry r --docker-password ***',
  ],
  [
    'kubectl config set-credentials me --token=abc --password=x',
    'kubectl config set-credentials me --token=*** --password=***',
  ],
  ['kubectl label pod web key=value', 'kubectl label pod web key=***'],
  ['curl -H "Authorization: Bearer abcdef123456" http://x', 'curl -H "Authorization: ***" http://x'],
  ['curl -u me:pw http://x', 'curl -u me:*** http://x'],
  ['docker exec db mysql -uroot -phunter2 shop', 'docker exec db mysql -uroot -p*** shop'],
  ['docker exec db mysqldump --password=hunter2 shop', 'docker exec db mysqldump --password=*** shop'],
  ['docker exec r redis-cli -a hunter2 ping', 'docker exec r redis-cli -a *** ping'],
  [
    'docker swarm join --token SWMTKN-1-49nj1cmql0jkz5s954yi3oex3nedyz0fb0xx14ie39trti4wxv-8vxv8rssmk743ojnwacrr2e7c 192.168.99.100:2377',
    'docker swarm join --token *** 192.168.99.100:2377',
  ],
  [
    'docker run -e JWT=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U x',
    'docker run -e JWT=*** x',
  ],
  [
    'docker run -e X=glpat-abcdefghij0123456789 -e Y=xoxb-123456789012-abcdef x',
    'docker run -e X=*** -e Y=*** x',
  ],
  ['docker run -e DCKR=dckr_pat_abcdefghijklmnop x', 'docker run -e DCKR=*** x'],
  [
    'docker run -e "ConnectionStrings__Db=Server=db;User Id=sa;Password=My$ecret1;Encrypt=false" x',
    'docker run -e "ConnectionStrings__Db=Server=db;User Id=sa;Password=***;Encrypt=false" x',
  ],
  [
    "docker run -e SA_PASSWORD='P@ss;w0rd!' mcr.microsoft.com/mssql/server:2022-latest",
    "docker run -e SA_PASSWORD='***' mcr.microsoft.com/mssql/server:2022-latest",
  ],
  ['"password": "hunter2", "user": "me"', '"password": "***", "user": "me"'],
  ['  password: hunter2', '  password: ***'],
  ['docker run -e HEX=4c0fdaa8b6341bfdeca5f18f7837462c80cff905 app', 'docker run -e HEX=*** app'],
  ['helm registry login -u me -p hunter2 r.io', 'helm registry login -u me -p *** r.io'],
  [
    'docker run -e PGPASSWORD=x -e MYSQL_PWD=y postgres psql',
    'docker run -e PGPASSWORD=*** -e MYSQL_PWD=*** postgres psql',
  ],
  ["docker run -e 'SECRET_KEY_BASE=abc def' app", "docker run -e 'SECRET_KEY_BASE=***' app"],
  [
    'docker run -e npm_config_//npm.example.com/:_authToken=npm_abcdefghijklmnopqrstuvwxyz0123456789 x',
    'docker run -e npm_config_//npm.example.com/:_authToken=*** x',
  ],
  ['docker run -eTOKEN=abc x', 'docker run -eTOKEN=*** x'],
  ['docker run -e=TOKEN=abc x', 'docker run -e=TOKEN=*** x'],
  ['docker run --env TOKEN=abc x', 'docker run --env TOKEN=*** x'],
  ['kubectl run x --image=i --env=TOKEN=abc', 'kubectl run x --image=i --env=TOKEN=***'],
  ['kubectl set env deploy/web PASSWORD=abc', 'kubectl set env deploy/web PASSWORD=***'],
  ['export TOKEN=abc; docker run -e TOKEN x', 'export TOKEN=***; docker run -e TOKEN x'],
  [
    'mongodb+srv://user:p%40ss@cluster0.abc.mongodb.net/db',
    'mongodb+srv://user:***@cluster0.abc.mongodb.net/db',
  ],
  ['user:pw@tcp(db:3306)/shop', 'user:***@tcp(db:3306)/shop'],
  ['docker run -e SLACK=xoxb-1234567890-abcdefghij x', 'docker run -e SLACK=*** x'],
  ['docker run -e K=github_pat_11ABCDEFG0abcdefghijklmnop x', 'docker run -e K=*** x'],
  ['docker run -e K=npm_abcdefghijklmnopqrstuvwxyz0123456789 x', 'docker run -e K=*** x'],
  ['docker run -e K=sk-abcdefghijklmnopqrstuvwxyz012345 x', 'docker run -e K=*** x'],
  ['docker run -e K=AIzaSyA1234567890abcdefghijklmnopqrstuv x', 'docker run -e K=*** x'],
  ['docker run -e B64=q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJAB== x', 'docker run -e B64=*** x'],
  ['docker run -e PASSPHRASE=correct-horse x', 'docker run -e PASSPHRASE=*** x'],
  ['docker run -e CLIENT_SECRET=a -e CLIENT_ID=b x', 'docker run -e CLIENT_SECRET=*** -e CLIENT_ID=b x'],
  ['docker run -e DB_CREDENTIALS=a:b x', 'docker run -e DB_CREDENTIALS=*** x'],
  ['docker run -e PRIVATE_KEY=abc -e PUBLIC_KEY=def x', 'docker run -e PRIVATE_KEY=*** -e PUBLIC_KEY=def x'],
  ['docker run -e GITLAB_PAT=abc x', 'docker run -e GITLAB_PAT=*** x'],
  ['podman login --password hunter2 quay.io', 'podman login --password *** quay.io'],
  ['nerdctl login -u me -p=hunter2 ghcr.io', 'nerdctl login -u me -p=*** ghcr.io'],
  ['docker-compose run -e TOKEN=abc web', 'docker-compose run -e TOKEN=*** web'],
];

const shown: readonly string[] = [
  'docker login -u me --password-stdin r.io',
  'echo "$PASS" | docker login -u me --password-stdin',
  'docker run -e POSTGRES_PASSWORD postgres',
  'docker run -e POSTGRES_PASSWORD=$PW postgres',
  'docker run -e POSTGRES_PASSWORD_FILE=/run/secrets/pw postgres',
  'docker build --build-arg TOKEN=$TOKEN --secret id=npm,src=.npmrc .',
  'docker -H ssh://me@host ps',
  'docker pull registry.example.com:5000/team/app:1.2.3',
  'docker pull nginx@sha256:4c0fdaa8b6341bfdeca5f18f7837462c80cff90527ee35ef185571e1c327beac',
  'docker run -p 8080:80 -v /srv/auth:/data:ro -v token-data:/x --name auth auth-service:2.1',
  'docker run -p 127.0.0.1:8080:80 nginx',
  'docker run -u 1000:1000 nginx',
  'docker rm -f 4c0fdaa8b634',
  'kubectl create configmap app --from-literal=mode=prod',
  'kubectl create secret tls web --cert=web.crt --key=web.key',
  'kubectl create secret tls web --cert web.crt --key ./web.key',
  "kubectl get secret db -o jsonpath='{.data.password}'",
  'kubectl get secrets',
  'kubectl set image deploy/auth auth=auth:1.2',
  'kubectl get pods -l app=auth',
  'docker service create --with-registry-auth --name web nginx:1.28',
  'docker service create --secret db_password --name web nginx',
  'docker run -e GIT_SHA=4c0fdaa8b6341bfdeca5f18f7837462c80cff905 app',
  'docker tag app:4c0fdaa8b6341bfdeca5f18f7837462c80cff905 r.io/app:latest',
  'docker run -e DEBUG=true -e AUTH_ENABLED=true -e TOKEN_TTL=3600 app',
  'docker cp web:/var/lib/Docker2/some/very/long/path/with/Upper1/and2/digits3 .',
  'docker run --name my-very-long-container-name-with-many-words-and-numbers-12345 nginx',
  'docker attach --detach-keys=ctrl-a web',
  'docker context create x --docker "host=tcp://h:2376,ca=/a/ca.pem,cert=/a/cert.pem,key=/a/key.pem"',
  'docker --tlskey=/home/me/.docker/key.pem ps',
  'docker run -v $PWD:/w -w /w -e PWD=/w node',
  'docker build --secret id=tok,env=TOK --ssh default .',
  'docker run -e KEYCLOAK_URL=http://k -e AUTHOR=me x',
  'kubectl create token robot',
  'kubectl get pods --sort-by=.metadata.key',
  'docker run -e PASSWORD= x',
  'docker run -e EMPTY="" -e PASSWORD="" x',
  'docker exec db mysql -u root -p shop',
  'docker run --label com.example.team=auth x',
  'docker network create auth-net',
  'docker volume rm secret-data',
  'docker logs --since 2026-01-02T03:04:05Z api-key-service',
  'kubectl rollout status deploy/token-service',
  "kubectl get pod web -o jsonpath='{.spec.containers[0].env}'",
  'kubectl port-forward svc/auth 8080:80',
  'kubectl cp shop/auth:/etc/keys ./keys',
  'kubectl exec auth -- env',
  'kubectl create secret generic s --from-file=ssh-privatekey=/home/me/.ssh/id_ed25519',
  'kubectl create secret generic s --from-env-file=prod.env',
  'docker run --mount type=bind,src=/srv/secret,dst=/secret x',
  'docker run --env-file=secrets.env x',
  'docker compose -f secrets.yaml up -d',
  'docker ps --filter name=auth',
  "docker ps --format '{{.Names}}'",
  'docker run -e TOKEN=*** x',
  'docker run postgres:16@sha256:4c0fdaa8b6341bfdeca5f18f7837462c80cff90527ee35ef185571e1c327beac',
];

describe('maskSecrets', () => {
  it.each(hidden)('hides what is secret in %s', (line, masked) => {
    expect(maskSecrets(line)).toBe(masked);
  });

  it.each(shown)('shows %s as it is', (line) => {
    expect(maskSecrets(line)).toBe(line);
  });

  it.each([...hidden.map(([line]) => line), ...shown])(
    'changes nothing more the second time in %s',
    (line) => {
      expect(maskSecrets(maskSecrets(line))).toBe(maskSecrets(line));
    },
  );

  it('hides a private key over several lines', () => {
    const key = `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIEow/IBAAKCAQEA\nq83vEjRW\n-----END RSA ${'PRIVATE'} KEY-----`;
    expect(maskSecrets(`echo "${key}" > k; docker ps`)).toBe(
      'echo "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----" > k; docker ps',
    );
  });

  it('never makes a line much longer, and is done after the first time', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'docker',
        'login',
        '-p',
        '-e',
        'TOKEN=',
        'password:',
        '"',
        "'",
        '\\',
        '://',
        '@',
        '=',
        '***',
        ' ',
        '\n',
      ),
      fc.constantFrom(
        '--token',
        'api_key',
        'Bearer',
        'mysql',
        '-pabc',
        '$X',
        'a:b@c',
        'echo',
        '|',
        ';',
        '\t',
      ),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 25 }).map((parts) => parts.join('')),
        (line) => {
          const masked = maskSecrets(line);
          expect(masked.length).toBeLessThanOrEqual(line.length + 3 * (line.length + 1));
          expect(maskSecrets(masked)).toBe(masked);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['words', 'docker run -e TOKEN=abc nginx '],
    ['one word', 'aB3'],
    ['quotes', `'"`],
    ['names', 'token='],
    ['addresses', 'http://a:b@'],
    ['logins', 'login -p '],
    ['lines', 'password: x\n'],
    ['dashes', '--token --'],
    ['colons', 'a:'],
    ['keys', '-----BEGIN PRIVATE KEY-----'],
  ])('masks a megabyte of %s within a second', (_name, part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const start = process.cpuUsage();
    maskSecrets(text);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });
});

describe('isSecretName', () => {
  it.each([
    'PASSWORD',
    'db_passwd',
    'apiKey',
    'api-key',
    'GH_PAT',
    '--token',
    'secretKey',
    'X-Auth',
    'clientSecret',
  ])('is true of %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'PATH',
    'AUTHOR',
    'KEYCLOAK',
    'PASSWORD_FILE',
    'TOKEN_URL',
    '--password-stdin',
    'PUBLIC_KEY',
    'MONKEY',
    'PWD',
  ])('is false of %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
