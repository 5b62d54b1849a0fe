/** A word as a POSIX shell takes it: whatever a hint prints can be pasted. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A command line of octoform, to be pasted. */
export function commandLine(args: readonly string[]): string {
  return ['octoform', ...args].map(shellWord).join(' ')
}
