import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path/posix'
import { slugOf } from './markdown.mjs'
import { EXAMPLES } from './pages.mjs'

/** A page in Markdown for each folder of examples: its folders as links, its files in full. */
export function examplePages(folder = EXAMPLES) {
  const entries = readdirSync(folder).sort()
  const isFolder = (name) => statSync(`${folder}/${name}`).isDirectory()
  const folders = entries.filter(isFolder)
  const files = entries.filter((name) => !isFolder(name))
  const lines = [
    `# ${folder === EXAMPLES ? 'Examples' : `Examples: ${basename(folder)}`}`,
    ...folders.map((name) => `- [${name}/](${name}/index.md)`),
    ...files.map((name) => `- [${name}](#${slugOf(`${folder}/${name}`)})`),
    ...files.flatMap((name) => ['', `## ${folder}/${name}`, '', ...fenced(`${folder}/${name}`)]),
  ]
  lines.splice(1, 0, '', intro(folder), '')
  return [
    { source: `${folder}/index.md`, text: `${lines.join('\n')}\n` },
    ...folders.flatMap((name) => examplePages(`${folder}/${name}`)),
  ]
}

function intro(folder) {
  return folder === EXAMPLES
    ? 'Whole configurations and workflows, as they stand in the repository.'
    : `\`${folder}\` in the repository.`
}

function fenced(path) {
  const language = /\.ya?ml$/.test(path) ? 'yaml' : /\.json$/.test(path) ? 'json' : 'text'
  return [`\`\`\`\`${language}`, readFileSync(path, 'utf8').trimEnd(), '````']
}
