// Stands in for Inquirer's editor prompt in the bundle; see build.mjs.
export default function editor() {
  throw new Error('the editor prompt is left out of this build');
}
