import { parseDuration } from '../../docker/durations.ts';
import { parseInteger } from '../../docker/go-values.ts';
import { wholeSeconds } from '../../kubernetes/duration.ts';
import {
  addHealthCheck,
  dockerHealthDefaults,
  noStartPeriod,
  startIntervalWhy,
  startPeriodWhy,
} from '../workload/health.ts';
import { type FlagRule, isOn, lastValue, type RunContext, type VerdictParts } from './flag-rule.ts';

const lesson = 'health-and-resources';
const sources = ['docker-container-run', 'k8s-probes', 'k8s-task-configure-probes'];
const ofTheImage = ['docker-dockerfile-reference', 'k8s-pr-50796', 'k8s-probes'];

/** Docker asks more often than once a second only in vain here: periods are whole seconds. */
function seconds(flag: string, field: string, fallback: string): FlagRule {
  return {
    flag,
    grade: 'exact',
    kubernetes: `readinessProbe.${field}`,
    why: '',
    alsoCites: ofTheImage,
    sources,
    lesson,
    apply(_draft, { value }, context) {
      const without = needsCommand(context);
      if (without) return without;
      const milliseconds = parseDuration(value);
      if (milliseconds === 0)
        return {
          why: `0 is docker's default, ${fallback}, and that is written out: a probe's own is another.`,
        };
      const { seconds: whole, changed } = wholeSeconds(milliseconds);
      return {
        ...(changed ? { grade: 'approximate' as const } : {}),
        why: `\`${field}: ${whole}\`.${changed ? ' A probe counts in whole seconds, of at least one, so it is rounded up.' : ''}`,
      };
    },
  };
}

/** How docker finds out whether the container is well. */
export const healthFlags: readonly FlagRule[] = [
  {
    flag: '--health-cmd',
    takesVariables: true,
    grade: 'approximate',
    kubernetes: 'readinessProbe.exec',
    why: '',
    sources,
    lesson,
    apply(draft, { value }, { command }) {
      if (isOn(command, '--no-healthcheck'))
        return {
          grade: 'none',
          kubernetes: 'none',
          why: '`--no-healthcheck` beside it is refused by docker.',
        };
      if (value === '')
        return { grade: 'none', kubernetes: 'none', why: 'An empty command checks nothing, in docker too.' };
      addHealthCheck(draft, {
        test: ['/bin/sh', '-c', value],
        interval: durationOf(command, '--health-interval'),
        timeout: durationOf(command, '--health-timeout'),
        startPeriod: durationOf(command, '--health-start-period'),
        retries: Number(parseInteger(lastValue(command, '--health-retries') ?? '0')),
      });
      return {
        why: `\`${value}\` is run in the container. Docker only marks it unhealthy, and so does readiness: no traffic until it passes. Whether a failure should restart it (\`livenessProbe\`) is for you to choose. Docker's defaults, ${dockerHealthDefaults.interval / 1000} s and ${dockerHealthDefaults.timeout / 1000} s, are written out, since a probe's are 10 s and 1 s.`,
      };
    },
  },
  seconds('--health-interval', 'periodSeconds', '30 s'),
  seconds('--health-timeout', 'timeoutSeconds', '30 s'),
  {
    flag: '--health-retries',
    grade: 'exact',
    kubernetes: 'readinessProbe.failureThreshold',
    why: '',
    alsoCites: ofTheImage,
    sources,
    lesson,
    apply(_draft, { value }, context) {
      const retries = Number(parseInteger(value));
      return (
        needsCommand(context) ?? {
          why: `\`failureThreshold: ${Math.max(1, retries || dockerHealthDefaults.retries)}\`: so many failures in a row and the Pod is not ready.`,
        }
      );
    },
  },
  {
    flag: '--health-start-period',
    grade: 'approximate',
    kubernetes: 'startupProbe',
    why: '',
    alsoCites: ofTheImage,
    sources,
    lesson,
    apply(_draft, { value }, context) {
      const without = needsCommand(context);
      if (without) return without;
      if (parseDuration(value) === 0) return noStartPeriod;
      return { why: startPeriodWhy(value) };
    },
  },
  {
    flag: '--health-start-interval',
    grade: 'none',
    kubernetes: 'none',
    why: startIntervalWhy,
    sources,
    lesson,
  },
  {
    flag: '--no-healthcheck',
    grade: 'exact',
    kubernetes: 'the way Kubernetes is',
    why: "The image's HEALTHCHECK is never run by Kubernetes, so there is nothing to turn off.",
    sources: ['docker-dockerfile-reference', 'k8s-pr-50796'],
    lesson,
  },
];

function durationOf(command: RunContext['command'], flag: string): number {
  return Math.max(0, parseDuration(lastValue(command, flag) ?? '0'));
}

/** Without a command of its own the flag changes the image's check, which Kubernetes does not run. */
function needsCommand({ command }: RunContext): VerdictParts | undefined {
  if (lastValue(command, '--health-cmd')) return undefined;
  return {
    grade: 'none',
    kubernetes: 'none',
    why: "It changes how the image's own HEALTHCHECK is run, and Kubernetes does not run that. Give the command too, `--health-cmd`, and a probe takes both.",
    sources: ofTheImage,
  };
}
