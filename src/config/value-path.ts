import { win32 } from 'node:path'

/**
 * The problem of the path of a value's file, as far as the text shows one: a path means the same in every file, and
 * stays below its folder. Links that lead out are found when the file is opened.
 * @returns a sentence without the path, which may be a value in the wrong place
 */
export function pathFault(path: string): string | undefined {
  if (path.includes('\0')) return '`file` holds a character that no file name can hold'
  if (/^[a-z][\w+.-]*:\/\//i.test(path)) return `\`file\` is a URL, ${INSIDE}`
  if (/^~($|[\\/])/.test(path)) return `\`file\` begins with \`~\`, which means no folder here, ${INSIDE}`
  if (win32.isAbsolute(path) || /^[a-z]:/i.test(path)) return `\`file\` is absolute, ${INSIDE}`
  const steps = path.split(/[\\/]/)
  if (leaves(steps)) return `\`file\` leaves its folder, ${INSIDE}`
  // Case is ignored: on some file systems `.GIT` is the same folder.
  if (steps.some((step) => step.toLowerCase() === '.git')) {
    return '`file` lies in a .git folder, which may hold credentials: keep the value elsewhere'
  }
  if (/^\.{0,2}$/.test(steps.at(-1) ?? '')) return '`file` names a folder, not a file'
  return undefined
}

const INSIDE = 'and must lead down from the folder of this file, or from `--values DIR`'

function leaves(steps: readonly string[]): boolean {
  let depth = 0
  for (const step of steps) {
    if (step === '..') depth -= 1
    else if (step !== '' && step !== '.') depth += 1
    if (depth < 0) return true
  }
  return false
}
