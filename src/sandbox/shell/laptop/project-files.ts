import type { FileNode } from '../../runtime/file-tree.ts';

/** A small web site that is built, run, pushed and deployed: what the learner has at home, by path in `~/shop`. */
const projectFiles: Readonly<Record<string, string>> = {
  'README.txt': `A small shop to try things with

  docker build -t shop .            the image, from Dockerfile
  docker run -d -p 8080:8080 --name shop shop
  curl localhost:8080
  docker rm -f shop

  docker compose up -d              the site and a cache, from compose.yaml
  docker compose ps
  docker compose down

  docker login registry.example.com -u team        password: shop-1234
  docker tag shop registry.example.com/shop/site:1.0
  docker push registry.example.com/shop/site:1.0
  kubectl apply -f k8s/             what the cluster is to run
  kubectl get pods

Without a registry: node load registry.example.com/shop/site:1.0
Change site/index.html, build again, and see what is CACHED.
`,
  Dockerfile: `# One stage prepares the page, another one serves it.
FROM busybox:1.36 AS page
ARG VERSION=1.0
WORKDIR /page
COPY site/ .
RUN sed -i "s/@VERSION@/$VERSION/" index.html

FROM nginx:1.28
COPY nginx.conf /etc/nginx/conf.d/default.conf
COPY --from=page /page /usr/share/nginx/html
EXPOSE 8080
`,
  '.dockerignore': `# What the builder need not see.
k8s
compose.yaml
README.txt
*.log
`,
  'nginx.conf': `server {
    listen 8080;
    root /usr/share/nginx/html;

    location / {
        index index.html;
    }

    location /healthz {
        return 200 "ok\\n";
    }
}
`,
  'site/index.html': `<!DOCTYPE html>
<html>
<head><title>Shop</title></head>
<body>
<h1>Shop</h1>
<p>Version @VERSION@</p>
</body>
</html>
`,
  'site/settings/offer.txt': `Today: nothing in particular.
`,
  'compose.yaml': `services:
  site:
    build: .
    ports:
      - "8080:8080"
    depends_on:
      - cache
  cache:
    image: redis:7
    volumes:
      - cache:/data

volumes:
  cache:
`,
  'k8s/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: site
  labels:
    app: site
spec:
  replicas: 2
  selector:
    matchLabels:
      app: site
  template:
    metadata:
      labels:
        app: site
    spec:
      containers:
        - name: site
          image: registry.example.com/shop/site:1.0
          ports:
            - containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz
              port: 8080
          resources:
            requests:
              cpu: 50m
              memory: 32Mi
          volumeMounts:
            - name: settings
              mountPath: /usr/share/nginx/html/settings
      volumes:
        - name: settings
          configMap:
            name: site
`,
  'k8s/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: site
spec:
  type: NodePort
  selector:
    app: site
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
`,
  'k8s/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: site
data:
  offer.txt: |
    Today: two for one.
`,
};

/**
 * The files of the project with the folders that they are in.
 *
 * @param folder where it is, from the root
 * @param owner `uid:gid`
 * @param at when they were made, in milliseconds since 1970
 */
export function projectNodes(folder: string, owner: string, at: number): Readonly<Record<string, FileNode>> {
  const nodes: Record<string, FileNode> = { [folder]: { kind: 'folder', mode: 0o755, owner, at } };
  for (const [path, content] of Object.entries(projectFiles)) {
    const parts = path.split('/').slice(0, -1);
    for (const place of parts.keys())
      nodes[`${folder}/${parts.slice(0, place + 1).join('/')}`] = { kind: 'folder', mode: 0o755, owner, at };
    nodes[`${folder}/${path}`] = { kind: 'file', content, mode: 0o644, owner, at };
  }
  return nodes;
}
