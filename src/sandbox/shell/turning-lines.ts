/** Whether a line has commands that turn the world itself, without a request. */
export function turnsWorld(line: string): boolean {
  return /(^|[;&|]\s*)(fast|node(?!\s+ssh)|load|sleep)\b/.test(line);
}

/** Whether a line lets time pass, and does nothing else. */
export function onlyTime(line: string): boolean {
  return /^\s*(fast|sleep)\b[^;&|]*$/.test(line);
}

/** Whether a line goes back or forth: that is no step of its own. */
export function isTravel(line: string): boolean {
  return /^\s*(undo|redo|reset|exit|help)\b/.test(line);
}
