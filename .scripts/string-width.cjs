// Stands in for string-width in the bundle: cli-table3 asks for a version whose regular expression for
// emoji takes longer to build than the rest of a command takes to run.
module.exports = require('../src/terminal/width.ts').widthOf;
