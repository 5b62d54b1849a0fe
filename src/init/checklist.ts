import { newAppLink } from './new-app-link.ts'

export interface ChecklistFacts {
  /** `owner/name` of the repository that the configuration goes into; undefined where it is not known. */
  readonly repository: string | undefined
  readonly branch: string
  /** Organizations and accounts. */
  readonly owners: readonly string[]
  /** Enterprises by address. */
  readonly enterprises: readonly string[]
  /** Where people look at GitHub, such as `https://github.com`. */
  readonly web: string
  /** The permissions that an App needs for what the configuration has, by use; undefined where it has nothing yet. */
  readonly needs:
    | { readonly plan: Readonly<Record<string, string>>; readonly apply: Readonly<Record<string, string>> }
    | undefined
}

/**
 * The steps that remain for a person after the first files, as a list to tick off: each with the page that it is done at,
 * and with the command of `gh` that does it, where one does.
 */
export function checklist(facts: ChecklistFacts): string {
  const { repository, branch, enterprises } = facts
  const assumed =
    repository === undefined
      ? 'This repository is not known, because it has no git remote, so the ledger is left out: write its line in octoform.yaml.\n'
      : ''
  const steps = [
    apps(facts),
    readingApp(facts),
    environment(facts),
    ...(enterprises.length === 0 ? [] : [ofEnterprises(enterprises, branch)]),
    protection(facts),
    ['Open a pull request with these files and merge it. From then on, change a file below orgs/ in a pull request.'],
  ]
  const lines = steps.flatMap(([first = '', ...rest]) => [`[ ] ${first}`, ...rest.map((line) => `    ${line}`)])
  return `
${assumed}What is left to do in ${repository ?? 'the repository that this will lie in'}:
${lines.map((line) => `${line}\n`).join('')}`
}

function apps({ owners, web, needs }: ChecklistFacts): readonly string[] {
  const made = 'Make two GitHub Apps, keep a private key of each, and install both on your organizations.'
  if (needs === undefined) {
    return [
      made,
      'One reads, for plan and drift; one writes, for apply. `octoform doctor` prints the permissions they need.',
    ]
  }
  const link = (purpose: 'plan' | 'apply'): string => newAppLink({ web, owners, purpose, permissions: needs[purpose] })
  return [made, `One reads, for plan and drift:  ${link('plan')}`, `One writes, for apply:          ${link('apply')}`]
}

function readingApp({ repository, web }: ChecklistFacts): readonly string[] {
  return [
    'Give the repository the App that reads: its id as the variable OCTOFORM_PLAN_APP_ID, its key as the secret',
    'OCTOFORM_PLAN_APP_PRIVATE_KEY.',
    ...settings(repository, web, 'secrets/actions'),
    `gh variable set OCTOFORM_PLAN_APP_ID${ofRepository(repository)} --body APP_ID`,
    `gh secret set OCTOFORM_PLAN_APP_PRIVATE_KEY${ofRepository(repository)} < plan-app.pem`,
  ]
}

function environment({ repository, branch, web }: ChecklistFacts): readonly string[] {
  const inEnvironment = `${ofRepository(repository)} --env octoform`
  return [
    `Make an environment named octoform, limited to the branch ${branch}, with required reviewers if you like. It has the App`,
    'that writes, and the key by which changed values are seen.',
    ...settings(repository, web, 'environments/new'),
    `gh variable set OCTOFORM_APPLY_APP_ID${inEnvironment} --body APP_ID`,
    `gh secret set OCTOFORM_APPLY_APP_PRIVATE_KEY${inEnvironment} < apply-app.pem`,
    `openssl rand -base64 32 | gh secret set OCTOFORM_LEDGER_KEY${inEnvironment}`,
  ]
}

function protection({ repository, branch, web }: ChecklistFacts): readonly string[] {
  return [
    `Protect the branch ${branch}: pull requests only, and the status check \`octoform plan\` required.`,
    ...settings(repository, web, 'rules/new?target=branch'),
  ]
}

function ofEnterprises(enterprises: readonly string[], branch: string): readonly string[] {
  return [
    `For ${enterprises.join(' and ')}, make two more environments limited to the branch ${branch}: octoform-enterprise-plan, and`,
    'octoform-enterprise with required reviewers. Both have the secret OCTOFORM_ENTERPRISE_TOKEN, a classic token with the',
    'scope admin:enterprise, because GitHub admits no App there; the second has OCTOFORM_LEDGER_KEY, too.',
  ]
}

/** A page of the repository's settings. */
function settings(repository: string | undefined, web: string, page: string): readonly string[] {
  return repository === undefined ? [] : [`${web}/${repository}/settings/${page}`]
}

function ofRepository(repository: string | undefined): string {
  return repository === undefined ? '' : ` --repo ${repository}`
}
