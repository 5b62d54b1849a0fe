import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { LEVELS } from './levels.mjs'
import { Problem } from './problem.mjs'
import { formsOf } from './words.mjs'

export const USAGE = `npm run new:family -- NAME [--kind KIND] [--at LEVEL[,LEVEL…]] [--routes PATH[,PATH…]]

Writes the start of a family: source folder, schema, test, world, slice of the sandbox, and its line in each list.

  NAME      the family's key in the YAML, such as artifact_and_log_retention: lower case, words joined by _
  --kind    settings (a document that is always there) or members (that come and go); else as GitHub's routes have it
  --at      the levels: ${Object.keys(LEVELS).join(', ')}; else all at which GitHub has it
  --routes  GitHub's paths, one for each level, such as "/orgs/{org}/actions/permissions/workflow"; else those that are
            called like the family

Routes are taken from scripts/descriptions/coming-routes.mjs, what GitHub says of them from coming.json beside it.
Nothing is written where something is wrong.
`

/** @throws Problem */
export function readArguments(args) {
  const { values, positionals } = parsed(args)
  if (values.help) return { help: true }
  const [name, second] = positionals
  if (name === undefined) throw new Problem(`Which family?\n\n${USAGE}`)
  if (second !== undefined) throw new Problem(`One family at a time: ${second} is one too many.`)
  refuseName(name)
  if (values.kind !== undefined && !['settings', 'members'].includes(values.kind)) {
    throw new Problem(`--kind ${values.kind}: write settings or members.`)
  }
  const levels = listOf(values.at)
  for (const level of levels ?? []) {
    if (!Object.hasOwn(LEVELS, level)) throw new Problem(`--at ${level}: write ${Object.keys(LEVELS).join(', ')}.`)
  }
  return { help: false, name, asked: { kind: values.kind, levels, paths: listOf(values.routes) } }
}

function parsed(args) {
  const text = { type: 'string' }
  const options = { kind: text, at: text, routes: text, help: { type: 'boolean', short: 'h' } }
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Problem(`${error.message}\n\n${USAGE}`)
  }
}

function listOf(text) {
  if (text === undefined) return undefined
  const all = text.split(/[,\s]+/).filter((each) => each !== '')
  if (all.length === 0) throw new Problem('--at and --routes take at least one.')
  return [...new Set(all)]
}

/** Names that the YAML, the schemas or the folders have for something else. */
const TAKEN = [
  'common',
  'match',
  'octoform',
  'plan',
  'prune',
  'organizations',
  'repositories',
  'index',
  'case',
  'run',
  'world',
]

function refuseName(name) {
  if (!/^[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)*$/.test(name)) {
    throw new Problem(
      `${name} cannot be the name of a family: write lower case, words joined by _, such as artifact_and_log_retention.`,
    )
  }
  if (name.length > 60) throw new Problem(`${name} cannot be the name of a family: it is longer than 60 letters.`)
  if (TAKEN.includes(name))
    throw new Problem(`${name} cannot be the name of a family: the word has another meaning here.`)
  const { folder } = formsOf(name)
  const paths = [
    `src/families/${folder}`,
    `schemas/${name}.json`,
    `test/families/${name}.test.ts`,
    `test/worlds/${folder}.ts`,
  ]
  const slices = [`src/sandbox/resources/${folder}.ts`, `src/sandbox/resources/${folder}`]
  const there = [...paths, ...slices].find((path) => existsSync(path))
  if (there !== undefined) throw new Problem(`The family ${name} is there already: ${there} exists.`)
}
