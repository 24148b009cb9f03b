import { type Scenario, withBusybox } from '../scenario.ts';

/** A build from the folder `app` of a Dockerfile that stands in the line, and what is shown of what it says. */
const build = (dockerfile: string, flags: string, filter: string): string =>
  `docker build -t built --progress plain ${flags} -f - app 2>&1 <<'DOCKERFILE' | ${filter}\n${dockerfile}\nDOCKERFILE`;

/** A build that works, of which is shown what its steps print. */
const built = (dockerfile: string, flags = ''): string =>
  build(dockerfile, flags, "grep -e '^#[0-9]* [0-9]*\\.[0-9]* ' -e '^ERROR' | sed 's/^#[0-9]* [0-9.]* //'");

/** A build that fails: what is said in the end, and of which line. */
const failing = (dockerfile: string, flags = ''): string =>
  build(
    dockerfile,
    flags,
    "grep -e '^ERROR' -e '>>>' -e '^unknown flag' | sed 's/ref [^ ]*:/ref:/; s/ .var.lib.*buildkit[0-9]*/ /'",
  );

const from = 'FROM busybox:1.36';

/** Dockerfiles that are wrong, each in its own way. */
const wrong = [
  'ENV',
  'ENV =a',
  'ENV a',
  'ARG =a',
  'ARG',
  'LABEL =a',
  'COPY a.txt',
  'COPY a.txt <<END',
  'COPY nothing /',
  'COPY *.none /',
  'COPY --from=nowhere a /b',
  'COPY --from=5 a /b',
  'COPY --chmod=nonsense a.txt /',
  'COPY --chown=nothing a.txt /',
  'COPY --checksum=sha256:00 a.txt /',
  'COPY --nothing a.txt /',
  'COPY --from= a.txt /',
  'COPY --from a.txt /',
  'COPY --chown=a --chown=b a.txt /',
  'COPY --link=maybe a.txt /',
  'COPY a.txt sub /file',
  'ADD --checksum=sha256:00 a.txt /',
  'ADD nothing.tar /',
  'RUN',
  'RUN --mount=type=nothing true',
  'RUN --mount=type=cache true',
  'RUN --mount=nothing true',
  'RUN --mount=type=bind,nothing=1,target=/a true',
  'RUN --mount=type=bind,target=/a,id=b true',
  'RUN --mount=type=secret true',
  'RUN --mount=type=secret,id=none,required=true true',
  'RUN --mount=type=cache,target=/a,sharing=nothing true',
  'RUN --mount=type=cache,target=/ true',
  'RUN --mount=type=tmpfs,target=/a,size=lots true',
  'RUN --mount=type=bind,source=nothing,target=/a true',
  'RUN --mount=type=cache,target=/a,mode=999 true',
  'RUN --mount=type=cache,target=/a,uid=me true',
  'RUN --mount=type=bind,target=/a,readonly=maybe true',
  'RUN --mount=source true',
  'RUN --network=nothing true',
  'RUN --security=nothing true',
  'RUN exit 5',
  'RUN ["nothing"]',
  'RUN <<END\nfalse',
  'USER',
  'USER nothing\nRUN true',
  'WORKDIR',
  'VOLUME',
  'VOLUME [""]',
  'EXPOSE',
  'EXPOSE nothing',
  'EXPOSE 80/nothing',
  'EXPOSE 99999',
  'STOPSIGNAL NOTHING',
  'STOPSIGNAL',
  'SHELL sh',
  'SHELL []',
  'ONBUILD',
  'ONBUILD FROM a',
  'ONBUILD ONBUILD RUN true',
  'ONBUILD MAINTAINER me',
  'HEALTHCHECK',
  'HEALTHCHECK NONE a',
  'HEALTHCHECK NOTHING a',
  'HEALTHCHECK CMD',
  'HEALTHCHECK --interval=soon CMD true',
  'HEALTHCHECK --interval=1us CMD true',
  'HEALTHCHECK --retries=x CMD true',
  'HEALTHCHECK --retries=-1 CMD true',
  'HEALTHCHECK --nothing=1 CMD true',
  'NOTHING',
  'FORM busybox',
  'COPY --from=itself a /b\nFROM busybox:1.36 AS itself',
  `ENV A=\${B:nothing}`,
  `ENV A=\${B`,
  `ENV A=\${B:?is needed}`,
  `ENV A=\${B?}`,
  `ENV A=\${}`,
  'ENV A="unterminated',
  'MAINTAINER',
  'CMD ["a", b]\nRUN cat /nothing',
];

