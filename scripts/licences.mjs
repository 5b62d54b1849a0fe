// The licences of the packages that a bundle holds: each asks that its text goes with its code.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Its code stands in the checks that scripts/validators.mjs makes, which are no module of it. */
const INLINED = ['node_modules/ajv']

/**
 * One text with the licence of each package.
 * @param ids the paths of the modules in the bundle
 * @throws where a package has no licence file: it would be shipped without one
 */
export function licencesOf(ids) {
  const found = ids.map((id) => packageFolder(id)).filter((folder) => folder !== undefined)
  const folders = new Set([...found, ...INLINED])
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    return { name, text: `${name} ${version} (${license})\n\n${licenceIn(folder, name).trim()}\n` }
  })
  const rule = `${'-'.repeat(80)}\n`
  const sorted = parts.sort((left, right) => (left.name < right.name ? -1 : 1))
  return `The packages that octoform is built with, and their licences.\n\n${sorted.map(({ text }) => rule + text).join('\n')}`
}

/** The folder of the package that a module is of; undefined for octoform's own. */
function packageFolder(id) {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? []
  return folder !== undefined && existsSync(`${folder}/package.json`) ? folder : undefined
}

function licenceIn(folder, name) {
  const file = readdirSync(folder).find((each) => /^(?:un)?licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} has no licence file.`)
  return readFileSync(`${folder}/${file}`, 'utf8')
}
