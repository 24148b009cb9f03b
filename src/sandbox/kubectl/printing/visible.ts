/** A text without what could move the cursor of a terminal (k8s.io/cli-runtime/pkg/printers/terminal.go). */
export function visible(text: string): string {
  return text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r');
}
