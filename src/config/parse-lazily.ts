import type { Lexemes } from './lexemes.ts'
import { parseSimply } from './parse-simply.ts'
import type { ParsedYaml } from './yaml-file.ts'

/** Reads the text of a file as parse.ts does. Loads the YAML library, which takes 50 ms, for no simple file. */
export async function parseLazily(text: string, name: string, lexemes: Lexemes): Promise<ParsedYaml> {
  return parseSimply(text, name, lexemes) ?? (await import('./parse-wholly.ts')).parseWholly(text, name, lexemes)
}
