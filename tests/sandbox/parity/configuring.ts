import type { Scenario } from './scenario.ts';

const file = `cat > k <<'EOF'
apiVersion: v1
kind: Config
current-context: shop
preferences: {}
clusters:
- name: one
  cluster: {server: "https://one:6443", certificate-authority-data: QUJD}
- name: two.example.com
  cluster: {server: "https://two:6443", insecure-skip-tls-verify: true}
contexts:
- name: shop
  context: {cluster: one, user: ann, namespace: shop}
- name: bare
  context: {cluster: two.example.com, user: bob}
- name: lost
  context: {cluster: nothing, user: nobody}
users:
- name: ann
  user: {token: s3cret}
- name: bob
  user: {username: bob, password: hidden}
EOF
export KUBECONFIG=k
printf 'certificate' > ca.crt
printf 'key' > tls.key
`;

/** A line on a kubeconfig of its own, and the file that it leaves. */
function on(line: string): string {
  return `${file}${line}; echo "[$?]"; cat k`;
}

/** A line on a kubeconfig of its own that only looks. */
function of(line: string): string {
  return `${file}${line}`;
}

/** `kubectl config …`. */
export const configuring: Scenario = {
  name: 'configuring',
  since: 36,
  setup: [],
  lines: [
    on('kubectl config set-context new --cluster=one --user=ann --namespace=dev'),
    on('kubectl config set-context shop --namespace=other'),
    on('kubectl config set-context --current --user=bob'),
    on('kubectl config set-context shop --namespace='),
    on('kubectl config set-context'),
    on('kubectl config set-context new --current'),
    on('kubectl config set-context a b > /dev/null'),
    on('kubectl config unset current-context && kubectl config set-context --current --user=bob'),
    on('kubectl config set-cluster three --server=https://three:6443'),
    on('kubectl config set-cluster one --server=https://new:6443 --tls-server-name=name'),
    on('kubectl config set-cluster one --proxy-url=http://proxy:3128'),
    on('kubectl config set-cluster one --insecure-skip-tls-verify'),
    on('kubectl config set-cluster two.example.com --insecure-skip-tls-verify=false'),
    on('kubectl config set-cluster two.example.com --certificate-authority=ca.crt'),
    on('kubectl config set-cluster one --certificate-authority=ca.crt --embed-certs'),
    on('kubectl config set-cluster one --certificate-authority=ca.crt --insecure-skip-tls-verify'),
    on('kubectl config set-cluster one --certificate-authority=nothing --embed-certs'),
    on('kubectl config set-cluster one --embed-certs'),
    on('kubectl config set-cluster > /dev/null'),
    on("kubectl config set-cluster ''"),
    on('kubectl config set-cluster a b > /dev/null'),
    on('kubectl config set-credentials eve --token=other'),
    on('kubectl config set-credentials bob --token=other'),
    on('kubectl config set-credentials ann --username=ann --password=x'),
    on('kubectl config set-credentials ann --username=ann'),
    on('kubectl config set-credentials ann --token=x --username=ann'),
    on('kubectl config set-credentials ann --client-certificate=ca.crt --client-key=tls.key'),
    on('kubectl config set-credentials ann --client-certificate=ca.crt --client-key=tls.key --embed-certs'),
    on('kubectl config set-credentials ann --client-certificate=nothing --embed-certs'),
    on('kubectl config set-credentials ann --client-key=nothing --embed-certs'),
    on('kubectl config set-credentials ann --embed-certs'),
    on('kubectl config set-credentials ann --token='),
    on('kubectl config set-credentials > /dev/null'),
    on("kubectl config set-credentials ''"),
    on('kubectl config set-credentials a b > /dev/null'),
    on('kubectl config use-context bare'),
    on('kubectl config use-context nothing'),
    on("kubectl config use-context ''"),
    on('kubectl config use-context > /dev/null'),
    on('kubectl config use bare'),
    on('kubectl config rename-context shop store'),
    on('kubectl config rename-context bare plain'),
    on('kubectl config rename-context shop bare'),
    on('kubectl config rename-context nothing other'),
    on("kubectl config rename-context shop ''"),
    on('kubectl config rename-context shop > /dev/null'),
    on('kubectl config delete-context bare'),
    on('kubectl config delete-context shop'),
    on('kubectl config delete-context nothing'),
    on('kubectl config delete-cluster one'),
    on('kubectl config delete-cluster nothing'),
    on('kubectl config delete-user ann'),
    on('kubectl config delete-user nothing'),
    on('kubectl config delete-user'),
    on('kubectl config set current-context bare'),
    on('kubectl config set contexts.shop.namespace other'),
    on('kubectl config set contexts.new.namespace other'),
    on('kubectl config set clusters.two.example.com.server https://other:6443'),
    on('kubectl config set clusters.one.insecure-skip-tls-verify true'),
    on('kubectl config set clusters.one.insecure-skip-tls-verify F'),
    on('kubectl config set clusters.one.insecure-skip-tls-verify perhaps'),
    on('kubectl config set clusters.one.certificate-authority-data QUJDRA=='),
    on("kubectl config set clusters.one.certificate-authority-data 'a b'"),
    on('kubectl config set clusters.one.certificate-authority-data QUJDR'),
    on('kubectl config set clusters.one.certificate-authority-data plain --set-raw-bytes'),
    on('kubectl config set clusters.one.disable-compression true'),
    on('kubectl config set users.ann.token other'),
    on('kubectl config set users.ann.as somebody'),
    on('kubectl config set users.ann.act-as somebody'),
    on('kubectl config set users.ann.act-as-groups ops'),
    on('kubectl config unset users.ann.act-as'),
    on('kubectl config set users.ann.client-key-data a2V5'),
    on("kubectl config set users.ann.token ''"),
    on("kubectl config set '' x"),
    on('kubectl config set nothing x'),
    on('kubectl config set contexts x'),
    on('kubectl config set contexts.shop x'),
    on('kubectl config set clusters.one.server.more x'),
    on('kubectl config set current-context.more x'),
    on('kubectl config set users.ann.token > /dev/null'),
    on('kubectl config unset current-context'),
    on('kubectl config unset contexts'),
    on('kubectl config unset contexts.shop'),
    on('kubectl config unset contexts.shop.namespace'),
    on('kubectl config unset contexts.nothing'),
    on('kubectl config unset contexts.nothing.namespace'),
    on('kubectl config unset clusters.two.example.com'),
    on('kubectl config unset users.ann.token'),
    on('kubectl config unset nothing'),
    on("kubectl config unset ''"),
    on('kubectl config unset > /dev/null'),
    of('kubectl config view'),
    of('kubectl config view --raw'),
    of('kubectl config view --minify'),
    of('kubectl config view --minify --context=bare'),
    of('kubectl config view --minify --context=lost'),
    of('kubectl config view --minify --context=nothing'),
    of('kubectl config view --minify -o jsonpath={..namespace}'),
    of('kubectl config view --flatten'),
    of('kubectl config view -o json'),
    of("kubectl config view -o go-template='{{range .users}}{{.name}} {{end}}'"),
    of('kubectl config view -o name'),
    of('kubectl config view -o nothing'),
    of('kubectl config view more'),
    of('kubectl config view --merge=false'),
    of('kubectl config view --kubeconfig=nothing'),
    of('kubectl config view --kubeconfig=k --merge=false'),
    of('kubectl config unset current-context && kubectl config view --minify'),
    of('kubectl config view -o \'jsonpath={.users[?(@.name == "bob")].user.username}\''),
    of('kubectl config get-contexts'),
    of('kubectl config get-contexts --no-headers'),
    of('kubectl config get-contexts -o name'),
    of('kubectl config get-contexts -o json'),
    of('kubectl config get-contexts shop lost'),
    of('kubectl config get-contexts nothing'),
    of('kubectl config get-contexts nothing bare'),
    of('kubectl config get-clusters'),
    of('kubectl config get-clusters more'),
    of('kubectl config get-users'),
    of('kubectl config current-context'),
    of('kubectl config unset current-context && kubectl config current-context'),
    of('kubectl config nothing'),
    of('kubectl get pods --context=nothing'),
    of('kubectl get pods --context=lost 2>&1 | tail -1'),
    'kubectl --kubeconfig=new get pods',
    of('kubectl get pods --cluster=nothing'),
    of('kubectl get pods --user=nothing'),
    of('kubectl get pods --kubeconfig=nothing'),
    'kubectl config view --kubeconfig=nothing',
    'kubectl --kubeconfig=new config set-context x --cluster=y && cat new',
    'kubectl --kubeconfig=new config use-context x',
    'kubectl --kubeconfig=new config get-contexts',
    'kubectl --kubeconfig=new config current-context',
    'kubectl --kubeconfig=new config view -o json',
    "echo 'a: b: c' > bad; kubectl --kubeconfig=bad config view",
    "echo 'text' > bad; kubectl --kubeconfig=bad get pods",
    "echo 'contexts: {}' > bad; kubectl --kubeconfig=bad config get-contexts",
    "echo '- a' > bad; kubectl --kubeconfig=bad config view",
    "echo 'true' > bad; kubectl --kubeconfig=bad config view",
    "echo 'users: 5' > bad; kubectl --kubeconfig=bad config view",
    "printf '' > bad; kubectl --kubeconfig=bad config view",
  ],
};
