import type { WrongWays } from './play-lab.ts';

/** Of the labs that are done with Docker, as a whole or in part. */
export const dockerWrongWays: WrongWays = {
  'back-to-one-host': [
    [
      "docker run -d --name web -p 8080:8080 -e GREETING='Training is on Tuesdays' registry.example.com/shop/web:1.4\nkubectl delete deployment,service,configmap web",
      'On your machine a container of the same image runs, and Docker starts it again when it fails',
    ],
    [
      'docker run -d --restart always -p 8080:8080 registry.example.com/shop/web:1.4\nkubectl delete deployment,service,configmap web',
      '`http://localhost:8080` gives the page with its greeting',
    ],
    [
      "docker run -d --restart always -p 8080:8080 -e GREETING='Training is on Tuesdays' registry.example.com/shop/web:1.4\nkubectl delete pods --all",
      'The Deployment `web` is gone from the cluster',
    ],
  ],
  'beneath-the-pod': [
    ['kubectl delete pod web', 'It was started again, in the same Pod'],
    [
      'echo kubelet > parent.txt',
      '`parent.txt` in your home directory names the program that the process of nginx is a child of',
    ],
    ["node ssh worker-2 'crictl ps -a > parent.txt'", 'On `worker-2`, a container `web` has ended'],
  ],
  'build-and-ship': [
    [
      "sed -i 's/<h1>Shop/<h1>Open on Sundays/' shop/site/index.html\ndocker build -t registry.example.com/shop/site:1.0 shop\nnode load registry.example.com/shop/site:1.0\nkubectl apply -f shop/k8s/",
      'The registry has `registry.example.com/shop/site:1.0`',
    ],
    [
      "docker build -t registry.example.com/shop/site:1.0 shop\necho shop-1234 | docker login registry.example.com -u team --password-stdin\ndocker push registry.example.com/shop/site:1.0\nsed -i 's/<h1>Shop/<h1>Open on Sundays/' shop/site/index.html\nkubectl apply -f shop/k8s/",
      'Any Pod reads `Open on Sundays` at `http://site`',
    ],
    [
      'docker build -t registry.example.com/shop/site:1.0 shop\nkubectl apply -f shop/k8s/',
      'A Deployment `site` runs that image, and two Pods are ready',
    ],
  ],
  'data-moves-too': [
    [
      "kubectl exec deployment/notes -- sh -c 'mkdir /data/2026; echo milk > /data/shopping.txt'",
      'In the Pod, `/data/2026/january.txt` speaks of snow',
    ],
    [
      "docker cp notes:/data .\nkubectl cp data $(kubectl get pod -l app=notes -o jsonpath='{.items[0].metadata.name}'):/\ndocker rm -f notes\ndocker volume rm notes",
      'The volume `notes` is still on your machine, with what is in it',
    ],
    [
      "docker cp notes:/data .\nkubectl cp data $(kubectl get pod -l app=notes -o jsonpath='{.items[0].metadata.name}'):/tmp",
      'In the Pod, `/data/shopping.txt` speaks of milk',
    ],
  ],
  'docker-is-silent': [
    [
      'docker context use default\ndocker restart page',
      '`containerd.txt` in your home directory names the version of containerd',
    ],
    [
      'docker --context default ps\ndocker --context default version > containerd.txt',
      '`docker ps` on your machine lists `page`',
    ],
    [
      'docker context use default\ndocker rm -f page\ndocker run -d --name page -p 8080:80 nginx:1.28\ndocker version > containerd.txt',
      'The container `page` is the one that ran all the time',
    ],
    [
      'docker version > containerd.txt',
      '`containerd.txt` in your home directory names the version of containerd',
    ],
  ],
  'loaded-and-not-used': [
    [
      'kubectl set image deployment/shop shop=shop:1.0\ndocker tag shop shop:1.0\nnode load shop:1.0',
      'Two Pods of the Deployment `shop` are ready',
    ],
    ['kubectl rollout restart deployment/shop', 'Two Pods of the Deployment `shop` are ready'],
    [
      'kubectl set image deployment/shop shop=nginx:1.28',
      'They run your image, under a name without a registry',
    ],
  ],
  'port-to-nowhere': [
    [
      'docker rm -f page\ndocker run -d -p 8080:80 --name page nginx:1.28',
      '`http://localhost:8080` gives the hours, from the container `page`',
    ],
    [
      "sed -i 's/127.0.0.1:8080/8080/' conf/page.conf\ndocker restart page",
      'Any Pod gets the hours at `http://page:8080`',
    ],
    [
      'kubectl exec deployment/page -- nginx -s reload\nkubectl port-forward deployment/page 8080:8080 &',
      'Any Pod gets the hours at `http://page:8080`',
    ],
    [
      "sed -i 's/127.0.0.1:8080/80/' conf/page.conf\ndocker restart page",
      '`http://localhost:8080` gives the hours, from the container `page`',
    ],
  ],
  'restarts-for-ever': [
    ['docker update --restart no db', 'The container `db` runs, and still does some seconds later'],
    ['docker restart db', 'The container `db` runs, and still does some seconds later'],
    [
      'docker rm -f db\ndocker run -d --name db -e POSTGRES_PASSWORD=x -v orders:/var/lib/postgresql/data postgres:16',
      'When its process fails, Docker starts it again',
    ],
    [
      'docker rm -f db\ndocker run -d --name db --restart always -e POSTGRES_PASSWORD=x postgres:16',
      'It is `postgres:16`, on the volume `orders`',
    ],
  ],
  'slip-in-two-files': [
    [
      "sed -i 's/^   depends_on/    depends_on/; s/port:/ports:/' compose.yaml\ndocker compose up -d",
      'Compose runs a container of the service `web`',
    ],
    [
      "sed -i 's/^   depends_on.*//; s/port:/ports:/' compose.yaml\ndocker compose up -d",
      'It runs one of the service `cache`',
    ],
    [
      "sed -i 's/ port:/ ports:/' web.yaml\nkubectl apply -f web.yaml",
      'In the cluster, two Pods of the Deployment `web` are ready',
    ],
  ],
  'stack-without-a-swarm': [
    [
      "kubectl create deployment web --image=registry.example.com/shop/web:1.4 --replicas=3\nkubectl set env deployment/web GREETING='Open all night'\nkubectl expose deployment web --port=30080 --target-port=8080",
      'Port 30080 of worker-1 (172.30.0.12) leads to the page, with its greeting',
    ],
    [
      'kubectl create deployment web --image=registry.example.com/shop/web:1.4 --replicas=3\nkubectl create configmap key --from-file=api_key=api-key.txt\n' +
        `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"volumes":[{"name":"key","configMap":{"name":"key"}}],
          "containers":[{"name":"web","volumeMounts":[{"name":"key","mountPath":"/run/secrets"}]}]}}}}'`,
      'It comes from a Secret',
    ],
    ['docker compose -f stack.yaml up -d', 'Three Pods of a Deployment `web` are ready'],
  ],
  'who-brings-it-back': [
    [
      'kubectl run page --image=nginx:1.28\ndocker rm -f page',
      'A Deployment `page` runs the image of the container, `nginx:1.28`',
    ],
    ['kubectl create deployment page --image=nginx:1.28\ndocker rm -f page', 'Two Pods of it are ready'],
    [
      'kubectl create deployment page --image=nginx:1.28 --replicas=2\ndocker stop page',
      'The container `page` is gone from your machine',
    ],
  ],
  'will-not-build': [
    [
      "cd card\nsed -i 's/^FORM/FROM/; s/from=pages/from=page/' Dockerfile\nrm .dockerignore\ndocker build -t card:1.0 .\ndocker run -d -p 8080:80 card:1.0 nginx -g 'daemon off;'",
      'A container that is told nothing but the image stays up as well',
    ],
    [
      "cd card\nsed -i 's/^FORM/FROM/; s/from=pages/from=page/; /^CMD/d' Dockerfile\ndocker build -t card:1.0 .",
      'Your machine has the image `card:1.0`',
    ],
    ['docker run -d -p 8080:80 nginx:1.28', 'It serves the hours at `http://localhost:8080`'],
    ['docker tag nginx:1.28 card:1.0', 'A container of it runs'],
  ],
};
