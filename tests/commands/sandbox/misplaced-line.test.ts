import { describe, expect, it } from 'vitest';
import { meantBy } from '../../../src/commands/sandbox/misplaced-line.ts';
import { openCourse } from '../../fixtures/course.ts';

const content = openCourse();

describe('a line that was typed to the wrong one of the two', () => {
  it('is answered with its counterpart, from the catalogue', () => {
    const lines = [
      'kubectl ps',
      'kubectl ps -a',
      'k images',
      'kubectl run -d -p 80:80 nginx',
      'kubectl run --name web -d nginx',
      'kubectl stop web',
      'kubectl stop',
      'kubectl start web',
      'kubectl rm web',
      'kubectl rm -f web',
      'kubectl inspect web',
      'kubectl network ls',
      'kubectl volume ls',
      'kubectl build -t app .',
      'kubectl push app',
      'kubectl compose up -d',
      'kubectl exec web ls',
      'kubectl commit web',
      'kubectl pause web',
      'kubectl stats',
      'kubectl restart web',
      'docker get pods',
      'docker get pods -o wide',
      'docker apply -f pod.yaml',
      'docker scale deployment/web --replicas=3',
      'docker describe pod web',
      'docker describe',
      'docker rollout restart deployment web',
      'docker delete pod web',
    ];
    const answers = lines.map((line) => `${line}\n  ${meantBy(line.split(' '), content)}`);
    expect(`\n${answers.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      kubectl ps
        docker ps in Kubernetes: kubectl get pods
      kubectl ps -a
        docker ps in Kubernetes: kubectl get pods
      k images
        docker images in Kubernetes: kubectl get pods -A -o 'custom-columns=NAMESPACE:.metadata.namespace,POD:.metadata.name,IMAGE:.spec.containers[*].image'
      kubectl run -d -p 80:80 nginx
        docker run in Kubernetes: kubectl create deployment nginx --image=nginx --port=80 and kubectl expose deployment nginx --port=80
      kubectl run --name web -d nginx
        docker run in Kubernetes: kubectl create deployment web --image=nginx
      kubectl stop web
        docker stop in Kubernetes: kubectl scale deployment web --replicas=0
      kubectl stop
        docker stop in Kubernetes: kubectl scale --replicas=0
      kubectl start web
        docker start in Kubernetes: kubectl scale deployment web --replicas=1
      kubectl rm web
        docker rm in Kubernetes: kubectl delete deployment web
      kubectl rm -f web
        docker rm in Kubernetes: kubectl delete deployment web
      kubectl inspect web
        docker inspect in Kubernetes: kubectl get pods --selector=app=web -o yaml
      kubectl network ls
        docker network ls in Kubernetes: kubectl get networkpolicies
      kubectl volume ls
        docker volume ls in Kubernetes: kubectl get pvc
      kubectl build -t app .
        docker build has no counterpart in kubectl: Kubernetes builds nothing, and its API sees only the finished image.
      kubectl push app
        docker push has no counterpart in kubectl: The step stays as it is: the registry is where both worlds meet.
      kubectl compose up -d
        docker compose up in Kubernetes: kubectl apply --filename=k8s/
      kubectl exec web ls
        docker exec in Kubernetes: kubectl exec deploy/web -- ls
      kubectl commit web
        docker commit in Kubernetes: kubectl set image deployment/web '*=IMAGE'
      kubectl pause web
        docker pause in Kubernetes: kubectl scale deployment web --replicas=0
      kubectl stats
        docker stats in Kubernetes: kubectl top pod --containers
      kubectl restart web
        docker restart in Kubernetes: kubectl rollout restart deployment web
      docker get pods
        kubectl get pods asks the cluster; in Docker: docker ps
      docker get pods -o wide
        kubectl get pods -o wide asks the cluster; in Docker: docker ps --no-trunc
      docker apply -f pod.yaml
        kubectl apply -f pod.yaml asks the cluster; in Docker: docker compose up -d
      docker scale deployment/web --replicas=3
        kubectl scale deployment/web --replicas=3 asks the cluster; in Docker: docker compose up -d --no-recreate --scale=web=3 web
      docker describe pod web
        kubectl describe pod web asks the cluster; in Docker: docker inspect web
      docker describe
        kubectl describe asks the cluster
      docker rollout restart deployment web
        kubectl rollout restart deployment web asks the cluster; in Docker: docker restart web
      docker delete pod web
        kubectl delete pod web asks the cluster; in Docker: docker rm --force web
      "
    `);
  });

  it.each([
    'kubectl get pods',
    'kubectl logs nothing-there',
    'kubectl frobnicate',
    'kubectl',
    'docker ps',
    'docker create deployment web --image=nginx',
    'docker run nginx:none',
    'docker frobnicate',
    'docker',
  ])('%s is not spoken of', (line) => {
    expect(meantBy(line.split(' '), content)).toBeUndefined();
  });
});
