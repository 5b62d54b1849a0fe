import { describe, expect, it } from 'vitest'
import { renderComment } from '../../src/render/comment.ts'
import { parseMarker } from '../../src/render/marker.ts'
import { splitMarkdown } from '../support/markdown-code.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'
import { basePlan, FACTS, largeReportPlan, longName, reportPlan } from '../support/report-plan.ts'

/** The part that a reader sees without unfolding anything. */
function aboveTheFold(markdown: string): string {
  return markdown.replaceAll(/<details>.*?<\/details>/gs, '')
}

describe('a comment', () => {
  it('tells what widens and what is deleted first, and folds the rest', () => {
    const facts = { ...FACTS, base: basePlan() }
    const governs = ['guards.max_deletions: 5 → 10']
    const no_longer_managed = [{ address: 'orgs/acme/permissions', fields: ['allowed_actions'] }]
    expect(renderComment({ ...reportPlan(), governs, no_longer_managed }, 'acme', facts)).toMatchInlineSnapshot(`
      "<!-- octoform {"v":1,"kind":"plan","host":"api.github.com","owner":"acme","configuration":"octoform.yaml","commit":"c0ffee","digest":"d1ge57"} -->

      **This changes the rules that guard the configuration itself, or what it reaches (\`files\`, \`guards\`, \`approvals\`, \`accept\`, \`ledger\`, \`prune\`, \`unmanaged\`, sets):**

      \`\`\`text
      guards.max_deletions: 5 → 10
      \`\`\`

      **This stops managing 1 address: \`orgs/acme/permissions: allowed_actions\`.** What GitHub has there stays as it is, and drift of it is not seen any more.

      ## octoform plan for \`acme\`

      **1 deletion. 1 change gives wider access, 1 of them to public repositories.**

      ### Gains access

      \`\`\`diff
      ! orgs/acme/secrets/NPM_TOKEN  repositories: + docs, site  - legacy  (1 unchanged) (wider)
              # repositories differs, octoform.yaml:3:7
          access for 1 repository: docs
      \`\`\`

      ### Gains access through a pattern

      \`\`\`diff
      ! orgs/acme/secrets/NPM_TOKEN  # see above
          access for 1 repository: site (public)
      \`\`\`

      ### Deletes

      \`\`\`diff
      - orgs/acme/runner_groups/old  visibility: selected  # absent in the YAML, octoform.yaml:5:7
          no more access for 1 repository: web
      \`\`\`

      ### Effective access: who gains

      - \`orgs/acme/secrets/NPM_TOKEN\`: newly accessible to 1 repository: \`docs\`

      ### Would come without this change

      - \`orgs/acme/secrets/NPM_TOKEN\`: newly accessible to 1 repository, which is public: \`site\`

      ### Effective access: who loses

      - \`orgs/acme/runner_groups/old\`: no longer accessible to 1 repository: \`web\`
      - \`orgs/acme/secrets/NPM_TOKEN\`: no longer accessible to 1 repository: \`legacy\`

      <details>
      <summary>Taken away (1)</summary>

      \`\`\`diff
      ! orgs/acme/secrets/NPM_TOKEN  # see above
          no more access for 1 repository: legacy
      \`\`\`

      </details>

      <details>
      <summary>Other changes (1)</summary>

      \`\`\`diff
      ! repos/acme/web/permissions  enabled: true → false  # octoform.yaml:9:7
      \`\`\`

      </details>

      <details>
      <summary>Warnings (1)</summary>

      \`\`\`text
      octoform.yaml:4:7: warning: no repository is called lagacy (orgs/acme/secrets/NPM_TOKEN)
      \`\`\`

      </details>

      <details>
      <summary>Values that apply needs (1)</summary>

      \`\`\`text
      env:NPM_TOKEN (orgs/acme/secrets/NPM_TOKEN)
      \`\`\`

      </details>

      <details>
      <summary>Left alone, because the configuration does not mention it (1)</summary>

      \`\`\`text
      orgs/acme/secrets: 3 members
      \`\`\`

      </details>

      Configuration \`octoform.yaml\` · commit \`c0ffee\` · digest \`d1ge57\` · [job summary](<https://github.com/acme/admin/actions/runs/7>)

      Plan: 0 to add, 2 to change, 1 to delete. 1 address no longer managed.
      "
    `)
  })

  it('is of one owner', () => {
    const text = renderComment(reportPlan(), 'other', FACTS)
    expect(text).toContain('- orgs/other/secrets/ELSEWHERE')
    expect(text).not.toContain('orgs/acme')
    expect(text.trimEnd().split('\n').at(-1)).toBe('Plan: 0 to add, 0 to change, 1 to delete.')
    expect(parseMarker(text.split('\n')[0] ?? '')).toMatchObject({ kind: 'plan', owner: 'other', digest: 'd1ge57' })
  })

  it('says so where nothing is deleted or widened', () => {
    const text = renderComment(buildPlan([]), 'acme', FACTS)
    expect(text).toContain('**Nothing is deleted, and nothing becomes wider.**')
    expect(text).toMatch(/\nNo changes\.\n$/)
  })

  it('says it only of what could be compared where that is not all', () => {
    const unseen = { severity: 'warning', message: 'm', address: 'orgs/acme', held_back: true } as const
    for (const rest of [{ diagnostics: [unseen] }, { complete: false }]) {
      const text = renderComment(buildPlan([], rest), 'acme', FACTS)
      expect(text).toContain('**Of what could be compared nothing is deleted, and nothing becomes wider.**')
      expect(text).not.toContain('No changes.')
    }
  })

  it('tells without a base what gains, and nothing apart', () => {
    const text = renderComment(reportPlan(), 'acme', FACTS)
    expect(text).toContain(
      '`orgs/acme/secrets/NPM_TOKEN`: newly accessible to 2 repositories, 1 of them public: `site`, `docs`',
    )
    expect(text).not.toContain('Would come without this change')
  })

  it('tells what the base would take away and this change leaves', () => {
    const access = { gains: [], loses: buildAccess('named', 'intruder') }
    const base = buildPlan([buildChange('orgs/acme/secrets/X', { v: 1 }, { v: 2 }, { access })])
    expect(renderComment(buildPlan([]), 'acme', { ...FACTS, base })).toContain(
      '- `orgs/acme/secrets/X`: stays accessible, though the base takes it away, to 1 repository: `intruder`',
    )
  })

  it('folds what many repositories gain of their own', () => {
    const changes = Array.from({ length: 40 }, (_, index) => {
      const gains = buildAccess('matched', `web-${index}${index === 3 ? ':public' : ''}`)
      return buildChange(
        `repos/acme/web-${index}/permissions`,
        { e: false },
        { e: true },
        { access: { gains, loses: [] } },
      )
    })
    const text = renderComment(buildPlan(changes), 'acme', FACTS)
    expect(text).toMatch(
      /- `40 repositories: permissions`: newly accessible to 40 repositories, 1 of them public: `web-3`, /,
    )
  })
})

