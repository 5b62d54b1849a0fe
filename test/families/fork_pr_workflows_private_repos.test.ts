import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { forkPrWorkflowsPrivateRepos } from '../../src/families/fork-pr-workflows-private-repos/index.ts'
import { families } from '../../src/families/index.ts'
import { findingsAt, requestsAt, type Written, wantedOf } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'fork_pr_workflows_private_repos') ?? expect.unreachable()

const SWITCHES = [
  'run_workflows_from_fork_pull_requests',
  'send_write_tokens_to_workflows',
  'send_secrets_and_variables',
]

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ...SWITCHES.flatMap((field): [string, Json, Json, boolean][] => [
      [field, false, true, true],
      [field, true, false, false],
    ]),
    ['require_approval_for_fork_pr_workflows', true, false, true],
    ['require_approval_for_fork_pr_workflows', false, true, false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(forkPrWorkflowsPrivateRepos, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  it.each<[string, Scope, Document | undefined, Document, Written[]]>([
    [
      'of the enterprise',
      { type: 'enterprise', enterprise: 'inc' },
      {
        run_workflows_from_fork_pull_requests: false,
        send_write_tokens_to_workflows: false,
        send_secrets_and_variables: false,
        require_approval_for_fork_pr_workflows: false,
      },
      { run_workflows_from_fork_pull_requests: true },
      [
        [
          'PUT /enterprises/inc/actions/permissions/fork-pr-workflows-private-repos',
          { run_workflows_from_fork_pull_requests: true },
        ],
      ],
    ],
    [
      'of the organization',
      { type: 'organization', org: 'acme' },
      {
        run_workflows_from_fork_pull_requests: false,
        send_write_tokens_to_workflows: false,
        send_secrets_and_variables: false,
        require_approval_for_fork_pr_workflows: false,
      },
      { run_workflows_from_fork_pull_requests: true },
      [
        [
          'PUT /orgs/acme/actions/permissions/fork-pr-workflows-private-repos',
          { run_workflows_from_fork_pull_requests: true },
        ],
      ],
    ],
    [
      'of the repository',
      { type: 'repository', owner: 'acme', repo: 'web' },
      {
        run_workflows_from_fork_pull_requests: false,
        send_write_tokens_to_workflows: false,
        send_secrets_and_variables: false,
        require_approval_for_fork_pr_workflows: false,
      },
      { run_workflows_from_fork_pull_requests: true },
      [
        [
          'PUT /repos/acme/web/actions/permissions/fork-pr-workflows-private-repos',
          { run_workflows_from_fork_pull_requests: true },
        ],
      ],
    ],
    [
      'with all that is shown as set, or given as false',
      { type: 'enterprise', enterprise: 'inc' },
      {
        run_workflows_from_fork_pull_requests: false,
        send_write_tokens_to_workflows: true,
        send_secrets_and_variables: false,
        require_approval_for_fork_pr_workflows: true,
      },
      { send_write_tokens_to_workflows: false, send_secrets_and_variables: false },
      [
        [
          'PUT /enterprises/inc/actions/permissions/fork-pr-workflows-private-repos',
          {
            run_workflows_from_fork_pull_requests: false,
            send_write_tokens_to_workflows: false,
            send_secrets_and_variables: false,
            require_approval_for_fork_pr_workflows: true,
          },
        ],
      ],
    ],
  ])('%s', (_, scope, live, wants, expected) => {
    const asked = { key: '', wants, ...(live ? { live } : {}) }
    expect(requestsAt({ family, scope }, asked)).toEqual(expected)
  })
})

