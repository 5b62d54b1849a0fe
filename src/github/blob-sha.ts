import { createHash } from 'node:crypto'

/**
 * The id that git gives to a file's content, which GitHub's contents API calls `sha`: it shows whether the file is the
 * one that this run sent, without reading either again. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function blobSha(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}
