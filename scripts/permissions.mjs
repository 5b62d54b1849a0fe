// The permission of every route as scripts/descriptions/permission-rows.mjs says it, and where each comes from.
import { readFileSync } from 'node:fs'
import { permissionReport } from './descriptions/permission-report.mjs'

const { said } = read('said')
const { permissions } = read('page')
const { rows, exact, byPage, byJudgement, contradicted, unusedExceptions } = permissionReport(said, permissions)

for (const { route, permission, classic, app } of rows) {
  const { app: own } = permission
  const taken = own === null ? 'no App' : `${own.level} ${own.name}=${own.access}`
  console.log(`${route}: ${permission.classic ?? 'any token'} (${classic}), ${taken} (${app})`)
}
console.log(
  `\n${rows.length} routes: ${exact.length} by the descriptions, ${byPage.length} by GitHub's page of permissions, ${byJudgement.length} by judgement`,
)
for (const { route, classic } of byJudgement) {
  console.log(`  ${route}: ${classic === 'judgement' ? 'scope' : 'permission'}`)
}
for (const { route, contradictions } of contradicted) console.log(`! ${route}: ${contradictions.join(', ')}`)
for (const { said: text } of unusedExceptions) console.log(`! no route needs the exception "${text}"`)
process.exitCode = contradicted.length + unusedExceptions.length === 0 ? 0 : 1

function read(name) {
  return JSON.parse(readFileSync(new URL(`../test/permissions/${name}.json`, import.meta.url), 'utf8'))
}