describe('a comment that is too long', () => {
  it('names every one of 500 deletions and 300 widenings among 5,000 changes', () => {
    const text = renderComment(
      largeReportPlan((index) => `service-${index}`),
      'acme',
      FACTS,
    )
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    const seen = aboveTheFold(text)
    for (let index = 0; index < 500; index += 1)
      expect(seen).toContain(`repos/acme/service-${index}/secrets/DEPLOY_${index}\n`)
    for (let index = 0; index < 300; index += 1) expect(seen).toMatch(new RegExp(`\\bWIDE_${index}\\b`))
    expect(text).toContain('**500 deletions. 300 changes give wider access.**')
    expect(text).toMatch(
      /\nLeft out for length: .*the names of (?:\d+ of )?4200 other changes.*what is left alone.*\[job summary\]\(/,
    )
    expect(text).toMatch(/\nPlan: 0 to add, 4500 to change, 500 to delete\.\n$/)
  })

  it('counts at once the addresses whose repositories it has no room to name', () => {
    const repository = (index: number) => `repository-of-a-team-${index}-${'x'.repeat(60)}`
    const changes = Array.from({ length: 1500 }, (_, index) => {
      const gains = buildAccess('named', `${repository(index)}${index < 5 ? ':public' : ''}`)
      const loses = buildAccess('named', repository(index + 1))
      const rest = { access: { gains, loses }, widens: ['repositories'] }
      const [before, after] = [{ repositories: [repository(index + 1)] }, { repositories: [repository(index)] }]
      return buildChange(`orgs/acme/secrets/KEY_${index}`, before, after, rest)
    })
    const text = renderComment(buildPlan(changes), 'acme', FACTS)
    const gains = /### Effective access: who gains\n\n((?:- .*\n)+)/.exec(text)?.[1]
    expect(gains).toBe(
      '- `5 members of orgs/acme/secrets`: each newly accessible to 1 repository, which is public\n' +
        '- `1495 members of orgs/acme/secrets`: each newly accessible to 1 repository\n',
    )
    expect(text).toContain('Left out for length: ')
    expect(text).not.toMatch(/\b0 other changes/)
  })

  it('tells once what deletions of long names share', () => {
    const plan = largeReportPlan(longName)
    const changes = plan.changes
      .filter(({ action }) => action === 'delete')
      .map((change) => ({ ...change, address: change.address.replace(/DEPLOY_\d+/, 'DEPLOY') }))
    const text = renderComment({ ...plan, changes }, 'acme', FACTS)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    for (let index = 0; index < 500; index += 1) expect(text).toMatch(new RegExp(`${longName(index)}(?:,|\\n)`))
    expect(text).not.toContain('Not all that gains access')
  })

  it('says before all else that not every deletion is named', () => {
    const text = renderComment(largeReportPlan(longName), 'acme', FACTS)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    const [marker = '', , notice = ''] = text.split('\n')
    expect(parseMarker(marker)).toBeDefined()
    expect(notice).toMatch(/^\*\*Not all .* Left out: .*the names of (\d+) of 500 deletions.*\*\* .*\[job summary\]\(/)
    const named = text.match(/^- repos\/acme\/r\d+-.*\/secrets\/DEPLOY_\d+$/gm)?.length ?? 0
    const left = Number(/the names of (\d+) of 500 deletions/.exec(notice)?.[1])
    expect(named + left).toBe(500)
    expect(named).toBeGreaterThan(300)
    for (let index = 0; index < 300; index += 1) expect(text).toMatch(new RegExp(`\\bWIDE_${index}\\b`))
  })

  it('gives up the least important first', () => {
    const fields = (text: string) => Object.fromEntries([...'abcdefgh'].map((key) => [key, text.repeat(40)]))
    const changes = Array.from({ length: 10 }, (_, index) => {
      const rest = { reason: `reason ${index}` }
      return [
        buildChange(`orgs/acme/secrets/GONE_${index}`, fields(`g${index}`), null, rest),
        buildChange(`orgs/acme/secrets/WIDE_${index}`, fields('w'), fields(`x${index}`), { ...rest, widens: ['a'] }),
        buildChange(`orgs/acme/secrets/ELSE_${index}`, fields('w'), fields(`x${index}`), rest),
      ]
    }).flat()
    const rest = { unknown: ['orgs/acme/secrets/UNKNOWN'], not_compared: [], keyed: true }
    const plan = buildPlan(changes, {
      diagnostics: [{ severity: 'warning', message: 'careful '.repeat(20) }],
      left_alone: [{ section: 'orgs/acme/secrets', members: 3, fields: 0 }],
      secrets: rest,
    })
    const order = [
      'what is left alone',
      'which values apply needs',
      'the fields of 10 other changes',
      'warnings',
      'the names of 10 other changes',
      'the fields of each widening',
      'the fields of each deletion',
    ]
    const seen = new Set<string>()
    for (let limit = 60_000; limit > 1_900; limit -= 150) {
      const text = renderComment(plan, 'acme', FACTS, limit)
      for (const lacks of order) if (text.includes(lacks)) seen.add(lacks)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
      for (const name of ['GONE', 'WIDE']) expect(text.match(new RegExp(`${name}_\\d`, 'g'))).toHaveLength(10)
    }
    expect([...seen]).toEqual(order)
  })

  it.each([3_000, 10_000, 30_000])('fits into %i bytes', (limit) => {
    const errors = Array.from({ length: 200 }, (_, index) => ({
      severity: 'error' as const,
      message: `${index} `.repeat(200),
    }))
    const governs = errors.map(({ message }) => message)
    const plan = { ...largeReportPlan(longName), diagnostics: errors, governs }
    const text = renderComment(plan, 'acme', FACTS, limit)
    // Changes of the governing rules are shown in any case, the first ten differences at 400 characters each.
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(Math.max(limit, 7_000))
    expect(() => splitMarkdown(text)).not.toThrow()
  })
})

describe('a comment that others may read', () => {
  const text = renderComment(
    { ...reportPlan(), governs: ['orgs/acme/x'], no_longer_managed: [{ address: 'orgs/acme/secrets/NPM_TOKEN' }] },
    'acme',
    { ...FACTS, base: basePlan(), audience: 'counts' },
  )

  it('counts what it may not name', () => {
    expect(text).toContain('organization secrets: 1 to change; access for 1 repository')
    expect(text).toContain('organization runner_groups: 1 to delete')
    expect(text).toContain('`ledger`, `prune`, `unmanaged`, sets):** 1 difference.')
    expect(text).toContain('**This stops managing 1 address.**')
    expect(text).toContain('**1 deletion. 1 change gives wider access, 1 of them to public repositories.**')
  })

  it('names public repositories only', () => {
    expect(text).toContain('`organization secrets`: newly accessible to 1 repository, which is public: `site`')
    expect(text).not.toMatch(/NPM_TOKEN|docs|legacy|lagacy|\bweb\b|\bold\b|orgs\/acme|repos\/acme|octoform\.yaml:\d/)
  })
})
