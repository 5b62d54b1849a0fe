/** A word as a POSIX shell takes it, so that printed hints can be pasted. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Words to be pasted at the end of a command line. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}

/** A command line of octoform, to be pasted. */
export function commandLine(args: readonly string[]): string {
  return shellWords(['octoform', ...args])
}
