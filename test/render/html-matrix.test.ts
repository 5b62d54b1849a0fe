import { describe, expect, it } from 'vitest'
import { planOfOwner } from '../../src/core/plan-of-owner.ts'
import { openLinks } from '../../src/render/html-link.ts'
import { matricesHtml } from '../../src/render/html-matrix.ts'
import { buildPlan } from '../support/plan-builder.ts'

describe('what stays open to all', () => {
  const open = ['orgs/acme/permissions', 'orgs/beta/permissions']
  const plan = buildPlan([], { reach: { repositories: [], rows: [], open } })

  it('is named, though no repository is', () => {
    const page = [...matricesHtml(plan, { wording: 'plan', links: openLinks(plan, {}) })]
      .map(({ markup }) => markup)
      .join('')
    expect(page).toContain('2 addresses open to all repositories by a mode, before and after')
    expect(page).toContain('<code>orgs/acme/permissions</code>')
  })

  it('is that of one owner in the part of that', () => {
    expect(planOfOwner(plan, 'acme').reach).toEqual({ repositories: [], rows: [], open: ['orgs/acme/permissions'] })
    expect(planOfOwner(plan, 'gamma').reach).toEqual({ repositories: [], rows: [] })
  })
})
