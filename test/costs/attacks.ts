/** Files of a pull request that are to make its plan job run long, or out of memory. */
export interface Attack {
  readonly files: () => Readonly<Record<string, string>>
  /** `validate` where it is left out. */
  readonly args?: readonly string[]
  /** Set just at a limit, or below it: it is done. */
  readonly done?: true
}

/** An attack that ends with exit code 1. */
interface Refused extends Attack {
  readonly says: RegExp
}

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')
const only = (text: string): (() => Readonly<Record<string, string>>) => {
  return () => ({ 'octoform.yaml': `version: 1\n${text}` })
}
const acme = (body: string): string => `organizations:\n  acme:\n${body}`
const repositories = (count: number, body = '{ permissions: { enabled: true } }', name = 'r'): string =>
  `    repositories:\n${times(count, (index) => `      ${name}${index}: ${body}\n`)}`
const sets = (count: number, match: (index: number) => string, body?: (index: number) => string): string =>
  `    repository_sets:\n${times(
    count,
    (index) =>
      `      - { match: ${match(index)}, ${body?.(index) ?? `secrets: { S${index}: { value: { env: V } } }`} }\n`,
  )}`
const list = (count: number, entry: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => entry(index)).join(', ')}]`
const TEN =
  '{ permissions: { enabled: true, allowed_actions: selected, selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [acme/*] } }, ' +
  `secrets: { ${[1, 2, 3, 4, 5].map((index) => `S${index}: { value: { env: V } }`).join(', ')} } }`
const LONG = 'a'.repeat(90)
const many = (count: number, name: (index: number) => string, text: (index: number) => string) => () =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), text(index)]))
const alone = (repositories: number, secrets = 0): readonly string[] => [
  'plan-alone',
  'octoform.yaml',
  String(repositories),
  String(secrets),
]

/** Globs that the prefix, the end and the letters within do not tell apart. */
const slow = (index: number): string => `"*a*a*a*a*a*a${index}*"`

export const ATTACKS: Readonly<Record<string, Attack>> = {
  '4,000 globs × 300 names': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(4000, slow)} }\n${repositories(300, undefined, `r${LONG}`)}`,
      ),
    ),
  },
  '100,000 globs × 10,000 names': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(100_000, slow)} }\n${repositories(10_000, undefined, `r${LONG}`)}`,
      ),
    ),
  },
  '1,000 sets × 300 repositories': {
    files: only(acme(repositories(300) + sets(1000, () => '{ name: "r*" }'))),
  },
  '10,000 sets × 10,000 repositories': {
    files: only(acme(repositories(10_000) + sets(10_000, () => '{ name: "r*" }'))),
  },
  '10,000 sets that match one of 10,000 repositories each': {
    files: only(acme(repositories(10_000) + sets(10_000, (index) => `{ name: r${index} }`))),
  },
  '1,000 undecided sets × 10,000 repositories': {
    files: only(acme(repositories(10_000) + sets(1000, () => '{ topic: java }'))),
  },
  '1,000 sets × 10,000 live repositories': {
    files: only(acme(sets(1000, () => '{}'))),
    args: alone(10_000),
  },
  '1,000 sets with long globs × 10,000 live repositories': {
    files: only(acme(sets(1000, (index) => `{ name: "service-*0*1*${'?'.repeat(8)}*${index}*" }`))),
    args: alone(10_000),
  },
  'one set with 10,000 globs × 10,000 live repositories': {
    files: only(acme(sets(1, () => `{ name: ${list(10_000, (index) => `"*s*e*r*v*${index}*x"`)} }`))),
    args: alone(10_000),
  },
  'a list of 1,000 names in 10,000 secrets, by an alias': {
    files: only(
      `x-all: &all ${list(1000, (index) => `r${index}`)}\n${acme(`    secrets:\n${times(10_000, (index) => `      S${index}: { visibility: selected, repositories: *all, value: { env: V } }\n`)}`)}`,
    ),
  },
  'a list of 900 names in 1,000 secrets, by an alias': {
    files: only(
      `x-all: &all ${list(900, (index) => `r${index}`)}\n${acme(`    secrets:\n${times(1000, (index) => `      S${index}: { visibility: selected, repositories: *all, value: { env: V } }\n`)}`)}`,
    ),
  },
  'a map of 300 secrets in 3,000 repositories, by <<': {
    files: only(
      `x-s: &s { ${Array.from({ length: 300 }, (_, index) => `S${index}: {}`).join(', ')} }\n${acme(repositories(3000, '{ secrets: { <<: *s } }'))}`,
    ),
  },
  'a map of 90 secrets in 3,000 repositories, by an alias': {
    files: only(
      `x-s: &s { secrets: { ${Array.from({ length: 90 }, (_, index) => `S${index}: {}`).join(', ')} } }\n${acme(repositories(3000, '*s'))}`,
    ),
  },
  'an alias that doubles at each of 40 steps': {
    files: only(
      `x-0: &x0 { a: 1, b: 2 }\n${times(40, (index) => `x-${index + 1}: &x${index + 1} [*x${index}, *x${index}]\n`)}${acme('    secrets: {}\n')}`,
    ),
  },
  'merges that double at each of 40 steps': {
    files: only(
      `x-0: &x0 { a: 1, b: 2 }\n${times(40, (index) => `x-${index + 1}: &x${index + 1} { <<: [*x${index}, *x${index}] }\n`)}${acme('    secrets: {}\n')}`,
    ),
  },
  'one merge of 100 keys, used by 9,000 maps': {
    files: only(
      `x-0: &x { ${Array.from({ length: 100 }, (_, index) => `k${index}: 1`).join(', ')} }\nx-1:\n${times(9000, () => '  - { <<: *x }\n')}${acme('    secrets: {}\n')}`,
    ),
  },
  '10,000 entries of `files` × 10,000 secrets': {
    files: only(
      `files:\n${times(10_000, (index) => `  "**/octoform${index}*": { addresses: ["repos/*/*a*a*a*${index}/**"] }\n`)}${acme(`    secrets:\n${times(10_000, (index) => `      S${index}: {}\n`)}`)}`,
    ),
  },
  '20,000 addresses of one entry of `files` × 10,000 secrets': {
    files: only(
      `files:\n  "**": { addresses: ${list(20_000, (index) => `"orgs/acme/**/*a*a*${index}*b*"`)} }\n${acme(`    secrets:\n${times(10_000, (index) => `      SaaaaaaaaB${index}: {}\n`)}`)}`,
    ),
  },
  '10,000 values of `files` × 10,000 secrets': {
    files: only(
      `files:\n  "**": { addresses: ["**"], values: ${list(10_000, (index) => `"*V*V*${index}*b*"`)} }\n${acme(`    secrets:\n${times(10_000, (index) => `      S${index}: { visibility: all, value: { env: VVVVVVV${index} } }\n`)}`)}`,
    ),
  },
  '5,000 files × 5,000 entries of `files`': {
    files: () => ({
      'octoform.yaml': `version: 1\nfiles:\n${times(5000, (index) => `  "**/t*e*a*m*-${index}*": { addresses: ["repos/acme/**"] }\n`)}organizations: { acme: { secrets: {} } }\n`,
      ...many(
        5000,
        (index) => `teams/team-${index}.yaml`,
        (index) => `organizations: { acme: { repositories: { r${index}: {} } } }\n`,
      )(),
    }),
    args: ['validate', '--config', 'octoform.yaml', '--config', 'teams'],
  },
  '10,000 `prune` globs × 10,000 live secrets': {
    files: only(acme(`    secrets: {}\n    prune: ${list(10_000, (index) => `"secrets/*L*I*V*E*${index}*x"`)}\n`)),
    args: alone(1, 10_000),
  },
  '1,000 `prune` globs of one set × 10,000 repositories': {
    files: only(
      acme(
        sets(
          1,
          () => '{}',
          () => `secrets: {}, prune: ${list(1000, (index) => `"secrets/A_${index}*"`)}`,
        ),
      ),
    ),
    args: alone(10_000, 1),
  },
  '20,000 `protect` globs × 20,000 deletions': {
    files: only(
      `guards: { protect: ${list(20_000, (index) => `"orgs/*/secrets/*L*I*V*E*${index}x"`)} }\n${acme(`    secrets:\n${times(20_000, (index) => `      LIVE_${index}: absent\n`)}`)}`,
    ),
    args: alone(1, 20_000),
  },
  '20,000 `never_public` globs × 20,000 secrets': {
    files: only(
      `guards: { never_public: ${list(20_000, (index) => `"orgs/*/secrets/*L*I*V*E*${index}x"`)} }\n${acme(`    secrets:\n${times(20_000, (index) => `      LIVE_${index}x: { visibility: all, value: { env: V } }\n`)}`)}`,
    ),
    args: alone(1, 0),
  },
  '200,000 lines of `accept`': {
    files: only(`accept:\n${times(200_000, (index) => `  - acme/r${index}=${index}\n`)}${acme('    secrets: {}\n')}`),
  },
  '50,000 lines of `approvals`': {
    files: only(
      `approvals:\n${times(50_000, (index) => `  - { digest: ${String(index).padStart(64, '0')}, allow: [deletions=${index}], reason: "${index}" }\n`)}${acme('    secrets: {}\n')}`,
    ),
    args: alone(1),
  },
  '1,000 files with the same 500 secrets': {
    files: many(
      1000,
      (index) => `f/${index}.yaml`,
      () =>
        `version: 1\n${acme(`    secrets:\n${times(500, (index) => `      S${index}: { visibility: all, value: { env: V } }\n`)}`)}`,
    ),
    args: ['validate', '--config', 'f'],
  },
  '1,000 files that each add 300 names to one list': {
    files: many(
      1000,
      (file) => `f/${file}.yaml`,
      (file) =>
        `version: 1\n${acme(`    secrets: { S: { add_repositories: ${list(300, (index) => `r${file}-${index}`)}, remove_repositories: ${list(300, (index) => `q${file}-${index}`)} } }\n`)}`,
    ),
    args: ['validate', '--config', 'f'],
  },
  '20,000 files': {
    files: many(
      20_000,
      (file) => `f/${file}.yaml`,
      (file) => `version: 1\n${acme(`    repositories: { r${file}: {} }\n`)}`,
    ),
    args: ['validate', '--config', 'f'],
  },
  '11,000 files': {
    done: true,
    files: many(
      11_000,
      (file) => `f/${file}.yaml`,
      (file) => `version: 1\n${acme(`    repositories: { r${file}: { permissions: { enabled: true } } }\n`)}`,
    ),
    args: ['validate', '--config', 'f'],
  },
  '12 files of 15 MB each': {
    files: many(
      12,
      (file) => `f/${file}.yaml`,
      (file) =>
        `version: 1\n${acme(`    repositories:\n${times(300_000, (index) => `      a-name-as-long-as-these-${file}-${index}: {}\n`)}`)}`,
    ),
    args: ['validate', '--config', 'f'],
  },
  'one key of 15 MB': { files: only(`${'k'.repeat(15_000_000)}: 1\n`) },
  'one text of 15 MB': {
    files: only(`x-a: |\n${times(200_000, () => `  ${'x'.repeat(70)}\n`)}${acme('    secrets: {}\n')}`),
  },
  'one text of 7 MB in a glob': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ["*${'a*'.repeat(3_500_000)}"] }\n${repositories(100, undefined, 'aaaa')}`,
      ),
    ),
  },
  '1,000 globs of 10 KB × 1,000 names': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(1000, () => `"*${'a*'.repeat(5000)}"`)} }\n${repositories(1000, undefined, LONG)}`,
      ),
    ),
  },
  '1,000,000 brackets': { files: only(`x-a: ${'['.repeat(1_000_000)}\n`) },
  '63 levels, 10,000 times': {
    files: only(`x-a:\n${times(10_000, () => `  - ${'['.repeat(55)}${']'.repeat(55)}\n`)}${acme('    secrets: {}\n')}`),
  },
  '55 lists in one another, 3,500 times': {
    files: only(`x-a:\n${times(3500, () => `  ${'- '.repeat(55)}a\n`)}${acme('    secrets: {}\n')}`),
  },
  '110,000 empty brackets': {
    files: only(`x-a: [${'{},'.repeat(110_000)}]\n${acme('    secrets: {}\n')}`),
  },
  '700,000 commas': { files: only(`x-a: [${','.repeat(700_000)}]\n`) },
  '290,000 documents in one file': { files: only('---\n'.repeat(290_000)) },
  '360,000 texts in quotes': {
    files: only(`x-a: [${times(360_000, (index) => `'abcdefghijklmnop${index % 10}',`)}]\n`),
  },
  '160,000 words in one list': {
    files: only(`x-a: [${times(160_000, (index) => `a${index},`)}]\n${acme('    secrets: {}\n')}`),
  },
  '95,000 aliases without an anchor': {
    files: only(`x-a: [${times(95_000, (index) => `*a${index},`)}]\n`),
  },
  'one text of 5 MB in double quotes': {
    files: only(`x-a: "${'abcdef'.repeat(900_000)}"\n${acme('    secrets: {}\n')}`),
  },
  '42,000 maps, four in one another': {
    files: only(
      `x-a:\n${times(42_000, (index) => `  a${index}:\n    b:\n      c:\n        d: 1\n`)}${acme('    secrets: {}\n')}`,
    ),
  },
  '28,000 maps, four in one another': {
    done: true,
    files: only(
      `x-a:\n${times(28_000, (index) => `  a${index}:\n    b:\n      c:\n        d: 1\n`)}${acme('    secrets: {}\n')}`,
    ),
  },
  '100,000 keys without a value': {
    done: true,
    files: only(`x-a:\n${times(100_000, (index) => `  a${index}:\n`)}${acme('    secrets: {}\n')}`),
  },
  '30,000 repositories held against the list of their organization': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ["*"] }\n${repositories(30_000, '{ permissions: { enabled: true } }')}`,
      ),
    ),
  },
  '20,000 repositories held against the list of their organization': {
    done: true,
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ["*"] }\n${repositories(20_000, '{ permissions: { enabled: true } }')}`,
      ),
    ),
  },
  '10,000 repositories with ten settings each': { done: true, files: only(acme(repositories(10_000, TEN))) },
  '7,000 repositories with ten secrets each, all by placeholders': {
    done: true,
    files: only(
      acme(
        repositories(
          7000,
          `{ secrets: { ${times(10, (index) => `S${index}: { value: { env: "V_{repository}_${index}" } }, `)} } }`,
        ),
      ),
    ),
  },
  '9,000 repositories with eight secrets of an environment each': {
    done: true,
    files: only(
      acme(
        repositories(
          9000,
          `{ environments: { prod: { secrets: { ${times(8, (index) => `S${index}: { value: { env: V } }, `)} } } } }`,
        ),
      ),
    ),
  },
  '390,000 names in one list': {
    files: only(
      acme(`    runner_groups: { g: { visibility: all, runners: [${times(390_000, (index) => `r${index}, `)}] } }\n`),
    ),
  },
  '190,000 maps in one list': {
    done: true,
    files: only(`x-a: [${'{b: c},'.repeat(190_000)}]\n${acme('    secrets: {}\n')}`),
  },
  '290,000 unknown keys of an organization': { files: only(acme(times(290_000, (index) => `    k${index}: 1\n`))) },
  '100,000 secrets of two spellings each, on one line': {
    files: only(acme(`    secrets: { ${times(100_000, (index) => `s${index}: {}, S${index}: {}, `)} }\n`)),
  },
  'one flow list of 15 MB': { files: only(`x-a: [${'a,'.repeat(7_500_000)}]\n`) },
  'one block list of 3 MB': {
    files: only(`x-a:\n${'- a\n'.repeat(750_000)}${acme('    secrets: {}\n')}`),
  },
  '15 MB of comments': {
    files: only(`${'# a\n'.repeat(3_750_000)}${acme('    secrets: {}\n')}`),
  },
  '15 MB of line ends': { files: only(`${'\n'.repeat(15_000_000)}${acme('    secrets: {}\n')}`) },
  '200,000 organizations': {
    files: only(`organizations:\n${times(200_000, (index) => `  o${index}: {}\n`)}`),
  },
  '2,000 organizations': {
    done: true,
    files: only(`organizations:\n${times(2000, (index) => `  o${index}: { secrets: { S: {} } }\n`)}`),
  },
  '20,000 organizations': {
    files: only(`organizations:\n${times(20_000, (index) => `  o${index}: { secrets: { S: {} } }\n`)}`),
  },
  '3,000 organizations × 3,000 organization sets': {
    files: only(
      `organizations:\n${times(3000, (index) => `  o${index}: {}\n`)}organization_sets:\n${times(3000, (index) => `  - { match: {}, secrets: { S${index}: {} } }\n`)}`,
    ),
  },
  '200,000 unknown keys': { files: only(times(200_000, (index) => `k${index}: 1\n`)) },
  '100,000 misspelt keys of 90 letters': {
    files: only(acme(times(100_000, (index) => `    ${LONG}${index}: 1\n`))),
  },
  '100,000 values of a wrong type': {
    files: only(acme(`    secrets:\n${times(100_000, (index) => `      S${index}: 7\n`)}`)),
  },
  '100,000 secrets of two spellings each': {
    files: only(acme(`    secrets:\n${times(50_000, (index) => `      s${index}: {}\n      S${index}: {}\n`)}`)),
  },
  '100,000 keys that stand twice': {
    files: only(acme(`    secrets:\n${times(100_000, () => '      S: {}\n')}`)),
  },
  '300,000 tabs where blanks belong': {
    files: only(acme(times(300_000, (index) => `\tk${index}: 1\n`))),
  },
  '300,000 aliases without an anchor': {
    files: only(`x-a: [${times(300_000, (index) => `*a${index},`)}]\n`),
  },
  '20,000 repositories that are not there, 10,000 that are': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(20_000, (index) => `survice-x${index}`)} }\n`,
      ),
    ),
    args: alone(10_000),
  },
  '20,000 globs that match none of 10,000': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(20_000, (index) => `"*s*r*v*i*c*x*${index}"`)} }\n`,
      ),
    ),
    args: alone(10_000),
  },
  '20,000 topics that none of 10,000 has': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(20_000, (index) => `{ topic: jave${index} }`)} }\n`,
      ),
    ),
    args: alone(10_000),
  },
  '10,000 repositories by keys that are not there': {
    files: only(acme(repositories(10_000, '{ secrets: {} }', 'survice-'))),
    args: alone(10_000),
  },
  '20,000 negations × 10,000 live repositories': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ["*", ${list(20_000, (index) => `"!*s*e*r*${index}x"`).slice(1)} }\n`,
      ),
    ),
    args: alone(10_000),
  },
  '20,000 negated names × 10,000 live repositories': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ["*", ${list(20_000, (index) => `"!service-${index}"`).slice(1)} }\n`,
      ),
    ),
    args: alone(10_000),
  },
  '2,000 secrets for all of 10,000 live repositories': {
    files: only(
      acme(
        `    secrets:\n${times(2000, (index) => `      S${index}: { visibility: selected, repositories: ["*"], value: { env: V } }\n`)}`,
      ),
    ),
    args: alone(10_000),
  },
  '300,000 changes': {
    files: only(
      acme(
        sets(
          1,
          () => '{}',
          () =>
            `secrets: { ${Array.from({ length: 30 }, (_, index) => `S${index}: { value: { env: V } }`).join(', ')} }`,
        ),
      ),
    ),
    args: alone(10_000),
  },
  '100,000 changes of one organization': {
    files: only(
      acme(
        `    secrets:\n${times(100_000, (index) => `      S${index}: { visibility: all, value: { env: V${index} } }\n`)}`,
      ),
    ),
    args: alone(10),
  },
  '10,000 secrets beside 10,000 live ones': {
    files: only(acme(`    secrets:\n${times(10_000, (index) => `      LIVE_${index}: {}\n`)}`)),
    args: alone(10, 10_000),
  },
  '2,000 runner groups with 300 runners each': {
    files: only(
      `x-r: &r ${list(300, (index) => `runner-${index}`)}\n${acme(`    runner_groups:\n${times(2000, (index) => `      g${index}: { visibility: all, runners: *r }\n`)}`)}`,
    ),
  },
  '100,000 sealed values': {
    files: only(
      acme(
        `    secrets:\n${times(100_000, (index) => `      S${index}: { visibility: all, value: { sealed: { key_id: "1", encrypted_value: "AAAA${index}" } } }\n`)}`,
      ),
    ),
  },
  '200,000 patterns of allowed actions': {
    files: only(
      acme(
        `    permissions: { allowed_actions: selected, selected_actions: { patterns_allowed: ${list(200_000, (index) => `"a/b${index}"`)} } }\n`,
      ),
    ),
  },
  '100,000 names that no terminal may see': {
    files: only(
      `repositories:\n${times(100_000, (index) => `  "a/\\u202e\\u0007${'\\u200b'.repeat(20)}${index}": {}\n`)}`,
    ),
  },
  '`--explain` of 1,000 sets': {
    files: only(acme(repositories(300) + sets(1000, () => '{ name: "r*" }'))),
    args: ['validate', '--explain', 'repos/acme/r7/secrets'],
  },
  '`--explain` of 10,000 sets that give one secret': {
    files: only(
      acme(
        repositories(300) +
          sets(
            10_000,
            () => '{ name: "r*" }',
            () => 'secrets: { S: { value: { env: V } } }',
          ),
      ),
    ),
    args: ['validate', '--explain', 'repos/acme/r7/secrets'],
  },
  '30,000 sets that give one secret': {
    files: only(
      acme(
        repositories(1) +
          sets(
            30_000,
            () => '{ name: "r*" }',
            () => 'secrets: { S: { value: { env: V } } }',
          ),
      ),
    ),
  },
}

