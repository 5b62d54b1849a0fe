import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

function seedOf(count: number): object {
  const names = Array.from({ length: count }, (_, index) => `r${String(index + 1).padStart(3, '0')}`)
  return {
    organizations: {
      acme: {
        permissions: { enabled_repositories: 'selected', repositories: names },
        repositories: Object.fromEntries(names.map((name, index) => [name, { id: index + 1 }])),
      },
    },
  }
}

function linksOf(header: string | undefined): Record<string, string> {
  const links = [...(header ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)]
  return Object.fromEntries(links.map(([, url, rel]) => [rel, url]))
}

describe('lists', () => {
  it.each([
    ['', 30],
    ['?per_page=100', 100],
    ['?per_page=1000', 100],
    ['?per_page=0', 30],
    ['?per_page=x&page=y', 30],
    ['?per_page=50&page=3', 20],
    ['?per_page=50&page=4', 0],
  ])('"%s" gives a page of %i out of 120', async (query, size) => {
    const { call } = await withSandbox({ seed: seedOf(120) })
    const { body } = await call('GET', `/orgs/acme/actions/permissions/repositories${query}`)
    expect(body).toMatchObject({ total_count: 120 })
    expect((body as { repositories: object[] }).repositories).toHaveLength(size)
    expect((await call('GET', `/orgs/acme/repos${query}`)).body).toHaveLength(size)
  })

  it.each(['ghec', 'ghes-3.19'])('of %s link their pages under the address that was asked', async (product) => {
    const { call, url } = await withSandbox({ seed: seedOf(120), product })
    const first = `${url}/orgs/acme/repos?per_page=50&type=all`
    const ids: number[] = []
    let next: string | undefined = first
    const rels: string[] = []
    while (next !== undefined) {
      const { body, headers } = await call('GET', next)
      ids.push(...(body as { id: number }[]).map(({ id }) => id))
      const links = linksOf(headers.link)
      rels.push(Object.keys(links).sort().join(' '))
      for (const link of Object.values(links)) {
        expect(link).toMatch(new RegExp(`^${url}/orgs/acme/repos\\?per_page=50&type=all&page=\\d$`))
      }
      next = links.next
    }
    expect(rels).toEqual(['last next', 'first last next prev', 'first prev'])
    expect(new Set(ids).size).toBe(120)
  })

  it('of one page have no Link header', async () => {
    const { call } = await withSandbox({ seed: seedOf(30) })
    expect((await call('GET', '/orgs/acme/repos')).headers.link).toBeUndefined()
  })
})
