/** What ends steps from outside, as a signal ends a process. It is thrown where they wait. */
export abstract class Signal extends Error {}

/**
 * Ctrl-C: SIGINT. Steps may do what they have to first, or go on; those that do not know of it end. It is thrown,
 * for a generator that is left by `return()` and yields at its end has those go on that delegated to it.
 */
export class Interrupt extends Signal {}

/** An end without a chance to do anything more than to close what is open: SIGKILL, or SIGPIPE. */
export class Kill extends Signal {}
