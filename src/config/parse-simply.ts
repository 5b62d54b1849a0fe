import type { Lexemes } from './lexemes.ts'
import { readSimpleYaml } from './simple-yaml.ts'
import { type ParsedYaml, yamlFile } from './yaml-file.ts'

/** Reads the text of a file as parse.ts does, where the YAML library is not needed for it. */
export function parseSimply(text: string, name: string, lexemes: Lexemes): ParsedYaml | undefined {
  const simple = readSimpleYaml(text, lexemes)
  return simple && { file: yamlFile(name, simple.tree, simple.lines), problems: [] }
}
