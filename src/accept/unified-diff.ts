import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'

/**
 * One file's change as `git apply` and `patch -p1` take it. Without a line `diff --git`, which would make its name start at
 * the top of the repository instead of the working folder.
 * @param name relative to the working folder, with forward slashes; or absolute
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  const below = name.replace(/^\/+/, '')
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY }
  return createTwoFilesPatch(`a/${below}`, `b/${below}`, before, after, undefined, undefined, options)
}
