// Stands in for chalk's own look at the terminal in the bundle: bin/k8s-docker-tutor.js has decided about
// colour by then, and src/terminal/screen.ts says how much. What is left is chalk's default instance, which
// the spinner uses.
const level = process.env.FORCE_COLOR === '0' ? 0 : 1;
const support = level > 0 && { level, hasBasic: true, has256: false, has16m: false };
export default { stdout: support, stderr: support };
