import { describe, expect, it } from 'vitest'
import type { Change, Plan } from '../../src/core/plan.ts'
import { renderText, textParts } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import type { Wording } from '../../src/render/wording.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

function print(plan: Plan, wording: Wording = 'plan'): string {
  return renderText(viewPlan(plan, wording), { colour: 'plain' })
}

const at = (line: number) => ({ file: 'octoform.yaml', line, col: 7 })

function bigPlan(): Plan {
  const changes: Change[] = [
    buildChange(
      'orgs/acme/permissions',
      { allowed_actions: 'selected', selected_actions: { patterns_allowed: ['docker/*'], verified_allowed: false } },
      {
        allowed_actions: 'all',
        selected_actions: { patterns_allowed: ['docker/*', 'acme/*'], verified_allowed: false },
      },
      { widens: ['allowed_actions', 'selected_actions'], reason: 'allowed_actions differs', source: at(5) },
    ),
    buildChange(
      'orgs/acme/secrets/NPM_TOKEN',
      { visibility: 'selected', repositories: ['api', 'legacy', 'web'] },
      { visibility: 'selected', repositories: ['api', 'docs', 'site', 'web'] },
      {
        access: {
          gains: [...buildAccess('matched', 'site:public'), ...buildAccess('named', 'docs')],
          loses: buildAccess('named', 'legacy'),
        },
        widens: ['repositories'],
        reason: 'repositories differs',
        source: at(12),
      },
    ),
    buildChange(
      'orgs/acme/runner_groups/open',
      { visibility: 'private' },
      { visibility: 'all' },
      {
        access: { gains: buildAccess('named', 'site:public', 'web'), loses: [] },
        widens: ['visibility'],
        source: at(20),
      },
    ),
    buildChange(
      'orgs/acme/runner_groups/old',
      { visibility: 'selected', repositories: [], runners: ['gpu-01'] },
      null,
      {
        reason: 'absent in the YAML',
        source: at(22),
        consequences: [
          { message: 'runner gpu-01 falls to the group Default, which every repository may use', widens: true },
          { message: 'its network configuration is left', widens: false },
        ],
      },
    ),
    buildChange(
      'orgs/acme/secrets/SONAR',
      { value: 'env:SONAR' },
      { value: 'env:SONAR' },
      {
        value: 'again',
        reason: 'changed outside',
        source: at(14),
      },
    ),
    buildChange(
      'repos/acme/web/secrets/DEPLOY_KEY',
      null,
      { value: 'file:deploy.key' },
      {
        value: 'put',
        reason: 'not on GitHub',
        source: at(30),
        notes: ['written once'],
      },
    ),
  ]
  return buildPlan(changes, {
    complete: false,
    diagnostics: [
      {
        severity: 'warning',
        message: 'no repository is called lagacy',
        source: at(13),
        address: 'orgs/acme/secrets/NPM_TOKEN',
      },
      { severity: 'error', message: 'gpu is not on GitHub; to create it, visibility must be given', source: at(18) },
    ],
    not_read: [{ scope: 'orgs/other', reason: 'GET /orgs/{org}/actions/secrets: 403 Resource not accessible' }],
    tripped: [
      {
        guard: 'protect',
        message: 'a protected address would be deleted',
        flag: '--allow protected',
        addresses: ['orgs/acme/runner_groups/old'],
      },
    ],
    values_needed: [{ source: 'file:deploy.key', addresses: ['repos/acme/web/secrets/DEPLOY_KEY'] }],
    secrets: { unknown: ['orgs/acme/secrets/NPM_TOKEN'], not_compared: ['orgs/acme/secrets/OTHER'], keyed: false },
    left_alone: [{ section: 'orgs/acme/secrets', members: 3, fields: 0 }],
    left_out: ['orgs/third'],
    flags: { owner: ['acme', 'other'], target: ['orgs/**'], rotate: [] },
    requests: 9,
  })
}

