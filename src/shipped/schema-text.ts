import { readFile } from 'node:fs/promises'

// The same two steps up from src/shipped and from dist/shipped.
const FOLDER = new URL('../../schemas/', import.meta.url)

/** The text of a schema that octoform ships, by file name. @throws when it cannot be read, which nothing a person wrote can cause. */
export function schemaText(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8')
}
