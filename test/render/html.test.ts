import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { html } from '../../src/render/html-escape.ts'
import { renderFailedHtml } from '../../src/render/html-failed.ts'
import { largePlan, smallPlan } from '../browser/plans.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { HOSTILE, hostilePlan, hostileTable, MARKUP } from '../support/hostile.ts'
import { HTML_FACTS, htmlOf } from '../support/html.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

/** The text between tags, as a reader without style and script has it. */
function textOf(page: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`', amp: '&' }
  return page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([a-z#0-9]+);/g, (_, name) => entities[name] ?? '?')
    .replace(/\s+/g, ' ')
}

describe('what is put into markup', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    ['"\'`&', '&quot;&#39;&#96;&amp;'],
    ['&lt;', '&amp;lt;'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\nb', 'a\\nb'],
    ['größer 🚀', 'größer 🚀'],
  ])('%j is written %s', (text, expected) => {
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(`<p title="${expected}">${expected}</p>`)
  })

  it('is markup where it was made so, alone or as a list', () => {
    expect(html`<ul>${['<', 'b'].map((text) => html`<li>${text}</li>`)}</ul>${html`<hr>`}${5}`.markup).toBe(
      '<ul><li>&lt;</li><li>b</li></ul><hr>5',
    )
  })
})