/** Dockerfiles that are right, followed by what became of them. */
const substitution = `ARG BASE=busybox
ARG TAG=1.36
FROM \${BASE}:\${TAG} AS first
ARG TAG
ARG UNSET
ARG LONG=/usr/local/lib/file.tar.gz
ENV A=one B="two words" C='single $A' D=esc\\ aped E=\${TAG:-none} F=\${UNSET:-default} G=\${TAG:+there} H=\${UNSET:+there} \\
    I=\${LONG#*/} J=\${LONG##*/} K=\${LONG%.*} L=\${LONG%%.*} M=\${LONG/local/share} N=\${LONG//l/L} O=\${UNSET-d} P=\${UNSET+s} Q="\\$A" R="a\\"b"
ENV OLD style with blanks
LABEL one=1 "two words"="three four" three='$A'
WORKDIR /desk
WORKDIR \${A}
RUN echo $A "$B" > file && pwd
FROM first
COPY --from=first /desk/one/file /copied
RUN cat /copied && env | grep -e '^[A-R]=' -e ^OLD | sort`;

const instructions = `FROM busybox:1.36
MAINTAINER me
SHELL ["/bin/sh", "-ec"]
USER 5:6
WORKDIR /made
RUN id
USER root
COPY --chown=5:6 --chmod=640 a.txt /owned
COPY --chown=www-data a.txt /named
COPY --chown=nobody:33 a.txt /mixed
COPY --chmod=u+x,g-r,o=w a.txt /symbolic
COPY --chmod=a=rX sub /folder
COPY --exclude=*.md sub /without
COPY sub/ a.txt /both/
COPY sub/*.tx? /matched/
COPY ["a.txt", "/with blank/"]
COPY --link a.txt /linked
COPY <<ONE <<"TWO" /texts/
one $HOME
ONE
two $HOME
TWO
ADD a.txt /added/
RUN <<END
echo several
echo lines
END
RUN <<END sh -e
echo shell
END
RUN cat <<END
to cat
END
RUN --mount=type=bind,source=sub,target=/bound ls /bound
RUN --mount=type=bind,source=sub,target=/bound,rw touch /bound/new && ls /bound
RUN --mount=type=cache,target=/cache,id=c ls /cache && touch /cache/kept
RUN --mount=type=cache,target=/cache,id=c,sharing=locked,ro ls /cache
RUN --mount=type=tmpfs,target=/tmp/t,size=1m touch /tmp/t/a && ls /tmp/t
RUN --mount=type=secret,id=s,target=/said,mode=0444 cat /said
RUN --mount=type=secret,id=s,env=WORD echo $WORD
RUN --mount=type=secret,id=absent ls /run/secrets || true
RUN --network=none true
RUN ls -lR /owned /named /mixed /symbolic /both /texts | cut -c 1-30 | grep -v total
RUN stat -c '%a %u:%g %n' /owned /named /mixed /symbolic /folder /folder/b.txt /matched/b.txt /made
RUN cat /texts/ONE /texts/TWO; ls /without "/with blank"
EXPOSE 80 443/tcp 53/udp 7000-7001
VOLUME /v1 /v2
VOLUME ["/v 3"]
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s --timeout=2s --start-period=3s --start-interval=1s --retries=4 CMD test -f /owned
ENTRYPOINT ["sh", "-c"]
CMD echo shell form
ONBUILD RUN echo triggered
ONBUILD COPY a.txt /triggered`;

