const digits = (index: number, count: number): string => String(index).padStart(count, '0')

/**
 * A configuration as a large organization would have it: its own settings and secrets, sets of all kinds of which each
 * repository is in half a dozen with a few secrets each, and an entry of its own for each repository.
 * @param repositories a number such as 10,000, called `service-00000` and on
 */
export function realConfiguration(repositories: number, sets: number): string {
  const secrets = (start: string): string =>
    `{ ${['A', 'B', 'C'].map((name) => `${start}_${name}: { value: { env: ${start}_${name} } }`).join(', ')} }`
  const match = (index: number): string => {
    if (index < 2) return '{}'
    if (index < 10) return `{ topic: ${['java', 'node', 'go', 'rust'][index % 4]} }`
    return index % 2 === 0 ? `{ name: "service-0${digits(index / 2, 2)}*" }` : `{ name: "*${digits(index % 100, 2)}" }`
  }
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
  return [
    'version: 1',
    'organizations:',
    '  acme:',
    '    permissions: { enabled_repositories: all, allowed_actions: selected, selected_actions: { verified_allowed: true } }',
    '    secrets:',
    ...range(30).map(
      (index) =>
        `      SHARED_${index}: { visibility: selected, repositories: ["service-0${digits(index, 2)}*", { topic: java }, "!service-00007"], value: { env: SHARED_${index} } }`,
    ),
    '    repository_sets:',
    ...range(sets).map((index) => `      - { match: ${match(index)}, secrets: ${secrets(`SET_${index}`)} }`),
    '    repositories:',
    ...range(repositories).map(
      (index) =>
        `      service-${digits(index, 5)}: { permissions: { enabled: true }, secrets: { DEPLOY_KEY: { value: { env: KEY_${index} } } } }`,
    ),
    '',
  ].join('\n')
}
