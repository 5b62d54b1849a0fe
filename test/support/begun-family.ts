import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Clone } from './fresh-clone.ts'

/** A family that `npm run new:family` begins, of invented routes. */
export interface Begun {
  readonly name: string
  readonly kind: 'settings' | 'members'
  readonly at: readonly string[]
}

/** A settings document at three levels. */
export const SETTINGS: Begun = { name: 'cranes', kind: 'settings', at: ['enterprise', 'organization', 'repository'] }

/** Members at two levels, which list repositories at one. */
export const MEMBERS: Begun = { name: 'crates', kind: 'members', at: ['organization', 'repository'] }

/** Runs the command as CONTRIBUTING.md says. */
export function begin(clone: Clone, { name, kind, at }: Begun) {
  return clone.node(['scripts/new-family.mjs', name, '--kind', kind, '--at', at.join(',')])
}

/** Every file that the command touches. */
export function filesOf(clone: Clone, begun: readonly Begun[]): readonly string[] {
  const all = [
    ...begun.flatMap(ownFiles),
    ...['src/families/index.ts', 'test/worlds/index.ts', 'src/sandbox/resources/table.ts', 'schemas/octoform.json'],
    ...['docs/permissions.md', 'docs/reference.md', 'CHANGELOG.md'],
    ...new Set(begun.map(({ kind }) => `src/github/${kind === 'settings' ? kind : 'member'}-answers.ts`)),
    ENDPOINTS,
    ...['coming-routes.mjs', 'coming.json', 'operations.mjs'].map((file) => `scripts/descriptions/${file}`),
    ...productsWith(clone).map((product) => `test/descriptions/${product}.json`),
  ]
  return all.sort()
}

function ownFiles({ name, kind, at }: Begun): readonly string[] {
  const folder = name.replaceAll('_', '-')
  const levels = kind === 'settings' ? [] : ['document', ...at]
  const slice = kind === 'settings' ? [folder] : [`${folder}/${folder}`, `${folder}/access`]
  return [
    ...['index', ...levels].map((file) => `src/families/${folder}/${file}.ts`),
    ...slice.map((file) => `src/sandbox/resources/${file}.ts`),
    ...[`schemas/${name}.json`, `test/families/${name}.test.ts`, `test/worlds/${folder}.ts`],
  ]
}

const ENDPOINTS = 'src/github/endpoints.json'

/** The products that have a route which the clone's endpoint table has more than this checkout's. */
function productsWith({ folder }: Clone): readonly string[] {
  const known = endpointsIn('.')
  const added = Object.entries(endpointsIn(folder)).filter(([route]) => !Object.hasOwn(known, route))
  return [...new Set(added.flatMap(([, { products }]) => products))]
}

function endpointsIn(folder: string): Readonly<Record<string, { readonly products: readonly string[] }>> {
  return JSON.parse(readFileSync(join(folder, ENDPOINTS), 'utf8')).endpoints
}

/** Types, the family's own test, and these. */
export function expectGreen(clone: Clone, begun: readonly Begun[], tests: readonly string[] = []): void {
  expect(clone.node(['node_modules/typescript/bin/tsc', '--noEmit'])).toEqual({ code: 0, stdout: '', stderr: '' })
  expectPassed(clone, [...begun.map(({ name }) => `test/families/${name}.test.ts`), ...tests])
}

export function expectPassed(clone: Clone, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const ran = clone.node(['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=2', ...args], env)
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
}
