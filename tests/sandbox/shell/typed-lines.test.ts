import { describe, expect, it } from 'vitest';
import { ShellVisitor } from './shell-visitor.ts';

const visitor = new ShellVisitor();
const notFound = (name: string, advice: string): string => `sh: ${name}: command not found\n→ ${advice}\n`;
const prompt = 'What stands before a command in examples is the prompt: leave it out.';
const leave = 'exit leaves, and so does Ctrl-D; the world is kept';

describe('what a beginner types', () => {
  it.each([
    ['kubctl get pods', 'Is kubectl meant?'],
    ['kubeclt get pods', 'Is kubectl meant?'],
    ['KUBECTL get pods', 'Is kubectl meant?'],
    ['dcoker ps', 'Is docker meant?'],
    ['Docker ps', 'Is docker meant?'],
    ['docker-compos up', 'Is docker-compose meant?'],
    ['hepl', 'Is help meant?'],
    ['histroy', 'Is history meant?'],
    ['get pods', 'Is kubectl get meant?'],
    ['pods', 'Is kubectl get pods meant?'],
    ['describe pod web', 'Is kubectl describe meant?'],
    ['images', 'Is docker images meant?'],
    ['run nginx', 'Is docker run meant?'],
    ['$ kubectl get nodes', prompt],
    ['% ls', prompt],
    ['PS C:\\> docker ps', prompt],
    ['you@laptop:~$ docker ps', prompt],
    ['“docker ps”', "These quotes are a text processor's: type \" or ' instead."],
    ['C:\\Users\\me\\a.yaml', 'Paths are as on Linux here, with / in them: pwd says where you are.'],
    ['apiVersion: v1', 'That looks like YAML: cat > FILE <<EOF takes it up to a line EOF.'],
    ['quit', leave],
    ['logout', leave],
    ['cls', 'clear empties the screen'],
    ['dir', 'ls lists what is in a folder'],
    ['code .', 'edit FILE opens your own editor'],
    ['man docker', 'docker run --help, kubectl run --help and kubectl explain pod tell of what is here'],
    ['npm install', 'it is not on this machine: docker run --rm node:24-slim npm …'],
    ['su', 'you may do everything as you are'],
    ['ssh worker-1', 'to a node it is: node ssh worker-1'],
    [
      'systemctl status docker',
      'the Docker Engine runs already; on a node it is: node ssh worker-1 systemctl status kubelet',
    ],
    [
      'trap "echo bye" EXIT',
      'nothing is done at a signal or at the end here; what is to be done last stands in the last line',
    ],
    ['umask', 'it is not simulated here; chmod sets the mode of a file'],
    ['asdf', 'help lists the commands there are.'],
    ['..', 'help lists the commands there are.'],
  ])('%s is no command, and there is another way', (line, advice) => {
    const { out, err, status } = visitor.type(line);
    expect(out).toBe('');
    expect(err.slice(err.indexOf(': command'))).toBe(notFound('', advice).slice('sh: '.length));
    expect(status).toBe(127);
  });

  it.each([
    [
      'a=(1 2 3)',
      "syntax error near unexpected token `('",
      'This shell has no arrays; for NAME in a b c goes through words.',
    ],
    [
      'for ((i=0;i<3;i++)); do echo $i; done',
      "syntax error near unexpected token `('",
      'This shell counts with: for i in $(seq 1 3)',
    ],
    [
      'diff <(ls) b',
      "syntax error near unexpected token `('",
      'This shell reads no <(…); write to a file first, and read that.',
    ],
    [
      'select x in a b; do echo $x; done',
      "syntax error near unexpected token `do'",
      'This shell has no menus; read NAME asks for a line.',
    ],
    [
      'echo "open',
      'unexpected EOF while looking for matching `"\'',
      'A quote is open: what begins with " or \' has to end with it.',
    ],
    [
      'kubectl get pods |',
      'syntax error: unexpected end of file',
      'Something is open: what begins with if, for, while, case, { or ( has an end, and nothing stands last after |, && or ||.',
    ],
  ])('%s cannot be read, and why is said', (line, message, advice) => {
    expect(visitor.type(line)).toEqual({ out: '', err: `sh: ${message}\n→ ${advice}\n`, status: 2 });
  });

  it.each([
    ['docker ps; ;', "sh: syntax error near unexpected token `;'\n", 2],
    ['!!', 'sh: !!: lines are not repeated by number here; the arrow up brings them back\n', 127],
    ['vim', 'usage: vim FILE\n', 2],
    ['cd C:\\Users', 'sh: cd: C:Users: No such file or directory\n', 1],
    [
      'rm -rf /',
      "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n",
      1,
    ],
    [
      'exec > log',
      'sh: exec: the shell itself is not redirected here; { …; } > FILE does it for several commands\n',
      1,
    ],
    ['set -C', 'sh: set: C: this shell has -e, -f, -u, -x and -o pipefail\n', 2],
    ['set -o vi', 'sh: set: vi: this shell has -e, -f, -u, -x and -o pipefail\n', 2],
    ['read -a words', "sh: read: -a: this shell's read has -r, -s, -p, -n, -d and -t\n", 2],
    ['bash -o posix', 'bash: -o: this shell has -c, -s, -e, -f, -u and -x\n', 2],
    ['fg', 'sh: fg: this shell does not bring jobs back; jobs lists them, kill %1 ends one\n', 1],
    ['diff -r a b', "diff: unrecognized option '-r'; this one has -u, -q and -N\n", 2],
    ['df -i', 'df -i is not simulated here. Everything that is: df, df -h\n', 1],
    ['tree nope', '', 2],
    [
      './shop/README.txt',
      'sh: ./shop/README.txt: Permission denied\n→ chmod +x ./shop/README.txt makes it a program; sh ./shop/README.txt runs it as it is.\n',
      126,
    ],
  ])('%s', (line, err, status) => {
    expect(visitor.type(line)).toMatchObject({ err, status });
  });

  it.each([
    ['cd ..; cd ..; cd ..; cd ..; pwd', '/\n'],
    ['sudo kubectl get nodes -o name', 'node/control-plane\nnode/worker-1\n'],
    ['\tkubectl  get nodes   -o name  ', 'node/control-plane\nnode/worker-1\n'],
    ['kubectl get nodes \\\n  -o \\\n  name', 'node/control-plane\nnode/worker-1\n'],
    ['kubectl get nodes \\\r\n  -o name\r\n', 'node/control-plane\nnode/worker-1\n'],
    ['# kubectl get nodes', ''],
    ['alias k=kubectl; k get nodes -o name', 'node/control-plane\nnode/worker-1\n'],
    [
      'whoami; hostname; id -un; id -G; id root',
      'you\nlaptop\nyou\n1000 999\nuid=0(root) gid=0(root) groups=0(root)\n',
    ],
    ['id; hostname -I', 'uid=1000(you) gid=1000(you) groups=1000(you),999(docker)\n192.168.1.20 \n'],
    [
      'mkdir -p e/d; touch e/f e/.h; tree e; tree -a e',
      'e\n├── d\n└── f\n\n1 directory, 1 file\ne\n├── .h\n├── d\n└── f\n\n1 directory, 2 files\n',
    ],
    ['mkdir none; tree none', 'none\n\n0 directories, 0 files\n'],
    ['echo a > f; diff -N f none-such', '1d0\n< a\n'],
    ['echo $0 $-', 'sh\n'],
    ['set -eu; echo $-', 'eu\n'],
  ])('%j does what is meant', (line, out) => {
    expect(new ShellVisitor().type(line)).toEqual({ out, err: '', status: expect.any(Number) });
  });
});