describe('what is against it', () => {
  const WEB: Scope = { type: 'repository', owner: 'acme', repo: 'api' }
  const RUNS = { run_workflows_from_fork_pull_requests: true }
  const above = (live: Document | undefined, desired: Document | undefined) => ({
    live: () => live && [{ key: '', spec: live, ref: {} }],
    desired: () => desired && [wantedOf('', desired)],
  })
  const message =
    'run_workflows_from_fork_pull_requests is false at the organization above, and cannot be enabled below it'

  it.each([
    [
      'disabled in the YAML',
      undefined,
      { run_workflows_from_fork_pull_requests: false },
      [`error ${SWITCHES[0]}: ${message}`],
    ],
    [
      'disabled on GitHub',
      { run_workflows_from_fork_pull_requests: false },
      undefined,
      [`held back ${SWITCHES[0]}: ${message}`],
    ],
    ['to be enabled', { run_workflows_from_fork_pull_requests: false }, RUNS, []],
    ['enabled', RUNS, undefined, []],
    ['unknown', undefined, undefined, []],
  ] as const)('above a repository it is %s', (_, live, desired, expected) => {
    const place = { family, scope: WEB, known: above(live, desired) }
    expect(findingsAt(place, { wants: RUNS })).toEqual(expected)
  })

  it.each([
    ['disabled in the YAML', undefined, { run_workflows_from_fork_pull_requests: false }, 1],
    // It may not have been set, and then it forbids nothing.
    ['shown as disabled', { run_workflows_from_fork_pull_requests: false }, undefined, 0],
  ] as const)('above an organization it is %s', (_, live, desired, count) => {
    const scope: Scope = { type: 'organization', org: 'acme' }
    expect(findingsAt({ family, scope, known: above(live, desired) }, { wants: RUNS })).toHaveLength(count)
  })

  it.each([
    [{ run_workflows_from_fork_pull_requests: false, send_secrets_and_variables: true }, undefined, 1],
    [{ send_secrets_and_variables: true }, { run_workflows_from_fork_pull_requests: false }, 1],
    [{ send_secrets_and_variables: true }, { run_workflows_from_fork_pull_requests: true }, 0],
    [{ send_secrets_and_variables: true }, undefined, 0],
  ])('%j where GitHub has %j: %i without effect', (wants, live, count) => {
    const scope: Scope = { type: 'enterprise', enterprise: 'inc' }
    const found = findingsAt({ family, scope }, { wants, ...(live ? { live } : {}) })
    expect(found).toEqual(
      Array.from(
        { length: count },
        () =>
          'warning send_secrets_and_variables: send_secrets_and_variables has no effect while run_workflows_from_fork_pull_requests is false',
      ),
    )
  })
})

it('a refusal of an organization names the level above', async () => {
  const disabled = { fork_pr_workflows_private_repos: { run_workflows_from_fork_pull_requests: false } }
  const sandbox = await watchedSandbox({
    seed: { enterprises: { inc: { organizations: { acme: {} }, ...disabled } }, organizations: { acme: {} } },
  })
  const place = await workplace(sandbox, {
    'octoform.yaml':
      'version: 1\norganizations: { acme: { fork_pr_workflows_private_repos: { run_workflows_from_fork_pull_requests: true } } }',
  })
  const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
  expect(code).toBe(1)
  expect(stdout + stderr).toContain('GitHub answers so where the level above holds it by policy.')
})

describe('of what an enterprise has not set, and shows as false', () => {
  const started = async (given: string) => {
    const orgs = '{ acme: { fork_pr_workflows_private_repos: { send_secrets_and_variables: true } } }'
    const seed = `{ enterprises: { inc: { organizations: ${orgs} } } }`
    const sandbox = await watchedSandbox({ product: 'ghec', seed })
    const yaml = `version: 1\nenterprises: { inc: { fork_pr_workflows_private_repos: { ${given} } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
    const run = (command: string[]) => place.run([...command, '--owner', 'enterprises/inc'])
    return { sandbox, run }
  }

  it('the rest stays unset, and its organizations as they are', async () => {
    const { sandbox, run } = await started('run_workflows_from_fork_pull_requests: true')
    const { code, stdout } = await run(['apply', '--auto-approve'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('is written as false')
    const { enterprises } = sandbox.state() as { enterprises: { inc: Document } }
    expect(enterprises.inc.fork_pr_workflows_private_repos).toEqual({ run_workflows_from_fork_pull_requests: true })
  })

  it('the field that GitHub requires is written, which the plan says', async () => {
    const { run } = await started('require_approval_for_fork_pr_workflows: true')
    expect((await run(['plan'])).stdout).toContain(
      'also: run_workflows_from_fork_pull_requests is written as false, as GitHub shows it: no organization can enable it from then on',
    )
  })
})
