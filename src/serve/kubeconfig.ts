/** What a kubeconfig has to say of a served sandbox. */
export interface KubeconfigFacts {
  /** `https://127.0.0.1:6443`. */
  readonly server: string;
  /** The server's certificate, PEM. */
  readonly certificate: string;
  readonly token: string;
}

const name = 'k8s-docker-tutor';

/** How the file begins, so that only one of ours is ever written over or removed. */
export const kubeconfigMark = '# Written by k8s-docker-tutor sandbox --serve, and removed when it ends.';

/** A kubeconfig that names the sandbox and nothing else, as YAML. */
export function kubeconfigText({ server, certificate, token }: KubeconfigFacts): string {
  return `${kubeconfigMark}
apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster:
    server: ${server}
    certificate-authority-data: ${Buffer.from(certificate).toString('base64')}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}
    namespace: default
current-context: ${name}
users:
- name: ${name}
  user:
    token: ${token}
`;
}
