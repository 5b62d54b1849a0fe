/** A configuration, or a world, of any size. */
export interface Shape {
  /** @param count repositories */
  files(count: number): Readonly<Record<string, string>>
  args(count: number): readonly string[]
  /** The world to read, as a seed of the sandbox. */
  seed?(count: number): string
}

const digits = (index: number): string => String(index).padStart(5, '0')
const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')
const names = (count: number): string => Array.from({ length: count }, (_, index) => service(index)).join(', ')
const service = (index: number): string => `service-${digits(index)}`
const entries = (count: number, indent = '      '): string =>
  times(count, (index) => `${indent}${service(index)}: { permissions: { enabled: true } }\n`)
const acme = (body: string): string => `version: 1\norganizations:\n  acme:\n${body}`
const secret = (index: number): string => `secrets: { S_${index % 50}: { value: { env: V } } }`

/** The `match` of the set with this index: one of each kind in turn, each of which takes some ten repositories. */
function match(index: number): string {
  const start = digits(index).slice(1)
  const kinds = [
    `name: ${service(index)}`,
    `name: "service-${start}*"`,
    `name: "*${start}"`,
    `visibility: private, name: "service-${start}*"`,
    `custom_property: { part: p${index} }`,
    `team: t${index}`,
    `topic: java, name: "service-${start}*"`,
  ]
  return kinds[index % kinds.length] ?? ''
}

const sets = (count: number): string =>
  `    repository_sets:\n${times(count, (index) => `      - { match: { ${match(index)} }, ${secret(index)} }\n`)}`

const validated = (text: (count: number) => string): Shape => ({
  files: (count) => ({ 'octoform.yaml': text(count) }),
  args: () => ['validate'],
})
const planned = (text: (count: number) => string): Shape => ({
  files: (count) => ({ 'octoform.yaml': text(count) }),
  args: (count) => ['plan-alone', 'octoform.yaml', String(count)],
})

const imported = (...words: readonly string[]): Shape => ({
  files: () => ({}),
  args: () => ['import', ...words],
  seed: (count) =>
    `organizations:\n  acme:\n    permissions: { enabled_repositories: all, allowed_actions: all }\n    repositories:\n${times(count, (index) => `      ${service(index)}: { secrets: { A: {} }, variables: { B: { value: "1" } } }\n`)}`,
})

/** The shapes in which a configuration grows, and in which squares were found before. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'an entry for each repository': validated((count) => acme(`    repositories:\n${entries(count)}`)),
  'an organization for ten repositories': validated(
    (count) =>
      `version: 1\norganizations:\n${times(
        count / 10,
        (index) =>
          `  org-${index}:\n    secrets: { A: { visibility: all, value: { env: V } } }\n    repositories:\n${entries(10)}`,
      )}`,
  ),
  'explicit lists': validated((count) =>
    acme(
      `    permissions: { enabled_repositories: selected, repositories: [${names(count)}] }\n` +
        `    secrets:\n${times(5, (index) => `      S${index}: { visibility: selected, repositories: [${names(count)}], value: { env: V } }\n`)}` +
        `    repositories:\n${entries(count)}`,
    ),
  ),
  'lists of globs': validated((count) =>
    acme(
      `    secrets:\n${times(20, (index) => `      S${index}: { visibility: selected, repositories: ["service-*", "!service-0000${index % 10}"], value: { env: V } }\n`)}` +
        `    repositories:\n${entries(count)}`,
    ),
  ),
  'sets × repositories that have an entry': validated((count) =>
    acme(`    repositories:\n${entries(count)}${sets(count / 10)}`),
  ),
  'sets × repositories that GitHub has': planned((count) => acme(sets(count / 10))),
  'explicit lists of what GitHub has': planned((count) =>
    acme(
      `    permissions: { enabled_repositories: selected, repositories: [${names(count)}] }\n` +
        `    repository_sets:\n      - { match: {}, permissions: { enabled: true } }\n`,
    ),
  ),
  'an import of all repositories': imported('repos/acme/*'),
  'an import of an organization with them': imported('orgs/acme', '--with-repositories', '--out', 'conf'),
}
