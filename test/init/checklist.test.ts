import { describe, expect, it } from 'vitest'
import { checklist } from '../../src/init/checklist.ts'
import { newAppLink } from '../../src/init/new-app-link.ts'

const WEB = 'https://github.example.com'
const FACTS = { repository: 'acme/admin', branch: 'trunk', owners: ['acme'], enterprises: [], web: WEB } as const

describe('the page of a new App', () => {
  const link = (owners: readonly string[], permissions = {}): URL =>
    new URL(newAppLink({ web: WEB, owners, purpose: 'plan', permissions }))

  it('is that of the organization, with the permissions sorted', () => {
    expect(link(['acme'], { secrets: 'read', actions: 'read' }).href).toBe(
      `${WEB}/organizations/acme/settings/apps/new?name=octoform+plan+acme&url=https%3A%2F%2Fgithub.example.com&public=false&webhook_active=false&actions=read&secrets=read`,
    )
  })

  it('makes an App that others can install only where there are more organizations', () => {
    expect(link(['acme', 'beta']).searchParams.get('public')).toBe('true')
    expect(link(['acme']).searchParams.get('public')).toBe('false')
  })

  it('keeps to the length that GitHub takes for a name, and takes nothing of an owner as markup', () => {
    expect(link(['a'.repeat(39)]).searchParams.get('name')).toBe(`octoform plan ${'a'.repeat(20)}`)
    expect(link(['a&b/../c']).pathname).toBe('/organizations/a%26b%2F..%2Fc/settings/apps/new')
  })
})

describe('the list of what is left to do', () => {
  it('has a box for each step, and a page or a command', () => {
    const text = checklist({ ...FACTS, needs: { plan: { secrets: 'read' }, apply: { secrets: 'write' } } })
    expect(text.match(/^\[ \] /gm)).toHaveLength(5)
    expect(text).toContain(`${WEB}/acme/admin/settings/rules/new?target=branch\n`)
    expect(text).toContain('secrets=read\n')
    expect(text).toContain('secrets=write\n')
    expect(text).toContain('limited to the branch trunk')
  })

  it('has no link that it would have to guess', () => {
    const text = checklist({ ...FACTS, repository: undefined, needs: undefined })
    expect(text).not.toContain('http')
    expect(text).not.toContain('--repo')
    expect(text).toContain('This repository is not known')
  })

  it('has a step more for an enterprise', () => {
    const text = checklist({ ...FACTS, enterprises: ['enterprises/acme-inc'], needs: undefined })
    expect(text.match(/^\[ \] /gm)).toHaveLength(6)
    expect(text).toContain('OCTOFORM_ENTERPRISE_TOKEN')
  })
})
