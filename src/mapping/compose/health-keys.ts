import { wholeSeconds } from '../../kubernetes/duration.ts';
import { addCaveat } from '../workload/draft.ts';
import {
  addHealthCheck,
  dockerHealthDefaults,
  noStartPeriod,
  startIntervalWhy,
  startPeriodWhy,
} from '../workload/health.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';

const sources = [servicePage, 'k8s-probes', 'k8s-task-configure-probes'];
const none = { grade: 'none', kubernetes: 'none' } as const;

/** How compose finds out whether a service is well. */
export const healthKeys: readonly KeyRule[] = [
  { key: 'healthcheck', each: 'below', grade: 'approximate', kubernetes: 'readinessProbe', why: '', sources },
  {
    key: 'healthcheck.test',
    grade: 'approximate',
    kubernetes: 'readinessProbe.exec',
    why: '',
    sources,
    apply(draft, _use, { service, choice }) {
      const { healthcheck: check = {} } = service.config;
      const { test: written = [] } = check;
      const [form, ...words] = written;
      if (form === 'NONE' || check.disable) return notRun();
      if (words.length === 0 || words.join('') === '')
        return { ...none, why: 'An empty command checks nothing, in docker too.' };
      if (choice.kind === 'Job') {
        addCaveat(
          draft,
          `The health check of \`${service.name}\` is a readiness probe, which changes nothing for a Job: it ends when its command ends.`,
        );
      }
      const test = form === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : words;
      addHealthCheck(draft, {
        test,
        ...(check.interval === undefined ? {} : { interval: Math.max(0, check.interval) }),
        ...(check.timeout === undefined ? {} : { timeout: Math.max(0, check.timeout) }),
        ...(check.retries === undefined ? {} : { retries: check.retries }),
        ...(check.start_period === undefined ? {} : { startPeriod: Math.max(0, check.start_period) }),
      });
      return {
        why: `It is run in the container. Docker only marks the container unhealthy, and so does readiness: no traffic from the Service until it passes. Whether a failure should also restart it (\`livenessProbe\`) is for you to choose; it adds restarts that docker does not make. Docker's defaults, ${dockerHealthDefaults.interval / 1000} s and ${dockerHealthDefaults.timeout / 1000} s, are written out, since a probe's are 10 s and 1 s.`,
      };
    },
  },
  times('interval', 'periodSeconds', '30 s'),
  times('timeout', 'timeoutSeconds', '30 s'),
  {
    key: 'healthcheck.retries',
    grade: 'exact',
    kubernetes: 'readinessProbe.failureThreshold',
    why: '',
    sources,
    apply: (_draft, _use, context) =>
      without(context) ?? {
        why: `\`failureThreshold: ${Math.max(1, context.service.config.healthcheck?.retries || dockerHealthDefaults.retries)}\`: so many failures in a row and the Pod is not ready.`,
      },
  },
  {
    key: 'healthcheck.start_period',
    grade: 'approximate',
    kubernetes: 'startupProbe',
    why: '',
    sources,
    apply(_draft, { value }, context) {
      const refused = without(context);
      if (refused) return refused;
      if (!context.service.config.healthcheck?.start_period) return noStartPeriod;
      return { why: startPeriodWhy(value) };
    },
  },
  {
    key: 'healthcheck.start_interval',
    grade: 'none',
    kubernetes: 'none',
    why: startIntervalWhy,
    sources,
  },
  {
    key: 'healthcheck.disable',
    grade: 'exact',
    kubernetes: 'the way Kubernetes is',
    why: "The image's HEALTHCHECK is never run by Kubernetes, so there is nothing to turn off.",
    sources: [servicePage, 'docker-dockerfile-reference', 'k8s-pr-50796'],
  },
];

function times(key: 'interval' | 'timeout', field: string, fallback: string): KeyRule {
  return {
    key: `healthcheck.${key}`,
    grade: 'exact',
    kubernetes: `readinessProbe.${field}`,
    why: '',
    sources,
    apply(_draft, _use, context) {
      const refused = without(context);
      if (refused) return refused;
      const { healthcheck: { [key]: written = 0 } = {} } = context.service.config;
      const milliseconds = Math.max(0, written);
      if (milliseconds === 0)
        return {
          why: `0 is docker's default, ${fallback}, and that is written out: a probe's own is another.`,
        };
      const { seconds, changed } = wholeSeconds(milliseconds);
      return {
        ...(changed ? { grade: 'approximate' as const } : {}),
        why: `\`${field}: ${seconds}\`.${changed ? ' A probe counts in whole seconds, of at least one, so it is rounded up.' : ''}`,
      };
    },
  };
}

function notRun(): VerdictParts {
  return {
    grade: 'exact',
    kubernetes: 'the way Kubernetes is',
    why: "No check is run, and Kubernetes never runs the image's HEALTHCHECK.",
    sources: [servicePage, 'docker-dockerfile-reference', 'k8s-pr-50796'],
  };
}

/** Without a command of its own the key changes the image's check, which Kubernetes does not run. */
function without({ service }: ServiceContext): VerdictParts | undefined {
  const { healthcheck: { test, disable } = {} } = service.config;
  if (disable || test?.[0] === 'NONE') return notRun();
  if (test && test.length > 0) return undefined;
  return {
    ...none,
    why: "It changes how the image's own HEALTHCHECK is run, and Kubernetes does not run that. Give the `test` too, and a probe takes both.",
    sources: [servicePage, 'docker-dockerfile-reference', 'k8s-pr-50796', 'k8s-probes'],
  };
}
