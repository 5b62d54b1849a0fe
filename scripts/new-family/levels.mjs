/** The levels of `src/core/scope.ts` as the command needs them: GitHub's paths, and how the YAML and the tests name one. */
export const LEVELS = {
  enterprise: { bases: ['/enterprises/{enterprise}'], owner: 'Enterprise', words: 'the enterprise' },
  organization: { bases: ['/orgs/{org}', '/organizations/{org}'], owner: 'Organization', words: 'the organization' },
  repository: { bases: ['/repos/{owner}/{repo}'], owner: 'Repository', words: 'the repository' },
  environment: {
    bases: [
      '/repos/{owner}/{repo}/environments/{environment_name}',
      '/repositories/{repository_id}/environments/{environment_name}',
    ],
    owner: 'Environment',
    words: 'the environment',
  },
}

/** The level whose routes begin so, the narrowest that fits, and what comes behind; undefined for another path. */
export function placeOf(path) {
  const fits = Object.entries(LEVELS).flatMap(([level, { bases }]) =>
    bases
      .filter((base) => path.startsWith(`${base}/`))
      .map((base) => ({ level, base, tail: path.slice(base.length + 1) })),
  )
  return fits.sort((one, other) => other.base.length - one.base.length)[0]
}
