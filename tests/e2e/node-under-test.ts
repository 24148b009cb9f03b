import process from 'node:process';

/** The Node that runs the installed program: the one of the tests, or the one that `npm run test:nodes` names. */
export const nodeUnderTest = process.env.TUTOR_NODE ?? process.execPath;