describe('render/text', () => {
  it('prints every section in the order of urgency', () => {
    expect(print(bigPlan())).toMatchInlineSnapshot(`
      "Errors
        octoform.yaml:18:7: error: gpu is not on GitHub; to create it, visibility must be given

      Could not be read
        orgs/other: GET /orgs/{org}/actions/secrets: 403 Resource not accessible

      Refused by apply
        protect: a protected address would be deleted (orgs/acme/runner_groups/old)
            To go past it: octoform apply --allow protected

      Warnings
        octoform.yaml:13:7: warning: no repository is called lagacy (orgs/acme/secrets/NPM_TOKEN)

      Gains access
        ~ orgs/acme/runner_groups/open  visibility: private → all (wider)  # octoform.yaml:20:7
            access for 2 repositories, 1 of them PUBLIC: site (PUBLIC), web
        ~ orgs/acme/secrets/NPM_TOKEN  repositories: + docs, site  - legacy  (2 unchanged) (wider)  # octoform.yaml:12:7
            access for 1 repository: docs

      Gains access through a pattern
        ~ orgs/acme/secrets/NPM_TOKEN  # see above
            access for 1 repository: site (PUBLIC)

      Gains access as a consequence
        - orgs/acme/runner_groups/old  # absent in the YAML, octoform.yaml:22:7
            repositories: []
            runners: gpu-01
            visibility: selected
            also: runner gpu-01 falls to the group Default, which every repository may use
            also: its network configuration is left

      Becomes wider
        ~ orgs/acme/permissions  # octoform.yaml:5:7
            allowed_actions: selected → all (wider)
            selected_actions.patterns_allowed: + acme/*  (1 unchanged) (wider)

      Values written over
        ! orgs/acme/secrets/SONAR  value: env:SONAR, will be re-sent  # changed outside, octoform.yaml:14:7

      Taken away
        - orgs/acme/runner_groups/old  # see above
        ~ orgs/acme/secrets/NPM_TOKEN  # see above
            no more access for 1 repository: legacy

      Other changes
        + repos/acme/web/secrets/DEPLOY_KEY  value: file:deploy.key  # not on GitHub, octoform.yaml:30:7
            note: written once

      Values that apply needs
        file:deploy.key (repos/acme/web/secrets/DEPLOY_KEY)

      Secrets not compared
        1 secret without a ledger entry: the value is unknown and left alone (orgs/acme/secrets/NPM_TOKEN)
            To write them once and know them from then on: --rotate GLOB
        1 secret: value not compared (orgs/acme/secrets/OTHER)
        Planned without a ledger key: a value that changed at its source is not noticed
            Pull requests are planned so even where OCTOFORM_LEDGER_KEY is set; to make one: openssl rand -base64 32

      Left alone, because the configuration does not mention it (--verbose names it)
        orgs/acme: 3 members

      Left out
        1 place left out by --owner acme --owner other --target 'orgs/**' (orgs/third)

      Applying takes 9 requests to api.github.com.
      Digest: d1ge57
      1 error, named at the top.
      Refused by apply without --allow protected: the reasons are at the top.
      Incomplete: 1 place could not be read, and nothing is planned there. apply refuses it without --allow incomplete.
      Plan: 1 to add, 4 to change, 1 to delete.
      "
    `)
  })

  it('words the same as drift', () => {
    expect(print(bigPlan(), 'drift')).toMatchInlineSnapshot(`
      "Errors
        octoform.yaml:18:7: error: gpu is not on GitHub; to create it, visibility must be given

      Could not be read
        orgs/other: GET /orgs/{org}/actions/secrets: 403 Resource not accessible

      Refused by apply
        protect: a protected address would be deleted (orgs/acme/runner_groups/old)
            To go past it: octoform apply --allow protected

      Warnings
        octoform.yaml:13:7: warning: no repository is called lagacy (orgs/acme/secrets/NPM_TOKEN)

      Should have access
        ~ orgs/acme/runner_groups/open  visibility: is private, should be all (wider)  # octoform.yaml:20:7
            should give access to 2 repositories, 1 of them PUBLIC: site (PUBLIC), web
        ~ orgs/acme/secrets/NPM_TOKEN  repositories: lacks docs, site  should not have legacy  (2 as wanted) (wider)  # octoform.yaml:12:7
            should give access to 1 repository: docs

      Should have access through a pattern
        ~ orgs/acme/secrets/NPM_TOKEN  # see above
            should give access to 1 repository: site (PUBLIC)

      Would gain access as a consequence
        - orgs/acme/runner_groups/old  # absent in the YAML, octoform.yaml:22:7
            repositories: is []
            runners: is gpu-01
            visibility: is selected
            also: runner gpu-01 falls to the group Default, which every repository may use
            also: its network configuration is left

      Should be wider
        ~ orgs/acme/permissions  # octoform.yaml:5:7
            allowed_actions: is selected, should be all (wider)
            selected_actions.patterns_allowed: lacks acme/*  (1 as wanted) (wider)

      Values to write over
        ! orgs/acme/secrets/SONAR  value: env:SONAR, should be re-sent  # changed outside, octoform.yaml:14:7

      Should be taken away
        - orgs/acme/runner_groups/old  # see above
        ~ orgs/acme/secrets/NPM_TOKEN  # see above
            should give no access to 1 repository: legacy

      Other drift
        + repos/acme/web/secrets/DEPLOY_KEY  value: should be file:deploy.key  # not on GitHub, octoform.yaml:30:7
            note: written once

      Values that apply needs
        file:deploy.key (repos/acme/web/secrets/DEPLOY_KEY)

      Secrets not compared
        1 secret without a ledger entry: the value is unknown and left alone (orgs/acme/secrets/NPM_TOKEN)
            To write them once and know them from then on: --rotate GLOB
        1 secret: value not compared (orgs/acme/secrets/OTHER)
        Planned without a ledger key: a value that changed at its source is not noticed
            Pull requests are planned so even where OCTOFORM_LEDGER_KEY is set; to make one: openssl rand -base64 32

      Left alone, because the configuration does not mention it (--verbose names it)
        orgs/acme: 3 members

      Left out
        1 place left out by --owner acme --owner other --target 'orgs/**' (orgs/third)

      Applying takes 9 requests to api.github.com.
      Digest: d1ge57
      1 error, named at the top.
      Refused by apply without --allow protected: the reasons are at the top.
      Incomplete: 1 place could not be read, and nothing is planned there. apply refuses it without --allow incomplete.
      Drift: 1 to add, 4 to change, 1 to delete. 1 secret unknown.
      "
    `)
  })
})

describe('the parts of a text', () => {
  const PLAIN = { colour: 'plain' } as const
  const many = Array.from({ length: 300 }, (_, index) => {
    return buildChange(`orgs/acme/secrets/S${index}`, { v: 1 }, { v: index + 2 })
  })

  it('are made line by line, each time that they are gone through', () => {
    const view = viewPlan(buildPlan(many), 'plan')
    const parts = textParts(view, PLAIN, 'all names')
    const [changes] = parts.filter(({ folds }) => folds !== undefined)
    expect(changes?.folds).toBe('Changes (300 lines)')
    const lines = [...(changes?.lines ?? [])]
    expect(lines.filter((line) => !line.endsWith('\n'))).toEqual([])
    expect(lines).toHaveLength(302)
    expect([...(changes?.lines ?? [])]).toEqual(lines)
    expect(parts.flatMap((part) => [...part.lines]).join('')).toBe(renderText(view, PLAIN, 'all names'))
  })
})
