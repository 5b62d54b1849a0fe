import { isSpent, type Lexemes, startLexemes } from './lexemes.ts'
import { parseSimply } from './parse-simply.ts'
import { parseWholly } from './parse-wholly.ts'
import type { TextFile } from './text-file.ts'
import type { ParsedYaml } from './yaml-file.ts'

/**
 * Reads the text of a YAML file. No content makes it throw or takes the process down. Warnings of the parser are
 * errors: `[web, !legacy]` would lose its exclusion with a mere warning.
 * @returns no file where its structure is unreliable
 */
export function parseYaml(text: string, name: string, lexemes: Lexemes = startLexemes()): ParsedYaml {
  return parseSimply(text, name, lexemes) ?? parseWholly(text, name, lexemes)
}

/** Reads all files of a configuration, up to the one with which they are too much. @returns by name */
export function parseFiles(files: readonly TextFile[]): ReadonlyMap<string, ParsedYaml> {
  const lexemes = startLexemes()
  const parsed = new Map<string, ParsedYaml>()
  for (const { name, text } of files) if (!isSpent(lexemes)) parsed.set(name, parseYaml(text, name, lexemes))
  return parsed
}
