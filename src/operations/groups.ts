/** The commands whose subcommands are operations, by their first word: their help, known before an operation is loaded. */
export const GROUPS: Readonly<Record<string, string>> = {
  runners: 'self-hosted runners: list, show, remove, and what registers them',
}

/** Whether a command line is about operations. */
export function namesGroup(args: readonly string[]): boolean {
  return args.some((word) => Object.hasOwn(GROUPS, word))
}
