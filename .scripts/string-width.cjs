// Stands in for string-width in the bundle: cli-table3 asks for a version whose regular expression for
// emoji takes longer to build than the rest of a command takes to run.
const fastStringWidth = require('fast-string-width').default;

const simple = /^[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713-\u2718]*$/;

module.exports = (text) => (simple.test(text) ? text.length : fastStringWidth(text));
