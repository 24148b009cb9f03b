import { parseLabel } from '../../docker/pairs.ts';
import { addLabel } from '../workload/metadata.ts';
import { type KeyRule, servicePage } from './key-rule.ts';

/** Keys about compose itself, or about what no cluster has. */
export const otherKeys: readonly KeyRule[] = [
  {
    key: 'attach',
    grade: 'none',
    kubernetes: '`kubectl logs`',
    why: 'It says whether `docker compose up` shows the output. Nothing stays attached here: `kubectl logs -f` shows what you ask for.',
    sources: [servicePage, 'k8s-kubectl-logs'],
  },
  {
    key: 'develop',
    grade: 'none',
    kubernetes: 'Skaffold, Tilt and others',
    why: 'Files are not carried into running Pods. For the edit and run of every day keep `docker compose watch`, or take a tool that builds and deploys on every change, such as Skaffold.',
    sources: ['docker-compose-file-develop', 'docker-compose-file-watch', 'skaffold-readme'],
  },
  {
    key: 'extends',
    grade: 'exact',
    kubernetes: 'nothing',
    why: 'The keys of `{value}` are taken in already, and each is translated where it stands. For manifests, Kustomize and Helm keep such things in common.',
    sources: [servicePage, 'k8s-kustomize'],
  },
  {
    key: 'labels',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'metadata.labels',
    why: '',
    sources: [servicePage, 'k8s-labels'],
    apply(draft, { name, value }) {
      const label = parseLabel(`${name}=${value}`);
      const key = label.name.trim();
      // `app` is how the Service finds the Pods, and no two workloads may have the same.
      const isTaken = key === 'app';
      const place = isTaken ? undefined : addLabel(draft, key, label.value);
      const forProxy = key.startsWith('traefik.')
        ? ' Traefik reads no labels of Pods: write an IngressRoute, or an Ingress.'
        : '';
      if (place === 'label')
        return {
          why: `\`${key}\` is a label of the workload and of its Pods, to select them by.${forProxy}`,
        };
      if (place === 'annotation') {
        return {
          grade: 'approximate',
          kubernetes: 'metadata.annotations',
          why: `A label's value has at most 63 letters, digits, \`-\`, \`_\` and \`.\`, so \`${key}\` is an annotation. Nothing can be selected by it.${forProxy}`,
          sources: [servicePage, 'k8s-labels', 'k8s-annotations'],
        };
      }
      if (isTaken) {
        draft.annotations[key] = label.value;
        return {
          grade: 'approximate',
          kubernetes: 'metadata.annotations',
          why: '`app` is the label by which the Service finds the Pods here, so yours is an annotation. `app.kubernetes.io/part-of` is the label for what belongs together.',
          sources: [servicePage, 'k8s-recommended-labels'],
        };
      }
      return {
        grade: 'none',
        kubernetes: 'none',
        why: `\`${key}\` can be no key of a label or annotation: at most 63 letters, digits, \`-\`, \`_\` and \`.\`, with a domain and a slash in front if you like.`,
      };
    },
  },
  {
    key: 'models',
    each: 'entry',
    grade: 'none',
    kubernetes: 'none',
    why: "Docker's Model Runner serves the model on your machine. A cluster has none: run a server of models as a service of its own, and give this one its address in a variable.",
    sources: ['docker-compose-file-models', servicePage],
  },
  {
    key: 'profiles',
    grade: 'exact',
    kubernetes: 'nothing',
    why: 'The profile is active, so the service is translated. Kubernetes has no profiles: leave the objects out, or keep them in an overlay of Kustomize.',
    sources: ['docker-compose-file-profiles', 'k8s-kustomize'],
  },
  {
    key: 'provider',
    grade: 'none',
    kubernetes: 'none',
    why: 'A program outside of compose, `{value}`, makes this service. Nothing runs it here: make it with that program, and hand its address to the others in variables or a Secret.',
    sources: ['docker-compose-provider-services', servicePage],
  },
  {
    key: 'x-*',
    grade: 'exact',
    kubernetes: 'nothing',
    why: 'An extension, which compose passes over as well.',
    sources: ['docker-compose-file-extension'],
  },
];
