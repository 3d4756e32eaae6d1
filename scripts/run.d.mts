/** Runs one command to its end; see run.mjs. */
export function run(
  command: string,
  args: readonly string[],
  options?: { readonly env?: Readonly<Record<string, string>>; readonly show?: boolean },
): Promise<{ readonly code: number; readonly output: string; readonly stdout: string }>
/** The command that runs a program of node_modules in this Node. */
export function binary(name: string, ...args: string[]): [command: string, args: string[]]
