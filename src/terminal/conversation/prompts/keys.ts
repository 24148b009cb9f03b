import { useEffect, useKeypress, useState } from '@inquirer/core';

/** Has a prompt told of keys; one that was stopped by Ctrl-Z is shown again when it goes on. */
export function useKeys(handle: Parameters<typeof useKeypress>[0]): void {
  useGoingOn();
  useKeypress((event, rl) => {
    if (!(event.ctrl && event.name === 'z')) return handle(event, rl);
  });
}

/**
 * Readline pauses its input at Ctrl-Z and leaves it to whoever uses it to read on
 * (https://nodejs.org/docs/latest-v20.x/api/readline.html#event-sigcont); without that the program ends at
 * `fg`, since nothing can happen any more.
 */
function useGoingOn(): void {
  const [times, setTimes] = useState(0);
  useEffect(
    (rl) => {
      const goOn = (): void => {
        rl.resume();
        setTimes(times + 1);
      };
      rl.on('SIGCONT', goOn);
      return () => void rl.removeListener('SIGCONT', goOn);
    },
    [times],
  );
}