/** More of what Dockerfiles can say. */
export const moreBuilds: Scenario = {
  name: 'more builds',
  setup: [
    withBusybox,
    'mkdir -p app/sub/deep; echo a > app/a.txt; echo b > app/sub/b.txt; echo c > app/sub/c.md; echo d > app/sub/deep/d.txt; echo hush > secret.txt',
  ],
  lines: [
    ...wrong.map((text) => failing(`${from}\n${text}`)),
    failing('RUN true'),
    failing('FROM'),
    failing('FROM busybox:1.36 AS'),
    failing('FROM busybox:1.36 AS 5x'),
    failing('FROM --platform= busybox:1.36'),
    failing(`FROM \${NOTHING}`),
    failing('FROM nothing:1'),
    built('FROM scratch\nCOPY a.txt /'),
    failing('FROM scratch\nRUN true'),
    failing(''),
    built('# escape=`\nFROM busybox:1.36\nRUN echo a `\n  b'),
    built('# escape=x\nFROM busybox:1.36'),
    built(substitution),
    built(substitution, '--build-arg TAG=1.36 --build-arg UNSET=set --build-arg OTHER=1'),
    "docker image inspect -f '{{range .Config.Env}}{{println .}}{{end}}' built",
    "docker image inspect -f '{{json .Config.Labels}} {{.Config.WorkingDir}}' built",
    built(instructions, '--secret id=s,src=secret.txt'),
    "docker image inspect -f '{{json .Config.ExposedPorts}} {{json .Config.Volumes}} {{.Config.StopSignal}} {{json .Config.Healthcheck}} {{json .Config.Entrypoint}} {{json .Config.Cmd}} {{json .Config.Shell}} {{json .Config.OnBuild}} {{.Author}}' built",
    `docker history --format '{{.CreatedBy}}' built`,
    'docker run --rm built',
    `docker build -q -t child -f - app <<'END' >/dev/null\nFROM built\nEND`,
    'docker run --rm --entrypoint cat child /triggered',
    built(
      `${from} AS a\nRUN echo a > /a\n${from} AS b\nRUN echo b > /b\n${from}\nCOPY --from=0 /a /\nCOPY --from=b /b /`,
      '--target b',
    ),
    built(
      `${from} AS a\nRUN echo a > /a\n${from} AS b\nRUN echo b > /b\n${from}\nCOPY --from=0 /a /\nCOPY --from=b /b /`,
    ),
    failing(`${from}`, '--target nothing'),
    built(`${from}`, '--label x=y --label z'),
    built(`${from}\nRUN true`, '--network none'),
    failing(`${from}\nRUN true`, '--network nothing'),
    built(`${from}`, '--platform linux/amd64'),
    failing(`${from}`, '--secret nonsense'),
    failing(`${from}`, '--secret id=s,src=nothing.txt'),
    failing(`${from}`, '--build-arg'),
    failing(`${from}`, '--tag UPPER'),
    failing(`${from}`, '--progress fancy'),
    built(`${from}`, '-q'),
    built(`${from}`, '--iidfile id.txt'),
    'cut -c 1-7 id.txt',
    'docker build -q nothing',
    'docker build -q -f nothing app',
    'docker build',
    'docker build app app',
    "printf '*\\n!a.txt\\n' > app/.dockerignore",
    built(`${from}\nCOPY . /all\nRUN find /all | sort`),
    failing(`${from}\nCOPY sub /all`),
    "printf '# comment\\n\\n**/*.md\\nsub/deep\\n!sub/deep/d.txt\\n/a.txt\\n' > app/.dockerignore",
    built(`${from}\nCOPY . /all\nRUN find /all | sort`),
    "printf 'sub/*\\n!sub/b*\\n' > app/.dockerignore",
    built(`${from}\nCOPY . /all\nRUN find /all | sort`),
    "printf '[a-\\n' > app/.dockerignore",
    failing(`${from}\nCOPY . /all`),
    'rm app/.dockerignore; printf "a.txt\\n" > app/Special.dockerignore; printf "FROM busybox:1.36\\nCOPY . /all\\nRUN find /all | sort\\n" > app/Special',
    'docker build -q -t special -f app/Special app >/dev/null; docker run --rm special find /all | sort',
    failing(`${from}\nRUN ln -s /etc /link\nCOPY a.txt /link/\nCOPY a.txt /etc/passwd/`),
    failing(`${from}\nCOPY sub /etc/passwd`),
    failing(`${from}\nCOPY a.txt /bin/sh/x`),
    built(`${from}\nRUN mkdir /d\nCOPY a.txt /d\nCOPY sub/. /d/\nRUN ls /d`),
    "docker buildx ls --format '{{.Name}}' | head -1",
    'docker buildx version | cut -d " " -f 1',
    'docker buildx inspect nothing',
    'docker buildx du --filter nonsense=1',
    'docker buildx du --verbose --format json',
    'docker builder prune -f --filter nonsense=1',
    'docker builder prune -f --filter until=10000h',
    'docker buildx build --check -f - app <<END\nfrom busybox:1.36\nMAINTAINER me\nEND',
  ],
};
