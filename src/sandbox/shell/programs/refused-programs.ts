import { nearest } from '../../../nearest.ts';
import { complain, type Steps } from '../../effects.ts';

/** What is on many machines and not on this one, and what to do instead. */
const instead: Readonly<Record<string, string>> = {
  apt: 'nothing can be installed here; in a container there is what its image has',
  'apt-get': 'nothing can be installed here; in a container there is what its image has',
  bind: 'Tab completes, the arrow up brings lines back',
  brew: 'nothing can be installed here',
  cls: 'clear empties the screen',
  code: 'edit FILE opens your own editor',
  column: 'it is not in the sandbox',
  coproc: 'this shell has no co-processes; a line with & at its end goes on in the background',
  crictl: 'it is on the nodes: node ssh worker-1 crictl ps',
  dir: 'ls lists what is in a folder',
  dig: 'names are looked up from within: kubectl exec POD -- nslookup NAME',
  'docker-machine': 'a Docker Engine is here already: docker info',
  emacs: 'edit FILE opens your own editor',
  envsubst: 'it is not in the sandbox; a here-document takes $VARIABLES in',
  fish: 'this shell reads what bash reads',
  getopts: 'this shell does not take options apart; "$1", "$2" and shift give them one after another',
  git: 'it is not in the sandbox; undo and redo go back and forth',
  hash: 'nothing is remembered of where programs are: there is nothing to forget',
  helm: 'it is not in the sandbox; the lessons and labs need kubectl only',
  htop: 'it is not simulated here; docker stats and kubectl top are',
  ipconfig: 'docker inspect and kubectl get pods -o wide show addresses',
  ifconfig: 'docker inspect and kubectl get pods -o wide show addresses',
  journalctl: 'it is on the nodes: node ssh worker-1 journalctl -u kubelet',
  jq: 'it is not in the sandbox; kubectl has -o jsonpath=…, docker has --format',
  kind: 'it is not in the sandbox: a cluster is here already',
  k3d: 'it is not in the sandbox: a cluster is here already',
  k9s: 'it is not in the sandbox; show --watch keeps the world before you',
  kubectx: 'kubectl config use-context NAME',
  kubens: 'kubectl config set-context --current --namespace=NAME',
  kustomize: 'it is not in the sandbox',
  logout: 'exit leaves, and so does Ctrl-D; the world is kept',
  lsof: 'docker port NAME and docker ps show which ports are published',
  make: 'it is not in the sandbox',
  man: 'docker run --help, kubectl run --help and kubectl explain pod tell of what is here',
  minikube: 'it is not in the sandbox: a cluster is here already',
  nc: 'it is not in the sandbox; curl is, and busybox has nc',
  nerdctl: 'it is not in the sandbox; docker is',
  netcat: 'it is not in the sandbox; curl is, and busybox has nc',
  netstat: 'docker port NAME and docker ps show which ports are published',
  notepad: 'edit FILE opens your own editor',
  npm: 'it is not on this machine: docker run --rm node:24-slim npm …',
  nslookup: 'names are looked up from within: kubectl exec POD -- nslookup NAME',
  open: 'edit FILE opens your own editor, and cat shows a file',
  ping: 'it is not in the sandbox; busybox has ping',
  openssl: 'it is not in the sandbox; kubectl create secret tls reads files that are there',
  podman: 'it is not in the sandbox; docker is',
  pip: 'nothing can be installed here; in a container there is what its image has',
  powershell: 'this shell reads what bash reads',
  python: 'it is not on this machine: docker run --rm python:3.13-slim python3 -c …',
  python3: 'it is not on this machine: docker run --rm python:3.13-slim python3 -c …',
  quit: 'exit leaves, and so does Ctrl-D; the world is kept',
  reboot: 'of the nodes it is: node stop worker-1, node start worker-1',
  service: 'the Docker Engine runs already; docker info asks it',
  shopt: 'this shell has the options of set: set -o lists them',
  shutdown: 'of the nodes it is: node stop worker-1',
  ss: 'docker port NAME and docker ps show which ports are published',
  ssh: 'to a node it is: node ssh worker-1',
  stern: 'kubectl logs -f --prefix -l app=NAME follows many Pods',
  su: 'you may do everything as you are',
  systemctl: 'the Docker Engine runs already; on a node it is: node ssh worker-1 systemctl status kubelet',
  tar: 'it is not in the sandbox; docker cp and kubectl cp bring files out',
  telnet: 'it is not in the sandbox; curl is, and busybox has nc',
  times: 'time COMMAND says how long one takes',
  top: 'it is not simulated here; docker stats and kubectl top are',
  trap: 'nothing is done at a signal or at the end here; what is to be done last stands in the last line',
  typeset: 'declare NAME=VALUE and export NAME=VALUE set variables',
  ulimit: 'it is not simulated here; docker run --ulimit and resources of a Pod set limits',
  umask: 'it is not simulated here; chmod sets the mode of a file',
  wget: 'it is not in the sandbox; curl is',
  zsh: 'this shell reads what bash reads',
  yq: 'it is not in the sandbox; kubectl has -o jsonpath=…',
};

/** What a prompt that was pasted with a line begins with. */
const prompts = /^([$%>#]|PS|\S+@\S+[$#])$/;

/** Commands of docker and kubectl that people type by themselves. */
const halves: Readonly<Record<string, readonly string[]>> = {
  docker: ['build', 'compose', 'images', 'pull', 'push', 'rmi', 'run', 'stop', 'volume'],
  kubectl: [
    'apply',
    'create',
    'delete',
    'describe',
    'explain',
    'expose',
    'get',
    'logs',
    'nodes',
    'pods',
    'rollout',
    'scale',
    'services',
  ],
};

/** Words that are near to many that are meant otherwise. */
const shortest = 5;
/** What is longer is no slip of the fingers. */
const longest = 30;
const alsoShort = ['curl', 'edit', 'exit', 'help', 'show'];

/**
 * Says that there is no such command, and what to do instead.
 *
 * @param commands those there are
 * @returns the exit code
 */
export function* refuseProgram(name: string, commands: readonly string[]): Steps<number> {
  const why = name.startsWith('!')
    ? 'lines are not repeated by number here; the arrow up brings them back'
    : `command not found\n→ ${adviceFor(name, commands)}`;
  yield* complain(`sh: ${name}: ${why}\n`);
  return 127;
}

function adviceFor(name: string, commands: readonly string[]): string {
  if (Object.hasOwn(instead, name)) return `${instead[name]}`;
  if (prompts.test(name)) return 'What stands before a command in examples is the prompt: leave it out.';
  if (/[“”‘’„«»]/.test(name)) return "These quotes are a text processor's: type \" or ' instead.";
  if (/^[A-Za-z]:/.test(name)) return 'Paths are as on Linux here, with / in them: pwd says where you are.';
  if (/^[\w-]+:$/.test(name)) return 'That looks like YAML: cat > FILE <<EOF takes it up to a line EOF.';
  const half = Object.entries(halves).find(([, names]) => names.includes(name));
  if (half) {
    const [program] = half;
    const isKind = ['nodes', 'pods', 'services'].includes(name);
    return `Is ${program} ${isKind ? 'get ' : ''}${name} meant?`;
  }
  const known = [...commands.filter((each) => each.length >= shortest), ...alsoShort];
  const [near] = name.length > longest ? [] : nearest(name, known, 1);
  return near === undefined ? 'help lists the commands there are.' : `Is ${near} meant?`;
}
