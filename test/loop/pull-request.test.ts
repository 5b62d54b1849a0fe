import { describe, expect, it } from 'vitest'
import { PLAN_JOB, YAML } from '../action/world.ts'
import { HEAD, pullRequest, REPOSITORY } from '../support/github-actions.ts'
import { loop, PRODUCTS } from './loop.ts'

describe.each(PRODUCTS)('in the pull request, on %s', (product) => {
  it('a plan that fails after one that did not takes its place, in comment, check run and summary', async () => {
    const made = await loop(product)
    expect(await made.plan()).toMatchObject({ code: 0 })
    expect(made.checks()).toEqual(['octoform plan: success DIGEST'])
    await made.runner.write('octoform.yaml', YAML.replace('visibility: private', 'visiblity: private'))
    const ran = await made.plan()
    expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'invalid_configuration' } })
    const [comment = '', ...others] = made.comments()
    expect(others).toEqual([])
    for (const text of [comment, ran.summary]) {
      expect(text).toContain(`**The plan of ${HEAD} failed: the configuration has 1 error.**`)
      expect(text).toContain('octoform.yaml:6:')
      expect(text).not.toContain('orgs/acme/secrets/OLD')
    }
    expect(made.checks()).toEqual(['octoform plan: failure '])
    // Merged unreviewed.
    await made.merge()
    await made.runner.write('octoform.yaml', YAML)
    expect(await made.apply()).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
    expect(made.comments()[1]).toContain('says failure: that plan does not hold.')
  })

  it("a fork's is checked offline: the summary says so, and nothing is written", async () => {
    const made = await loop(product)
    const payload = { action: 'opened', number: 7, pull_request: pullRequest('mallory/admin'), ...REPOSITORY }
    const event = { event: 'pull_request', payload, env: { GITHUB_REF: 'refs/pull/7/merge' } }
    const ran = await made.runner.run({ event, with: { command: 'plan', comment: 'true' }, env: PLAN_JOB })
    expect(ran.code, ran.stderr).toBe(0)
    expect(ran.summary).toMatch(/fork|mallory\/admin|not this repository's own/)
    expect({ comments: made.comments(), checks: made.checks(), asked: made.sandbox.asked }).toEqual({
      comments: [],
      checks: [],
      asked: [],
    })
  })

  it('one that takes half of a file out says what it stops managing', async () => {
    const made = await loop(product)
    await made.runner.write('base/octoform.yaml', YAML)
    await made.runner.write('octoform.yaml', YAML.replace(/ {6}(NEW|OLD): .*\n/g, ''))
    const ran = await made.plan({ args: '--base base' })
    expect(ran).toMatchObject({ code: 0 })
    const [comment = ''] = made.comments()
    for (const text of [comment, ran.summary]) {
      expect(text).toMatch(/2 addresses/)
      expect(text).toContain('orgs/acme/secrets/NEW')
      expect(text).toContain('orgs/acme/secrets/OLD')
    }
    expect(ran.summary).toMatch(/2 addresses no longer managed\.\n$/m)
    expect(comment).toMatch(/^### octoform plan · `acme` — .* · 2 addresses no longer managed$/m)
    expect(made.checks()).toEqual(['octoform plan: success DIGEST'])
    await made.merge()
    expect(await made.apply()).toMatchObject({ code: 0 })
    expect(made.comments()[1]).toContain('**Applied: 0 added, 1 changed, 0 deleted.**')
  })

  it('one without changes has no comment of its own where changes alone are told, and each has its label', async () => {
    const bare = 'version: 1\norganizations: { acme: {} }\n'
    const made = await loop(product, undefined, bare)
    const plan = async (yaml: string) => {
      await made.runner.write('octoform.yaml', yaml)
      const { code } = await made.plan({ comment: 'changes', label: 'true' })
      const { body } = await made.sandbox.call('GET', '/repos/acme/admin/issues/7/labels')
      return { code, labels: (body as readonly { readonly name: string }[]).map(({ name }) => name) }
    }
    expect(await plan(bare)).toEqual({ code: 0, labels: ['octoform/none'] })
    expect(made.comments()).toEqual([])
    expect(made.checks()).toEqual(['octoform plan: success DIGEST'])
    expect(await plan(YAML)).toEqual({ code: 0, labels: ['octoform/opens'] })
    expect(made.comments()).toEqual([expect.stringContaining('### octoform plan · `acme` — 1 to add')])
    expect(await plan('version: [1')).toEqual({ code: 1, labels: [] })
    expect(made.comments()).toEqual([expect.stringContaining('— failed')])
    expect(await plan(bare)).toEqual({ code: 0, labels: ['octoform/none'] })
    expect(made.comments()).toEqual([expect.stringContaining('octoform plan · `acme` — no changes')])
  })
})
