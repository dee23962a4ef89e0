/** What to do where the address to listen on cannot be had. */
const UNHEARD: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Something listens there already. Stop it, or set PORT to another port.',
  EACCES: 'This account may not listen there. Set PORT to one from 1024 on.',
  EADDRNOTAVAIL: 'This machine has no such address. Set HOST to one that it has.',
};

/** What an error that kept the process from starting says, and where it is a setting's fault, which one. */
export function startProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  const what = syscall === 'listen' ? UNHEARD[code] : undefined;
  return what === undefined ? error.message : `${error.message}. ${what}`;
}

/**
 * Says why the process could not start, and ends it. What is open by then has nobody left to close it, and might keep the process
 * alive, while whoever looks after it waits for it to end.
 */
export function endUnstarted(error: unknown): never {
  process.stderr.write(`${startProblem(error)}\n`);
  process.exit(1);
}
