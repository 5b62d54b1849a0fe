import { expect, it } from 'vitest'
import { scopeNamed } from '../../src/core/scope.ts'
import { renderConfiguration, type ScopeBody } from '../../src/render/configuration.ts'

const LINE = 'version: 1\n'
const web = scopeNamed('repository', ['acme', 'web'])
const production = scopeNamed('environment', ['acme', 'web', 'production'])
const body = (value: boolean) => ({ permissions: { enabled: value } })

it('writes each scope below the keys of those around it, and leaves the bodies as they were', () => {
  const listed = { ...body(true), environments: { production: { wait_timer: 5 } } }
  const bodies: readonly ScopeBody[] = [
    { scope: scopeNamed('organization', ['acme']), body: body(false) },
    { scope: web, body: listed },
    { scope: production, body: { variables: { A: { value: '1' } } } },
    { scope: web, body: { cache: { size_limit_gb: 9 } } },
    { scope: scopeNamed('repository', ['acme', '__proto__']), body: body(true) },
  ]
  const before = structuredClone(bodies)
  expect(renderConfiguration(bodies, 'organization')).toBe(`${LINE}organizations:
  acme:
    permissions:
      enabled: false
    repositories:
      web:
        permissions:
          enabled: true
        environments:
          production:
            wait_timer: 5
            variables:
              A:
                value: "1"
        cache:
          size_limit_gb: 9
      __proto__:
        permissions:
          enabled: true
`)
  expect(bodies).toEqual(before)
})

it('takes time in proportion to the repositories', () => {
  const seconds = (count: number): number => {
    const bodies = Array.from({ length: count }, (_, index) => {
      return { scope: scopeNamed('repository', ['acme', `service-${index}`]), body: {} }
    })
    const started = process.cpuUsage()
    renderConfiguration(bodies, 'organization')
    return process.cpuUsage(started).user / 1e6
  }
  seconds(1000)
  const ratio = seconds(16_000) / seconds(4000)
  expect(ratio).toBeLessThan(8)
})
