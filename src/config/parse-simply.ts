import { type Lexemes, SIMPLE_SHARE, tooMuch } from './lexemes.ts'
import { readSimpleYaml } from './simple-yaml.ts'
import { type ParsedYaml, yamlFile } from './yaml-file.ts'

/** Reads the text of a file as parse.ts does, where the YAML library is not needed for it. */
export function parseSimply(text: string, name: string, lexemes: Lexemes): ParsedYaml | undefined {
  const left: Lexemes = { weight: lexemes.weight * SIMPLE_SHARE, lines: lexemes.lines }
  const simple = readSimpleYaml(text, left)
  if (simple === undefined) return undefined
  lexemes.weight = Math.floor(left.weight / SIMPLE_SHARE)
  lexemes.lines = left.lines
  if ('tree' in simple) return { file: yamlFile(name, simple.tree, simple.lines), problems: [] }
  const source = { file: name, ...simple.lines.place(simple.over) }
  return { file: undefined, problems: [{ severity: 'error', message: tooMuch(), source }] }
}
