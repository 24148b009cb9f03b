import { type Scenario, withBusybox } from '../scenario.ts';

const restarts = "docker inspect -f '{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}}'";
const health =
  "docker inspect -f '{{.State.Status}} {{.State.Health.Status}} {{.State.Health.FailingStreak}}'";

/** Restart policies, health checks, and memory that runs out. */
export const restartsAndHealth: Scenario = {
  name: 'restarts and health',
  setup: [withBusybox],
  lines: [
    'docker run -d --name never busybox:1.36 sh -c "exit 1"',
    'docker run -d --name twice --restart on-failure:2 busybox:1.36 sh -c "echo try; exit 1"',
    'docker run -d --name fine --restart on-failure busybox:1.36 true',
    'docker run -d --name always --restart always busybox:1.36 sh -c "echo again; sleep 0.1"',
    'docker run -d --name stopped --restart always busybox:1.36 sleep 1d',
    'sleep 3',
    `${restarts} never`,
    `${restarts} twice`,
    'docker logs twice',
    `${restarts} fine`,
    'docker logs -n 2 always',
    "docker inspect -f '{{json .HostConfig.RestartPolicy}}' never twice fine always",
    'docker stop -t 0 stopped',
    'sleep 1',
    `${restarts} stopped`,
    'docker update --restart no always',
    'sleep 8',
    "docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' always",
    'docker run -d --name well --health-cmd "test -e /tmp" --health-interval 1s busybox:1.36 sleep 1d',
    'docker run -d --name ill --health-cmd "echo no; exit 1" --health-interval 1s --health-retries 2 busybox:1.36 sleep 1d',
    'docker run -d --name unchecked --no-healthcheck busybox:1.36 sleep 1d',
    `${health} well`,
    "docker ps --filter name=well --format '{{.Status}}'",
    'sleep 4',
    "docker inspect -f '{{.State.Health.Status}} {{.State.Health.FailingStreak}}' well",
    "docker ps --filter name=well --format '{{.Status}}'",
    "docker ps --filter health=healthy --format '{{.Names}}'",
    "docker ps --filter health=unhealthy --format '{{.Names}}'",
    "docker inspect -f '{{.State.Health.Status}}' ill",
    "docker inspect -f '{{range .State.Health.Log}}{{.ExitCode}} {{.Output}}{{end}}' ill | tail -n 1",
    "docker inspect -f '{{json .Config.Healthcheck}}' well ill unchecked",
    "docker inspect -f '{{.State.Health}}' unchecked",
    'docker stop -t 0 well',
    "docker inspect -f '{{.State.Status}} {{.State.Health.Status}}' well",
    'docker run --name greedy -m 16m --memory-swap 16m busybox:1.36 sh -c "tail /dev/zero"',
    "docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Status}}' greedy",
    "docker ps -a --filter name=greedy --format '{{.Status}}'",
    'docker rm -f never twice fine always stopped well ill unchecked greedy',
  ],
};
