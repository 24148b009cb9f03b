import { complain, type Steps } from '../effects.ts';

/** What is on many machines and not on this one, and what to do instead. */
const instead: Readonly<Record<string, string>> = {
  apt: 'nothing can be installed here; in a container there is what its image has',
  'apt-get': 'nothing can be installed here; in a container there is what its image has',
  brew: 'nothing can be installed here',
  column: 'it is not in the sandbox',
  crictl: 'it is on the nodes: node ssh worker-1 crictl ps',
  dig: 'names are looked up from within: kubectl exec POD -- nslookup NAME',
  envsubst: 'it is not in the sandbox; a here-document takes $VARIABLES in',
  git: 'it is not in the sandbox; undo and redo go back and forth',
  helm: 'it is not in the sandbox; the lessons and labs need kubectl only',
  jq: 'it is not in the sandbox; kubectl has -o jsonpath=…, docker has --format',
  kind: 'it is not in the sandbox: a cluster is here already',
  k3d: 'it is not in the sandbox: a cluster is here already',
  k9s: 'it is not in the sandbox; show --watch keeps the world before you',
  kubectx: 'kubectl config use-context NAME',
  kubens: 'kubectl config set-context --current --namespace=NAME',
  kustomize: 'it is not in the sandbox',
  lsof: 'docker port NAME and docker ps show which ports are published',
  make: 'it is not in the sandbox',
  minikube: 'it is not in the sandbox: a cluster is here already',
  nc: 'it is not in the sandbox; curl is, and busybox has nc',
  nerdctl: 'it is not in the sandbox; docker is',
  netstat: 'docker port NAME and docker ps show which ports are published',
  nslookup: 'names are looked up from within: kubectl exec POD -- nslookup NAME',
  ping: 'it is not in the sandbox; busybox has ping',
  openssl: 'it is not in the sandbox; kubectl create secret tls reads files that are there',
  podman: 'it is not in the sandbox; docker is',
  python3: 'it is not on this machine: docker run --rm python:3.13-slim python3 -c …',
  ss: 'docker port NAME and docker ps show which ports are published',
  ssh: 'to a node it is: node ssh worker-1',
  stern: 'kubectl logs -f --prefix -l app=NAME follows many Pods',
  systemctl: 'it is not simulated here',
  tar: 'it is not in the sandbox; docker cp and kubectl cp bring files out',
  top: 'it is not simulated here; docker stats and kubectl top are',
  wget: 'it is not in the sandbox; curl is',
  yq: 'it is not in the sandbox; kubectl has -o jsonpath=…',
};

/** Says that there is no such command, and what there is. @returns the exit code */
export function* refuseProgram(name: string): Steps<number> {
  if (name.startsWith('!')) {
    yield* complain(`sh: ${name}: lines are not repeated by number here; the arrow up brings them back\n`);
    return 127;
  }
  if (name.includes('/')) {
    yield* complain(`sh: ${name}: No such file or directory\n`);
    return 127;
  }
  const advice = Object.hasOwn(instead, name) ? instead[name] : 'help lists the commands there are.';
  yield* complain(`sh: ${name}: command not found\n→ ${advice}\n`);
  return 127;
}