describe('the page of a plan', () => {
  const page = htmlOf(smallPlan())

  it('has the plan’s last line as its title, and says what it is a plan of', () => {
    expect(page).toContain('<title>Plan: 1 to add, 3 to change, 1 to delete.</title>')
    const text = textOf(page)
    for (const fact of [
      'Host api.github.com',
      'Configuration octoform.yaml acme/',
      'Commit 8f46f67c3a0d5e9b21c4d7f8a6b3e0c1d2f4a5b6',
      `Digest ${smallPlan().digest}`,
      'Applying takes 9 requests',
      'Run https://github.example.com/acme/admin/actions/runs/7423',
    ]) {
      expect(text).toContain(fact)
    }
  })

  it('allows its own style and script by their hashes, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const hashOf = (tag: string): string => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? []
      return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`
    }
    expect(policy.split('; ')).toEqual([
      'default-src &#39;none&#39;',
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      'base-uri &#39;none&#39;',
      'form-action &#39;none&#39;',
    ])
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.match(/<style/g)).toHaveLength(1)
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<title>'))
  })

  it('names what gains access first, then what is taken away, then the rest', () => {
    const sections = [...page.matchAll(/<(?:section|details) id="([a-z_]+)"/g)].map(([, name]) => name)
    expect(sections).toEqual([
      'refused',
      'gains',
      'gains_matched',
      'overwrites',
      'taken_away',
      'others',
      'access',
      'values_needed',
      'left_alone',
    ])
  })

  it('shows each field before and after, and points from later sections to the first', () => {
    expect(page).toMatch(
      /<th scope="row"><code>allowed_actions<\/code><\/th><td><del>all<\/del><\/td><td><ins>selected<\/ins><\/td>/,
    )
    const [, anchor = ''] = /<li class="change update" id="([^"]+)"/.exec(page) ?? []
    expect(page.match(new RegExp(`href="#${anchor}"`, 'g'))).toHaveLength(2)
  })

  it('tells drift in its own words', () => {
    const drift = textOf(htmlOf(smallPlan(), 'drift'))
    expect(drift).toContain('Drift: 1 to add, 3 to change, 1 to delete.')
    expect(drift).toContain('Field Is Should be')
    expect(drift).not.toContain('Before')
  })

  it('of nothing to do says so, with the digest all the same', () => {
    const text = textOf(htmlOf(buildPlan([])))
    expect(text).toContain('No changes.')
    expect(text).toContain('Digest d1ge57')
    expect(htmlOf(buildPlan([]))).not.toContain('id="filter"')
  })

  it.each([
    ['an older plan without it', undefined],
    ['a plan with no rows', { repositories: [{ name: 'acme/web', visibility: 'private' as const }], rows: [] }],
  ])('has no matrix where the plan does not tell who may use what: %s', (_, reach) => {
    const { reach: _told, ...older } = smallPlan()
    expect(htmlOf(reach ? { ...older, reach } : older)).not.toContain('Who may use what')
  })

  it('names every repository that gains, the first at a glance', () => {
    const names = Array.from({ length: 30 }, (_, index) => `service-${index}`)
    const access = { gains: buildAccess('named', ...names), loses: [] }
    const text = textOf(
      htmlOf(buildPlan([buildChange('orgs/acme/secrets/X', null, { visibility: 'all' }, { access })])),
    )
    expect(text).toContain('access for 30 repositories')
    expect(text).toContain('and 20 more')
    for (const name of names) expect(text).toContain(`${name} `)
  })

  const hrefsOf = (text: string): readonly string[] =>
    [...text.matchAll(/href="([^#][^"]*)"/g)].map(([, href = '']) => href)
  const WEB = 'https://github.example.com'

  it('leads to the commit, to lines of the YAML, to repositories and to the run', () => {
    const hrefs = hrefsOf(page)
    const files = `${WEB}/acme/admin/blob/8f46f67c3a0d5e9b21c4d7f8a6b3e0c1d2f4a5b6/acme/secrets.yaml`
    for (const href of [
      `${WEB}/acme/admin/commit/8f46f67c3a0d5e9b21c4d7f8a6b3e0c1d2f4a5b6`,
      `${WEB}/acme/admin/actions/runs/7423`,
      ...[4, 12, 31, 40, 58].map((line) => `${files}#L${line}`),
      ...['api', 'docs', 'legacy', 'ml-train', 'site', 'web'].map((name) => `${WEB}/acme/${name}`),
    ]) {
      expect(hrefs).toContain(href)
    }
    expect(page).toContain('<time datetime="2026-10-05T09:30:12.345Z">2026-10-05 09:30:12 UTC</time>')
  })

  it('leads from a message to its line', () => {
    const source = { file: 'orgs/a b.yaml', line: 7, col: 3 }
    const plan = buildPlan([], {
      diagnostics: [{ severity: 'warning', message: 'no repository is called lagacy', source }],
      held_back: [
        { address: 'orgs/acme/secrets/X', field: null, reason: 'it came to nothing', source, help: 'Name one.' },
      ],
    })
    expect(hrefsOf(htmlOf(plan)).filter((href) => href.endsWith('/orgs/a%20b.yaml#L7'))).toHaveLength(2)
  })

  it('names organizations where an enterprise lists them, and leads to them', () => {
    const access = {
      gains: buildAccess('named', 'acme', 'beta', 'gamma/tool:public'),
      loses: buildAccess('named', 'old'),
    }
    const plan = buildPlan(
      [
        buildChange(
          'enterprises/acme-inc/runner_groups/gpu',
          { v: 1 },
          { v: 2 },
          { access, reason: 'organizations differs' },
        ),
      ],
      {
        reach: {
          repositories: ['acme', 'beta', 'gamma/tool', 'old'].map((name) => ({ name, visibility: 'private' as const })),
          rows: [{ address: 'enterprises/acme-inc/runner_groups/gpu', before: '3', after: '0-2' }],
        },
      },
    )
    const enterprise = htmlOf(plan)
    const text = textOf(enterprise)
    expect(text).toContain('3 organizations and repositories gain access')
    expect(text).toContain('1 of them public')
    expect(text).toContain('1 organization loses access')
    expect(text).toContain('1 row, 4 organizations; access changes in 1 row')
    expect(text).toContain('Which organizations of enterprises/acme-inc may use what')
    for (const path of ['acme', 'beta', 'gamma/tool', 'old']) expect(hrefsOf(enterprise)).toContain(`${WEB}/${path}`)
    expect(enterprise).toContain('data-scopes="orgs/acme"')
    expect(enterprise).toContain('data-scopes="repos/gamma/tool"')
  })

  it('counts with units, in the contents and above each section', () => {
    const text = textOf(page)
    for (const words of [
      'Refused by apply 1 reason',
      'Gains access 2 changes',
      'Values that apply needs 1 value',
      'Left alone 1 entry',
      'Who may use what 6 rows',
      '3 repositories gain access',
      '6 repositories lose access',
    ]) {
      expect(text).toContain(words)
    }
  })

  it('has no link that leads nowhere: none without the facts of a run, none to another server’s repositories', () => {
    const none = { commitUrl: undefined, files: undefined, web: undefined, runUrl: undefined }
    expect(hrefsOf(htmlOf(smallPlan(), 'plan', { ...none, at: undefined }))).toEqual([])
    expect(htmlOf(smallPlan(), 'plan', { at: undefined })).not.toContain('<time')
    const elsewhere = hrefsOf(htmlOf({ ...smallPlan(), host: 'ghes.example.com' }))
    expect(elsewhere.filter((href) => !/\/acme\/admin\//.test(href))).toEqual([])
    expect(elsewhere.length).toBeGreaterThan(5)
  })

  it('makes no link of what is no place on the web', () => {
    for (const runUrl of ['javascript:alert(1)', 'data:text/html,x', ' https://x', '//x', 'file:///etc/passwd']) {
      const given = { runUrl, commitUrl: runUrl, files: runUrl, web: { url: runUrl, apiHost: 'api.github.com' } }
      expect(htmlOf(smallPlan(), 'plan', given)).not.toMatch(/href="[^#]/)
    }
  })

  it('of 5,000 changes is made in well under two seconds, and stays below 10 MB', () => {
    const plan = largePlan()
    const took = cpuTime()
    const large = htmlOf(plan)
    expect(took()).toBeLessThan(2000)
    expect(Buffer.byteLength(large)).toBeLessThan(10_000_000)
    for (const change of plan.changes.filter(({ action }) => action === 'delete')) {
      expect(large).toContain(`>${change.address}<`)
    }
  })
})

describe('hostile text', () => {
  it.each([...MARKUP, ...HOSTILE.map(([, text]) => text)])(
    'brings none to the page of a plan that failed: %j',
    (text) => {
      const failed = (each: string): string =>
        renderFailedHtml(
          'plan',
          {
            failure: 'could_not_run',
            reasons: [{ kind: 'error', from: 'files', message: each, source: { file: each, line: 1, col: 1 } }],
          },
          { ...HTML_FACTS, configuration: each, commit: each, commitUrl: each, runUrl: each, at: each },
          sha256,
        )
      const known = new Set([...tagsOf(failed('x')), ...tagsOf(failed('https://example.com/x'))])
      const page = failed(text)
      expect(tagsOf(page).filter((tag) => !known.has(tag))).toEqual([])
      for (const [, href = ''] of page.matchAll(/href="([^"]*)"/g))
        expect(href).toMatch(/^https:\/\/github\.example\.com\/acme\/admin\/blob\//)
    },
  )

  const pristine = htmlOf(hostilePlan('x'))
  const tagsOf = (page: string): readonly string[] =>
    [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))

  it.each([...MARKUP, ...HOSTILE.map(([, text]) => text)])('brings no tag and no attribute of its own: %j', (text) => {
    const page = htmlOf(hostilePlan(text))
    const known = new Set(tagsOf(pristine))
    expect(tagsOf(page).filter((tag) => !known.has(tag))).toEqual([])
  })

  it.each([...MARKUP, ...HOSTILE.map(([, text]) => text)])('brings none with a table that is drawn: %j', (text) => {
    const known = new Set(tagsOf(htmlOf(hostileTable('x'))))
    expect(tagsOf(htmlOf(hostileTable(text))).filter((tag) => !known.has(tag))).toEqual([])
  })
})
