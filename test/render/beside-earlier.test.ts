import { describe, expect, it } from 'vitest'
import { besideEarlier } from '../../src/render/beside-earlier.ts'
import { formatMarker, parseMarker } from '../../src/render/marker.ts'

function issue(units: string | undefined, text: string): string {
  const about = { kind: 'drift', host: 'api.github.com', owner: 'acme', configuration: 'octoform.yaml' } as const
  return `${formatMarker({ ...about, units })}\n${text}`
}

describe('what a run found beside an earlier text', () => {
  it('stands above it, with the units of both', () => {
    const both = besideEarlier(issue('b c', 'found today'), issue('a b', 'told before\r\nin two lines')) ?? ''
    const [first = '', ...rest] = both.split('\n')
    expect(parseMarker(first)?.units).toBe('a b c')
    expect(rest.join('\n')).toMatch(/^found today\n\n<details>.*\n\ntold before\nin two lines\n\n<\/details>$/)
  })

  it.each([
    ['it is told of already', issue('a', 'x'), issue('a b', 'y')],
    ['the earlier names no units', issue('a', 'x'), issue(undefined, 'y')],
    ['the new one names none', issue(undefined, 'x'), issue('a', 'y')],
    ['the earlier has no marker', issue('a', 'x'), 'y'],
    ['both are too long', issue('a', 'x'.repeat(40_000)), issue('b', 'y'.repeat(40_000))],
  ])('is left out where %s', (_, text, earlier) => {
    expect(besideEarlier(text, earlier)).toBeUndefined()
  })
})
