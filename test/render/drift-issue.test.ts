import { describe, expect, it } from 'vitest'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { parseMarker } from '../../src/render/marker.ts'
import { renderUnreadIssue } from '../../src/render/unread-issue.ts'
import { buildPlan } from '../support/plan-builder.ts'
import { FACTS, largeReportPlan, longName, reportPlan } from '../support/report-plan.ts'

describe('the issue about drift', () => {
  const { title, body } = renderDriftIssue(reportPlan(), 'acme', FACTS)

  it('tells who has access first, then what should not be there, and how to solve it', () => {
    expect(title).toBe('octoform: drift in acme')
    expect(body).toMatchInlineSnapshot(`
      "<!-- octoform {"v":1,"kind":"drift","host":"api.github.com","owner":"acme","configuration":"octoform.yaml","commit":"c0ffee","digest":"d1ge57"} -->

      GitHub differs from what the configuration says of \`acme\`.

      ### Has access that the configuration does not give

      - \`orgs/acme/runner_groups/old\`: accessible, beside the configuration, to 1 repository: \`web\`
      - \`orgs/acme/secrets/NPM_TOKEN\`: accessible, beside the configuration, to 1 repository: \`legacy\`

      ### Is there, and should not be

      \`\`\`diff
      - orgs/acme/runner_groups/old  visibility: is selected  # absent in the YAML, octoform.yaml:5:7
      \`\`\`

      ### Lacks access that the configuration gives

      - \`orgs/acme/secrets/NPM_TOKEN\`: not accessible, against the configuration, to 2 repositories, 1 of them public: \`site\`, \`docs\`

      <details>
      <summary>Differs (2)</summary>

      \`\`\`diff
      ! orgs/acme/secrets/NPM_TOKEN  repositories: lacks docs, site  should not have legacy  (1 as wanted) (wider)
              # octoform.yaml:3:7
      ! repos/acme/web/permissions  enabled: is true, should be false  # octoform.yaml:9:7
      \`\`\`

      </details>

      ### What to do

      - To have GitHub as the configuration says: open a pull request, of an empty commit if need be, so that its plan is reviewed and applied; or run \`octoform apply\` by hand.
      - To keep what was changed: \`octoform drift --accept\` prints the change of the YAML; open a pull request with it.

      This issue closes by itself once nothing differs.

      Configuration \`octoform.yaml\` · commit \`c0ffee\` · digest \`d1ge57\` · [job summary](<https://github.com/acme/admin/actions/runs/7>)

      Drift: 0 to add, 2 to change, 1 to delete.
      "
    `)
  })

  it('carries a marker of its own kind', () => {
    expect(parseMarker(body.split('\n')[0] ?? '')).toMatchObject({ kind: 'drift', owner: 'acme', digest: 'd1ge57' })
  })

  it('counts what may not be named', () => {
    const counted = renderDriftIssue(reportPlan(), 'acme', { ...FACTS, audience: 'counts' }).body
    expect(counted).not.toMatch(/NPM_TOKEN|docs|legacy|lagacy|\bold\b|orgs\/|repos\//)
    expect(counted).toContain('`organization secrets`: accessible, beside the configuration, to 1 repository\n')
  })

  it('names everything that should not be there of 5,000 differences', () => {
    const large = renderDriftIssue(
      largeReportPlan((index) => `service-${index}`),
      'acme',
      FACTS,
    ).body
    expect(Buffer.byteLength(large)).toBeLessThanOrEqual(60_000)
    for (let index = 0; index < 500; index += 1) expect(large).toContain(`/service-${index}/secrets/DEPLOY_${index} `)
    expect(large).toContain('Left out for length:')
  })

  it('says first what does not fit', () => {
    const large = renderDriftIssue(largeReportPlan(longName), 'acme', FACTS).body
    expect(Buffer.byteLength(large)).toBeLessThanOrEqual(60_000)
    expect(large.split('\n')[2]).toMatch(/the names of \d+ of 500 things that should not be there/)
  })
})

describe('the issue about what could not be read', () => {
  const unread = {
    host: 'api.github.com',
    diagnostics: [
      { severity: 'error' as const, message: 'gpu must have a visibility', address: 'orgs/acme/runner_groups/gpu' },
      { severity: 'error' as const, message: 'theirs', address: 'orgs/other/secrets/X' },
      { severity: 'warning' as const, message: 'merely a warning' },
    ],
    not_read: [
      { scope: 'orgs/acme', reason: '403 Resource not accessible' },
      { scope: 'orgs/other', reason: 'theirs too' },
    ],
  }

  it('tells why, and nothing of drift', () => {
    const { title, body } = renderUnreadIssue(unread, 'acme', FACTS)
    expect(title).toBe('octoform: acme could not be compared')
    expect(parseMarker(body.split('\n')[0] ?? '')).toEqual({
      kind: 'unread',
      host: 'api.github.com',
      owner: 'acme',
      configuration: 'octoform.yaml',
      commit: 'c0ffee',
    })
    expect(body).toContain('gpu must have a visibility')
    expect(body).toContain('orgs/acme: 403 Resource not accessible')
    expect(body).not.toMatch(/theirs|merely|Drift:|No drift/)
  })

  it('takes a plan as it is', () => {
    expect(renderUnreadIssue(buildPlan([], unread), 'acme', FACTS)).toEqual(renderUnreadIssue(unread, 'acme', FACTS))
  })

  it('counts what may not be named', () => {
    const { body } = renderUnreadIssue(unread, 'acme', { ...FACTS, audience: 'counts' })
    expect(body).not.toMatch(/gpu|403|orgs\//)
    expect(body.match(/1 problem/g)).toHaveLength(1)
    expect(body).toContain('organization: 1 place\n')
  })

  it('keeps its length', () => {
    const not_read = Array.from({ length: 3000 }, (_, index) => ({
      scope: `repos/acme/r${index}`,
      reason: `${index} `.repeat(30),
    }))
    expect(Buffer.byteLength(renderUnreadIssue({ ...unread, not_read }, 'acme', FACTS).body)).toBeLessThanOrEqual(
      60_000,
    )
  })
})
