import { describe, expect, it } from 'vitest'
import { ACME, acmeIn, SEED, YAML } from '../action/world.ts'
import { atNight } from '../support/by-night.ts'
import { type Loop, loop, PRODUCTS } from './loop.ts'

const NEW = 'orgs/acme/secrets/NEW'
const SHARED = 'orgs/acme/secrets/SHARED'
const ORIGIN =
  'Configuration `octoform.yaml` · commit `cccccccccccccccccccccccccccccccccccccccc` · digest `DIGEST` · ' +
  '[job summary](<https://github.example.com/acme/admin/actions/runs/4711/attempts/1>)'

/** The comments of the plan and of the apply; the first is not written again after the merge. */
async function merged(product: string, more: { readonly yaml?: string; readonly seed?: object } = {}): Promise<Loop> {
  const made = await loop(product, more.seed, more.yaml)
  await made.plan()
  await made.merge()
  return made
}

describe.each(PRODUCTS)('after the merge, on %s', (product) => {
  /** By day the second product runs only the reports of every apply, and of one that fails. */
  const told = product === PRODUCTS[0] ? (declare: () => void) => declare() : atNight

  it('one comment tells what was applied, and is edited when the jobs run again', async () => {
    const made = await merged(product)
    const ran = await made.apply()
    expect(ran).toMatchObject({ code: 0, outputs: { failure_reason: '' } })
    const done = ['```diff', `+ ${NEW}  applied`, '- orgs/acme/secrets/OLD  applied', `! ${SHARED}  applied`, '```']
    const outcome = ['<details>', '<summary>Applied (3)</summary>', '', ...done, '', '</details>'].join('\n')
    const told = `## octoform apply\n\n**Applied: 1 added, 1 changed, 1 deleted.**\n\n${outcome}\n\n`
    expect(made.comments()).toEqual([expect.stringContaining('### octoform plan · `acme` — '), `${told}${ORIGIN}\n`])
    expect(ran.summary.startsWith(`${told}### Gains access\n`)).toBe(true)
    expect(ran.summary).toMatch(/\n\nApplied: 1 added, 1 changed, 1 deleted\.\n$/)
    expect(ran.summary).not.toMatch(/the log/i)

    const again = await made.apply()
    expect(again.code).toBe(0)
    const nothing = 'GitHub is as the configuration says: nothing was left to do.'
    expect(made.comments()).toHaveLength(2)
    expect(made.comments()[1]).toBe(`## octoform apply\n\n**No changes.**\n\n${nothing}\n\n${ORIGIN}\n`)
    expect(again.summary).toMatch(/\n\nNo changes\.\n$/)
  })

  it('an apply that cannot read all writes nothing, and says what it could not read', async () => {
    const made = await merged(product)
    const route = '/orgs/{org}/actions/secrets'
    // The plan of the push reads it first.
    await made.sandbox.fault({ method: 'GET', route, nth: 2, times: 1, status: 403, body: { message: 'No.' } })
    const ran = await made.apply()
    expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
    const [, comment = ''] = made.comments()
    for (const text of [comment, ran.summary]) {
      expect(text).toContain('## octoform apply\n\n**Not applied: unread. Something could not be read.**\n\n')
      expect(text).toContain(
        'Nothing was written. Run the jobs again once all can be read. `--allow incomplete` applies',
      )
      expect(text).toContain('it is not known whether the plan that was reviewed still holds. Nothing was written.')
      expect(text).toMatch(
        /### Could not be read\n\n```text\norgs\/acme: GET \/orgs\/acme\/actions\/secrets\S* 403 No\./,
      )
      expect(text).not.toMatch(/make a new plan|does not hold any more/i)
    }
    expect(acmeIn(made.sandbox).secrets).toMatchObject({ OLD: { value: 'old' } })
    expect(acmeIn(made.sandbox).secrets).not.toHaveProperty('NEW')
    expect(await made.apply()).toMatchObject({ code: 0 })
    expect(made.comments()[1]).toContain('**Applied: 1 added, 1 changed, 1 deleted.**')
  })

  it('a partial apply tells what was not done, and why', async () => {
    const made = await merged(product)
    const body = { message: 'Secret is locked by a policy.' }
    const route = '/orgs/{org}/actions/secrets/{secret_name}/repositories'
    await made.sandbox.fault({ method: 'PUT', route, status: 403, body })
    const ran = await made.apply()
    expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'apply_failed' } })
    const [, comment = ''] = made.comments()
    for (const text of [comment, ran.summary]) {
      expect(text).toContain(
        '## octoform apply\n\n**1 of 3 changes not done. Applied: 1 added, 0 changed, 1 deleted.**\n',
      )
      expect(text).toContain('Once the cause is gone, run the jobs again: what is done is not done twice.')
      expect(text).toContain(
        `### Not done (1)\n\n\`\`\`diff\n! ${SHARED}  failed\n    not done: repositories\n    why: `,
      )
      expect(text).toContain('Secret is locked by a policy.')
      expect(text).toContain(`<summary>Applied (2)</summary>\n\n\`\`\`diff\n+ ${NEW}  applied\n`)
      expect(text).not.toMatch(/see the log|log of the job/i)
    }
    const next = await made.apply()
    expect(next, next.stderr).toMatchObject({ code: 0 })
    expect(made.comments()).toHaveLength(2)
    expect(made.comments()[1]).toContain('**Applied: 0 added, 1 changed, 0 deleted.**')
  })

  told(() => {
    it('what is held back is named with its line, and is no failure of the rest', async () => {
      const yaml = YAML.replace(
        'SHARED: { visibility: selected, repositories: [web] }',
        'SHARED: { repositories: ["x-*"] }',
      )
      const made = await merged(product, { yaml })
      const ran = await made.apply()
      expect(ran).toMatchObject({ code: 2, outputs: { failure_reason: 'held_back' } })
      const [, comment = ''] = made.comments()
      for (const text of [comment, ran.summary]) {
        expect(text).toContain('**Applied: 1 added, 0 changed, 1 deleted. 1 held back.**')
        expect(text).toContain('What is held back is named below, with what would help; the next apply tries it again.')
        expect(text).toMatch(
          /### Held back[^\n]*\n\n```text\noctoform\.yaml:7:\d+: orgs\/acme\/secrets\/SHARED repositories: /,
        )
      }
    })

    it('a guard refuses: the comment names it, with the lines that approve the plan', async () => {
      const made = await merged(product, { yaml: `${YAML}guards: { protect: ["orgs/acme/secrets/OLD"] }\n` })
      const ran = await made.apply()
      expect(ran).toMatchObject({ code: 3, outputs: { failure_reason: 'guard_refused' } })
      const [, comment = ''] = made.comments()
      for (const text of [comment, ran.summary]) {
        expect(text).toContain(
          '**Not applied: guard_refused. A guard refuses.**\n\nNothing was written. If it is meant, ',
        )
        expect(text).toMatch(/protect: orgs\/acme\/secrets\/OLD is protected from deletion/)
        expect(text).toContain('approvals:\n  - { digest: DIGEST, allow: [protected], reason: "…" }')
      }
      expect(ran.stderr).toContain(
        '::error title=octoform%3A Not applied::Not applied: guard_refused. A guard refuses. A guard',
      )
      expect(acmeIn(made.sandbox).secrets).toHaveProperty('OLD')
    })

    it('a plan that does not hold any more is told on the spot: now and as it was reviewed, field by field', async () => {
      const made = await merged(product)
      // Somebody gives SHARED to another repository by hand, and takes OLD away.
      const path = '/orgs/acme/actions/secrets'
      const { body } = await made.sandbox.call('GET', '/repos/acme/admin')
      const { id } = body as { readonly id: number }
      const given = { selected_repository_ids: [id] }
      expect((await made.sandbox.call('PUT', `${path}/SHARED/repositories`, given)).status).toBe(204)
      expect((await made.sandbox.call('DELETE', `${path}/OLD`)).status).toBe(204)
      const ran = await made.apply()
      expect(ran).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
      const [, comment = ''] = made.comments()
      for (const text of [comment, ran.summary, ran.stderr]) {
        expect(text).toContain('The plan that was reviewed does not hold any more. Nothing was written.\n')
        expect(text).toMatch(/\n {2}digest: expected \S+,\s+and it is \S+\n/)
        expect(text).toContain('\n  orgs/acme/secrets/OLD  was reviewed, and is done already\n')
        expect(text).toContain(`\n  ${SHARED}  was changed since the plan was made: repositories\n`)
        expect(text).toMatch(
          /\n {6}now {6}~ {2}repositories: \+ web {2}- admin (?:\(wider\))?\n {6}reviewed ~ {2}repositories: \+ web {2}- api/,
        )
        expect(text).toMatch(/Make a new plan, have it reviewed, and apply that one\./)
      }
      for (const text of [comment, ran.summary]) {
        expect(text).toContain(
          '**Not applied: plan_changed. What was reviewed does not hold any more.**\n\nNothing was written. Open',
        )
      }
      expect(ran.stderr).toContain(
        'Not applied: plan_changed. What was reviewed does not hold any more. The plan of now is',
      )
    })

    it('where the repository is public, names are left out of what is told, and the reason is not', async () => {
      const admin = { ...ACME.repositories.admin, visibility: 'public' }
      const acme = { ...ACME, repositories: { ...ACME.repositories, admin } }
      const made = await merged(product, { seed: { ...SEED, organizations: { acme } } })
      const body = { message: 'no' }
      const route = '/orgs/{org}/actions/secrets/{secret_name}/repositories'
      await made.sandbox.fault({ method: 'PUT', route, status: 403, body })
      const ran = await made.apply()
      expect(ran.code).toBe(1)
      const [, comment = ''] = made.comments()
      for (const text of [comment, ran.summary]) {
        expect(text).not.toMatch(/SHARED|NEW\b|OLD|api\b/)
        expect(text).toContain(
          'organization secrets: 2 applied, 1 failed (403, PUT /orgs/{org}/actions/secrets/{secret_name}/repositories)',
        )
        expect(text).toContain('Names are left out because this repository is not private')
      }
      await made.sandbox.call('DELETE', '/orgs/acme/actions/secrets/SHARED')
      const again = await made.apply()
      expect(again.code).toBe(4)
      for (const text of [made.comments()[1], again.summary]) {
        expect(text).not.toMatch(/SHARED|NEW\b|OLD/)
        expect(text).toContain('The plan of now is another one than was reviewed. Nothing was written.')
      }
    })

    it('a value that is missing is named before anything is written', async () => {
      const made = await merged(product)
      const ran = await made.apply({ NEW_VALUE: '' })
      expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'value_missing' } })
      for (const text of [made.comments()[1], ran.summary]) {
        expect(text).toContain(
          '**Not applied: value_missing. A value is missing.**\n\nNothing was written. Give it to the job',
        )
        expect(text).toMatch(/### Why\n\n```text\norgs\/acme\/secrets\/NEW needs its value: /)
      }
    })

    it('where the token may not comment there is a warning, and the exit code stays', async () => {
      const made = await merged(product)
      await made.sandbox.fault({ route: '/repos/{owner}/{repo}/issues/{issue_number}/comments', status: 403, times: 9 })
      const ran = await made.apply()
      expect(ran).toMatchObject({ code: 0, outputs: { failure_reason: '' } })
      expect(made.comments()).toHaveLength(1)
      expect(ran.stderr).toMatch(
        /::warning title=octoform%3A The pull request was not updated::The end of the apply could not be reported on #7 of acme\/admin/,
      )
      expect(ran.stderr).toContain('with `pull-requests: write`.')
      expect(ran.summary).toContain('**Applied: 1 added, 1 changed, 1 deleted.**')
    })
  })
})
