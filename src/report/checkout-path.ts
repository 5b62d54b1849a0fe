import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Io } from '../run/io.ts'

/**
 * Files by their paths in the checkout, as annotations name them: a command may be started in a folder of it
 * (`working-directory`). A file elsewhere keeps its name.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function checkoutPath({ env, cwd }: Pick<Io, 'env' | 'cwd'>): (file: string) => string {
  const root = env.GITHUB_WORKSPACE
  return (file) => {
    const below = root ? relative(root, resolve(cwd, file)) : file
    return root && !isAbsolute(below) && below !== '..' && !below.startsWith(`..${sep}`)
      ? below.split(sep).join('/')
      : file
  }
}