/** Each limit once, a little beyond it. */
export const QUICK: Readonly<Record<string, Refused>> = {
  'more owners than a run could read': {
    files: only(`organizations:\n${times(2001, (index) => `  o${index}: { secrets: { S: {} } }\n`)}`),
    says: /octoform\.yaml:\d+:3: error: with this, more than 2,000 owners are named: split the configuration/,
  },
  'repositories with an entry of their own': {
    files: only(acme(repositories(20_001, '{}'))),
    says: /octoform\.yaml:20005:7: error: with this, more than 20,000 repositories have an entry of their own: let `repository_sets`/,
  },
  files: {
    files: many(
      11_001,
      (file) => `f/${file}.yaml`,
      () => '',
    ),
    args: ['validate', '--config', 'f'],
    says: /f\/9999\.yaml: the files before it are 11,000, or larger than 32 MiB together: name fewer/,
  },
  'organization sets × organizations': {
    files: only(
      `organizations:\n${times(400, (index) => `  o${index}: {}\n`)}organization_sets:\n${times(300, (index) => `  - { match: {}, secrets: { S${index}: {} } }\n`)}`,
    ),
    says: /octoform\.yaml:\d+:5: error: with this, more than 100,000 places speak for organizations/,
  },
  'sets × repositories': {
    files: only(acme(repositories(1100, '{}') + sets(1000, () => '{ name: "r*" }'))),
    says: /octoform\.yaml:\d+:9: error: with this, more than 1,000,000 repositories are reached by repository_sets/,
  },
  'members × repositories': {
    files: only(
      acme(
        repositories(600, '{}') +
          sets(
            1,
            () => '{}',
            () => `secrets: { ${Array.from({ length: 500 }, (_, index) => `S${index}: {}`).join(', ')} }`,
          ),
      ),
    ),
    says: /octoform\.yaml:\d+:\d+: error: with this, more than 250,000 addresses are declared/,
  },
  'globs × names': {
    files: only(
      acme(
        `    permissions: { enabled_repositories: selected, repositories: ${list(1000, (index) => `"*${'?'.repeat(80)}${index}*"`)} }\n${repositories(400, '{}')}`,
      ),
    ),
    says: /octoform\.yaml:4:\d+: error: with this, more than 20,000,000 pieces of globs and selectors are tried/,
  },
  'names in lists': {
    files: only(
      acme(
        `    secrets:\n${times(600, (index) => `      S${index}: { visibility: selected, repositories: ["*"], value: { env: V } }\n`)}${repositories(2000, '{}')}`,
      ),
    ),
    says: /octoform\.yaml:\d+:7: error: with this, more than 1,000,000 names stand in lists/,
  },
  '`prune` × repositories': {
    files: only(
      acme(
        repositories(900, '{}') +
          sets(
            1,
            () => '{}',
            () => `secrets: {}, prune: ${list(300, (index) => `"secrets/A_${index}*"`)}`,
          ),
      ),
    ),
    says: /octoform\.yaml:\d+:\d+: error: with this, more than 250,000 globs of `prune` hold/,
  },
  'values of a wrong type': {
    files: only(acme(`    secrets:\n${times(40_000, (index) => `      S${index}: 7\n`)}`)),
    says: /40000 errors\./,
  },
  'runners that many groups share': {
    files: only(
      `x-r: &r ${list(300, (index) => `runner-${index}`)}\n${acme(`    runner_groups:\n${times(600, (index) => `      g${index}: { visibility: all, runners: *r }\n`)}`)}`,
    ),
    says: /300 errors\./,
  },
  lines: {
    files: only('\n'.repeat(300_001)),
    says: /with this, the configuration holds more than 1,000,000 words and signs .*, or 300,000 lines/,
  },
}
