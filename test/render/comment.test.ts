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

/** The rows of its table. */
function rowsOf(markdown: string): readonly string[] {
  return [...aboveTheFold(markdown).matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row).slice(1)
}

describe('a comment', () => {
  it('tells what widens and what is deleted first, and folds the rest', () => {
    const facts = { ...FACTS, base: basePlan() }
    const governs = ['guards.max_deletions: 5 → 10']
    const no_longer_managed = [{ address: 'orgs/acme/permissions', fields: ['allowed_actions'] }]
    expect(renderComment({ ...reportPlan(), governs, no_longer_managed }, 'acme', facts)).toMatchInlineSnapshot(`
      "<!-- octoform {"v":1,"kind":"plan","host":"api.github.com","owner":"acme","configuration":"octoform.yaml","commit":"c0ffee","digest":"d1ge57"} -->

      ### octoform plan · \`acme\` — 0 to add, 2 to change, 1 to delete · 1 address no longer managed

      > [!CAUTION]
      > - **Changes the rules that guard the configuration itself, or what it reaches:** \`guards.max_deletions: 5 → 10\`
      > - **Opens to 1 public repository**, by 1 change: **\`site\`**
      > - **Stops managing 1 address**: \`orgs/acme/permissions: allowed_actions\`. What GitHub has there stays as it is, and drift of it is not seen any more

      | Change | Effect |
      |---|---|
      | 🔴 **opens to public**: secret \`NPM_TOKEN\` \`octoform.yaml:3\` | newly usable by 2 repositories, 1 public, 1 through a pattern, 1 also without this change: **\`site\`**, \`docs\`; no longer by 1 repository: \`legacy\` |
      | ⚫ **deleted**: runner group \`old\` \`octoform.yaml:5\` | no longer by 1 repository: \`web\` |
      | ⚪ **changed**: permissions of \`web\` \`octoform.yaml:9\` | \`enabled: true → false\` |

      <details>
      <summary>Every change, field by field (3 changes)</summary>

      ### Opens, or widens (1)

      \`\`\`diff
      @@ orgs/acme/secrets/NPM_TOKEN @@ octoform.yaml:3:7, repositories differs
      - repositories: legacy
      + repositories: docs, site (wider)
        repositories: 1 unchanged
      \`\`\`

      ### Deletes (1)

      \`\`\`diff
      @@ orgs/acme/runner_groups/old @@ octoform.yaml:5:7, absent in the YAML
      - visibility: selected
      \`\`\`

      ### Other changes (1)

      \`\`\`diff
      @@ repos/acme/web/permissions @@ octoform.yaml:9:7
      - enabled: true
      + enabled: false
      \`\`\`

      </details>

      <details>
      <summary>All names: who gains, and who loses</summary>

      ### Effective access: who gains

      - \`orgs/acme/secrets/NPM_TOKEN\`: newly accessible to 1 repository: \`docs\`

      ### Would come without this change

      - \`orgs/acme/secrets/NPM_TOKEN\`: newly accessible to 1 repository, which is public: \`site\`

      ### Effective access: who loses

      - \`orgs/acme/runner_groups/old\`: no longer accessible to 1 repository: \`web\`
      - \`orgs/acme/secrets/NPM_TOKEN\`: no longer accessible to 1 repository: \`legacy\`

      </details>

      <details>
      <summary>Warnings, values needed, left alone</summary>

      ### Warnings (1)

      \`\`\`text
      octoform.yaml:4:7: warning: no repository is called lagacy (orgs/acme/secrets/NPM_TOKEN)
      \`\`\`

      ### Values that apply needs (1)

      \`\`\`text
      env:NPM_TOKEN (orgs/acme/secrets/NPM_TOKEN)
      \`\`\`

      ### Left alone, because the configuration does not mention it (1)

      \`\`\`text
      orgs/acme/secrets: 3 members
      \`\`\`

      </details>

      \`octoform.yaml\` · \`c0ffee\` · digest \`d1ge57\` · [summary](<https://github.com/acme/admin/actions/runs/7>)
      "
    `)
  })

  it('is of one owner', () => {
    const text = renderComment(reportPlan(), 'other', FACTS)
    expect(text).toContain('⚫ **deleted**: secret `ELSEWHERE`')
    expect(text).toContain('@@ orgs/other/secrets/ELSEWHERE @@')
    expect(text).not.toContain('orgs/acme')
    expect(text.split('\n')[2]).toBe('### octoform plan · `other` — 0 to add, 0 to change, 1 to delete')
    expect(parseMarker(text.split('\n')[0] ?? '')).toMatchObject({ kind: 'plan', owner: 'other', digest: 'd1ge57' })
  })

  it('is one line without changes, where all was read and there is nothing to say', () => {
    const left_alone = [{ section: 'orgs/acme/secrets', members: 3, fields: 0 }]
    const [marker = '', blank, line = '', ...rest] = renderComment(buildPlan([], { left_alone }), 'acme', FACTS).split(
      '\n',
    )
    expect(parseMarker(marker)).toMatchObject({ digest: 'd1ge57' })
    expect([blank, ...rest]).toEqual(['', ''])
    expect(line).toBe(
      '**octoform plan · `acme` — no changes** · `octoform.yaml` · `c0ffee` · digest `d1ge57` · [summary](<https://github.com/acme/admin/actions/runs/7>)',
    )
  })

  it('says so only where all could be compared', () => {
    const unseen = { severity: 'warning', message: 'm', address: 'orgs/acme', held_back: true } as const
    for (const rest of [{ diagnostics: [unseen] }, { complete: false }]) {
      const text = renderComment(buildPlan([], rest), 'acme', FACTS)
      expect(text).toMatch(/^### octoform plan · `acme` — (?:0 to add|nothing to change in what could be read)/m)
      expect(text).not.toMatch(/no changes/i)
    }
  })

  it('says in its first line what the last line of the log says', () => {
    const held = { address: 'orgs/acme/x', field: null, reason: 'r', source: null, help: 'h' }
    const lost = [{ address: 'orgs/acme/y' }]
    const of = (rest: object) => renderComment(buildPlan([], rest), 'acme', FACTS).split('\n')[2]
    expect(of({ held_back: [held], no_longer_managed: lost })).toBe(
      '### octoform plan · `acme` — 0 to add, 0 to change, 0 to delete · 1 held back · 1 address no longer managed',
    )
    const not_read = [{ scope: 'orgs/acme/secrets', reason: '403' }]
    expect(of({ complete: false, not_read })).toBe(
      '### octoform plan · `acme` — nothing to change in what could be read; 1 scope could not be',
    )
  })

  it('has a row for each change, the worst first, each with a mark and words', () => {
    const to = (...names: string[]) => ({ access: { gains: buildAccess('named', ...names), loses: [] } })
    const [put, hidden] = [{ value: 'put' as const }, { access: { gains: [], loses: buildAccess('named', 'web') } }]
    const plan = buildPlan([
      buildChange('orgs/acme/permissions', { a: 1 }, { a: 2 }),
      buildChange('orgs/acme/secrets/NEW', null, { value: 'env:NEW' }, put),
      buildChange('orgs/acme/secrets/LOSES', { v: 1 }, { v: 2 }, hidden),
      buildChange('orgs/acme/secrets/GONE', { v: 1 }, null),
      buildChange('orgs/acme/secrets/OVER', { value: 'env:A' }, { value: 'env:B' }, put),
      buildChange('orgs/acme/workflow_permissions', { w: 'read' }, { w: 'write' }, { widens: ['w'] }),
      buildChange('orgs/acme/secrets/OPENS', { v: 1 }, { v: 2 }, { widens: ['v'], ...to('web') }),
      buildChange('repos/acme/web/secrets/PUBLIC', null, { v: 2 }, to('web:public')),
    ])
    expect(rowsOf(renderComment(plan, 'acme', FACTS))).toEqual([
      '🔴 **opens to public**, new: secret `PUBLIC` of `web` | newly usable by 1 repository, public: **`web`**',
      '🟠 **opens**: secret `OPENS` | newly usable by 1 repository: `web`',
      '🟠 **policy widens**: workflow permissions | `w: read → write`',
      '🟡 **value written over**: secret `OVER` | `value: env:A → env:B`',
      '⚫ **deleted**: secret `GONE` | ',
      '🔵 **loses access**: secret `LOSES` | no longer by 1 repository: `web`',
      '🟢 **new**: secret `NEW` | `value: env:NEW`',
      '⚪ **changed**: permissions | `a: 1 → 2`',
    ])
  })

  it('leads from a row to its line in the commit, and says the line where that is not known', () => {
    const source = { file: 'orgs/a b|c.yaml', line: 7, col: 3 }
    const plan = buildPlan([1, 2, 3].map((key) => buildChange(`orgs/acme/secrets/K${key}`, null, { v: 1 }, { source })))
    const files = 'https://github.com/acme/admin/blob/c0ffee'
    const row = (facts: object) => rowsOf(renderComment(plan, 'acme', { ...FACTS, ...facts }))[0]
    expect(row({ files })).toContain(
      '3 secrets: `K1`, `K2`, `K3` [L7](<https://github.com/acme/admin/blob/c0ffee/orgs/a%20b%7Cc.yaml#L7>)',
    )
    expect(row({})).toContain('`K3` `orgs/a b\\|c.yaml:7` |')
  })

  it('gathers what is more than a reader takes in, the least severe first, and leaves the worst one by one', () => {
    const change = (kind: string, index: number, rest: object) =>
      buildChange(`orgs/acme/${kind}/N${index}`, null, { v: index }, rest)
    const opens = (index: number) => ({ access: { gains: buildAccess('named', `site-${index}:public`), loses: [] } })
    const plan = buildPlan([
      ...Array.from({ length: 12 }, (_, index) => change('secrets', index, opens(index))),
      ...Array.from({ length: 9 }, (_, index) => change('variables', index, {})),
      ...Array.from({ length: 2 }, (_, index) => change('runner_groups', index, {})),
    ])
    const rows = rowsOf(renderComment(plan, 'acme', FACTS))
    expect(rows).toHaveLength(13)
    expect(rows[0]).toBe(
      '🔴 **opens to public**, new: secret `N0` | newly usable by 1 repository, public: **`site-0`**',
    )
    expect(rows[12]).toBe('🟢 **new**: 11 | 2 runner groups, 9 variables')
  })

  it('tells without a base what gains, and nothing apart', () => {
    const text = renderComment(reportPlan(), 'acme', FACTS)
    expect(text).toContain(
      '`orgs/acme/secrets/NPM_TOKEN`: newly accessible to 2 repositories, 1 of them public: `site`, `docs`',
    )
    expect(rowsOf(text)[0]).toContain(
      'newly usable by 2 repositories, 1 public, 1 through a pattern: **`site`**, `docs`;',
    )
    expect(text).not.toContain('Would come without this change')
  })

  it('tells what the base would take away and this change leaves', () => {
    const access = { gains: [], loses: buildAccess('named', 'intruder') }
    const base = buildPlan([buildChange('orgs/acme/secrets/X', { v: 1 }, { v: 2 }, { access })])
    const text = renderComment(buildPlan([]), 'acme', { ...FACTS, base })
    expect(text).toContain(
      '- `orgs/acme/secrets/X`: stays accessible, though the base takes it away, to 1 repository: `intruder`',
    )
    expect(rowsOf(text)).toEqual([
      '🟠 **opens**: secret `X` | stays usable, though the base takes it away, by 1 repository: `intruder`',
    ])
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
    expect(rowsOf(text)).toEqual([
      expect.stringMatching(/^🟠 \*\*opens\*\*: 300 secrets: .*, 295 more \| newly usable by 6000 repositories$/),
      expect.stringMatching(
        /^⚫ \*\*deleted\*\*: 500 secrets of 500 repositories: `DEPLOY_0` of `service-0`, .*, 495 more/,
      ),
      expect.stringMatching(/^⚪ \*\*changed\*\*: permissions of 4200 repositories: /),
    ])
    for (let index = 0; index < 500; index += 1)
      expect(text).toContain(`repos/acme/service-${index}/secrets/DEPLOY_${index}\n`)
    for (let index = 0; index < 300; index += 1) expect(text).toMatch(new RegExp(`\\bWIDE_${index}\\b`))
    expect(text).toMatch(
      /\nLeft out for length: .*the names of (?:\d+ of )?4200 other changes.*what is left alone.*\[job summary\]\(/,
    )
    expect(text).toMatch(/^### octoform plan · `acme` — 0 to add, 4500 to change, 500 to delete$/m)
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
    const [marker = '', , , , notice = ''] = text.split('\n')
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
    for (let limit = 60_000; limit > 1_900; limit -= 300) {
      const text = renderComment(plan, 'acme', FACTS, limit)
      for (const lacks of order) if (text.includes(lacks)) seen.add(lacks)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
      for (const name of ['GONE', 'WIDE']) {
        expect(new Set(text.match(new RegExp(`${name}_\\d`, 'g'))).size).toBe(10)
      }
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
    expect(rowsOf(text)).toEqual([
      '🔴 **opens to public**: 1 change of `organization secrets` | newly usable by 2 repositories, 1 public, 1 through a pattern, 1 also without this change: **`site`**; no longer by 1 repository',
      '⚫ **deleted**: 1 change of `organization runner_groups` | no longer by 1 repository',
      '⚪ **changed**: 1 change of `repository permissions` | ',
    ])
    expect(text).toContain('or what it reaches:** 1 difference')
    expect(text).toContain('**Stops managing 1 address**.')
    expect(text).toContain('**Opens to 1 public repository**, by 1 change: **`site`**')
  })

  it('names public repositories only', () => {
    expect(text).toContain('`organization secrets`: newly accessible to 1 repository, which is public: `site`')
    expect(text).not.toMatch(/NPM_TOKEN|docs|legacy|lagacy|\bweb\b|\bold\b|orgs\/acme|repos\/acme|octoform\.yaml:\d/)
  })
})
