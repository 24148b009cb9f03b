// Prints what the sandbox's cluster costs: many Pods, undo, saving, and another simulator beside it. Each
// measurement has a process of its own. `npm run bench`; with `--check` it fails where a target is missed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { untilSeen } from './until-seen.mjs';

const root = join(import.meta.dirname, '..');
const now = Date.UTC(2026, 10, 20);

/** The most that scaling out 10,000 Pods on 100 nodes may cost. */
const targets = { cpuSeconds: 3, megabytes: 400, growth: 1.3, undoMilliseconds: 1, prompt: 2.5 };

/** How often the prompt is waited for, next to `node -e 0`. */
const pairs = Number(process.env.BENCH_PAIRS ?? 25);

if (process.argv[2] === 'measure') await measure(process.argv[3], process.argv[4], Number(process.argv[5]));
else await report();

async function report() {
  const folder = mkdtempSync(join(tmpdir(), 'tutor-bench-'));
  await build({
    absWorkingDir: root,
    entryPoints: { sandbox: 'src/sandbox/sandbox.ts', webernetes: '@ngrok/webernetes' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
  });
  const run = (what, pods, times = 1) =>
    Array.from({ length: times }, () => child(folder, what, pods)).sort(
      (one, other) => one.cpuSeconds - other.cpuSeconds,
    )[0];
  let isMissed = false;
  const say = (what, amount, target, isFine) => {
    isMissed ||= target !== undefined && !isFine;
    const goal = target === undefined ? '' : `  (target ${target}${isFine ? '' : ', MISSED'})`;
    console.log(`${what.padEnd(52)} ${amount}${goal}`);
  };

  console.log(`the sandbox's cluster, the best of several processes, Node ${process.versions.node}`);
  const few = run('scale', 1_000, 3);
  const half = run('scale', 5_000, 3);
  const many = run('scale', 10_000, 5);
  const fits = (result) => result.cpuSeconds <= targets.cpuSeconds && result.megabytes <= targets.megabytes;
  for (const [pods, result] of [
    ['1,000', few],
    ['5,000', half],
    ['10,000', many],
  ]) {
    const target = result === many ? `${targets.cpuSeconds} s, ${targets.megabytes} MB` : undefined;
    say(`${pods} Pods on 100 nodes are ready`, costOf(result), target, fits(result));
  }
  // The first thousand pay for starting and for compiling, so they are left out.
  const growth = (many.cpuSeconds - half.cpuSeconds) / 5 / ((half.cpuSeconds - few.cpuSeconds) / 4);
  say(
    'a Pod of the second half, as times one of the first',
    growth.toFixed(2),
    targets.growth,
    growth <= targets.growth,
  );
  say('200 Pods on 3 nodes', costOf(run('scale', 200, 3)));
  say('200 Pods on 3 nodes by @ngrok/webernetes', costOf(run('webernetes', 200, 3)));
  const { undoFew, undoMany, save, load, text } = run('keep', 10_000);
  say('undo of a step, with 10 Pods', `${undoFew.toFixed(3)} ms`);
  say(
    'undo of a step, with 10,000 Pods',
    `${undoMany.toFixed(3)} ms`,
    `${targets.undoMilliseconds} ms`,
    undoMany <= targets.undoMilliseconds,
  );
  say('saving 10,000 Pods', `${save.toFixed(2)} s, ${text.toFixed(0)} MB`);
  say('loading them', `${load.toFixed(2)} s`);
  const prompt = await promptRatio(folder);
  say(
    'the prompt of `sandbox`, as times node -e 0',
    prompt.toFixed(2),
    targets.prompt,
    prompt <= targets.prompt,
  );
  rmSync(folder, { recursive: true, force: true });
  if (isMissed && process.argv.includes('--check')) process.exitCode = 1;
}

/** How long it takes until somebody at a terminal can type, in paired runs. */
async function promptRatio(home) {
  const program = join(root, 'bin', 'k8s-docker-tutor.js');
  // Ctrl-D leaves.
  const prompt = () => untilSeen([program, 'sandbox'], home, '\\$ ', '\u0004');
  const ratios = [];
  await prompt();
  for (let pair = 0; pair < pairs; pair++) {
    const bare = await untilSeen(['-e', '0'], home);
    ratios.push((await prompt()) / bare);
  }
  return ratios.sort((one, other) => one - other)[pairs >> 1];
}

function costOf({ cpuSeconds, megabytes }) {
  return `${cpuSeconds.toFixed(2)} s of CPU, ${megabytes.toFixed(0)} MB`;
}

function child(folder, what, pods) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [import.meta.filename, 'measure', folder, what, `${pods}`],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`${what} of ${pods}: ${stderr}`);
  return JSON.parse(stdout);
}

