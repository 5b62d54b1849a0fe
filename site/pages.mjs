/** The sidebar: sections of pages, each the path of a Markdown file in the repository. */
export const SECTIONS = [
  {
    title: 'Start',
    pages: ['docs/README.md', 'docs/getting-started.md', 'docs/installation.md', 'docs/configuration.md'],
  },
  {
    title: 'Use',
    pages: [
      'docs/ci.md',
      'docs/secrets.md',
      'docs/operations.md',
      'docs/reports.md',
      'docs/ten-seconds.md',
      'docs/sandbox.md',
      'docs/security-model.md',
      'docs/troubleshooting.md',
    ],
  },
  {
    title: 'Recipes',
    pages: [
      'README',
      'leaked-secret',
      'reorganization',
      'moving-runners',
      'several-teams',
      'gitlab-jenkins',
      'values',
    ].map((name) => `docs/recipes/${name}.md`),
  },
  { title: 'Coming from', pages: ['docs/migrating.md'] },
  {
    title: 'Reference',
    pages: [
      'docs/reference.md',
      'docs/commands.md',
      'docs/command-reference.md',
      'docs/permissions.md',
      'docs/limits.md',
      'docs/coverage.md',
    ],
  },
  {
    title: 'Every message',
    pages: ['README', 'yaml', 'configuration', 'settings', 'plan', 'ledger', 'github', 'apply', 'commands'].map(
      (name) => `docs/messages/${name}.md`,
    ),
  },
  { title: 'Project', pages: ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'] },
]

/** Names in the sidebar that are shorter than the page's heading. */
export const SHORT = {
  'docs/README.md': 'Overview',
  'docs/reference.md': 'Every key',
  'docs/recipes/README.md': 'All of them',
  'docs/recipes/leaked-secret.md': 'A leaked secret',
  'docs/messages/README.md': 'All of them',
  'docs/messages/yaml.md': 'Files and YAML',
  'docs/messages/configuration.md': 'The configuration',
  'docs/messages/settings.md': 'Settings of GitHub',
  'docs/messages/plan.md': 'What a plan says',
  'docs/messages/ledger.md': 'Values, ledger, lock',
  'docs/messages/github.md': "GitHub's answers",
  'docs/messages/apply.md': 'Applying',
  'docs/messages/commands.md': 'The command line',
  'docs/coverage.md': "Coverage of GitHub's API",
  'SECURITY.md': 'Reporting a vulnerability',
}

/** Folders whose files are shown on a page each. */
export const EXAMPLES = 'examples'

/** The address of a file's page, from the root of the site: `docs/recipes/gitlab.md` is `recipes/gitlab.html`. */
export function pageOf(source) {
  const below = source.replace(/^docs\//, '').replace(/\.md$/, '')
  return `${below === 'README' ? 'index' : below.replace(/(^|\/)README$/, '$1index').toLowerCase()}.html`
}

/** The way from one page to another, for links that work under any base and from a file. */
export function relativeTo(from, to) {
  const up = from.split('/').length - 1
  return up === 0 ? to : `${'../'.repeat(up)}${to}`
}