async function measure(folder, what, pods) {
  const require = createRequire(import.meta.url);
  const result =
    what === 'webernetes'
      ? await withWebernetes(require(join(folder, 'webernetes.cjs')), pods)
      : what === 'keep'
        ? keep(require(join(folder, 'sandbox.cjs')), pods)
        : scale(require(join(folder, 'sandbox.cjs')), pods, pods >= 1_000 ? 101 : 4);
  console.log(JSON.stringify(result));
  process.exit();
}

function seconds({ user, system }) {
  return (user + system) / 1e6;
}

function cost(start) {
  return {
    cpuSeconds: seconds(process.cpuUsage(start)),
    // Kilobytes wherever Node runs.
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

function deployment(replicas) {
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    },
  };
}

function scaledOut(Sandbox, pods, nodes) {
  const sandbox = Sandbox.fresh({ now, seed: 1, nodes });
  const start = process.cpuUsage();
  const path = '/apis/apps/v1/namespaces/default/deployments';
  sandbox.request({ method: 'POST', path, query: {}, headers: {}, body: deployment(pods) });
  const isReady = () =>
    sandbox.cluster.get('deployments.apps', 'default', 'web')?.status?.readyReplicas === pods;
  if (!sandbox.advance(600_000, isReady)) throw new Error('they are not ready');
  return { sandbox, start };
}

function scale({ Sandbox }, pods, nodes) {
  const { start } = scaledOut(Sandbox, pods, nodes);
  return cost(start);
}

function keep({ Sandbox }, pods) {
  const undo = (sandbox) => {
    const times = Array.from({ length: 20 }, (_, each) => {
      const before = sandbox.snapshot();
      const path = '/api/v1/namespaces/default/configmaps';
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `step-${each}` } };
      sandbox.request({ method: 'POST', path, query: {}, headers: {}, body });
      const from = performance.now();
      sandbox.restore(before);
      return performance.now() - from;
    });
    return times.sort((one, other) => one - other)[times.length >> 1];
  };
  const undoFew = undo(scaledOut(Sandbox, 10, 4).sandbox);
  const { sandbox } = scaledOut(Sandbox, pods, 101);
  const undoMany = undo(sandbox);
  const start = process.cpuUsage();
  const text = JSON.stringify(sandbox.snapshot());
  const save = seconds(process.cpuUsage(start));
  const again = process.cpuUsage();
  new Sandbox(JSON.parse(text)).advance(1);
  return {
    undoFew,
    undoMany,
    save,
    load: seconds(process.cpuUsage(again)),
    text: text.length / 1e6,
    ...cost(start),
  };
}

/** Its clock is in our hand, so that it does not wait either. */
async function withWebernetes({ Cluster, BaseImage }, pods) {
  const cluster = new Cluster();
  cluster.registerImage(
    class extends BaseImage {
      static imageName = 'nginx';
      static imageVersion = '1.27';
      defaultCommand = ['serve'];
      async exec(context, argv) {
        if (argv[0] !== 'serve') return super.exec(context, argv);
        context.listenHttp(80, async () => ({ status: 200, body: '' }));
        return context.waitUntilKilled();
      }
    },
  );
  cluster.clock.pause();
  const until = async (promise) => {
    let isOver = false;
    const noted = promise.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      cluster.clock.step(50);
      for (let turn = 0; turn < 15; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    return noted;
  };
  await until(cluster.init());
  const start = process.cpuUsage();
  await until(cluster.apply([deployment(pods)]));
  for (;;) {
    const { status } = await until(
      cluster.api.appsv1.readNamespacedDeployment({ namespace: 'default', name: 'web' }),
    );
    if (status?.readyReplicas === pods) break;
    if (seconds(process.cpuUsage(start)) > 120) throw new Error('they are not ready');
  }
  return cost(start);
}
