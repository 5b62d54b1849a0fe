import { expect, it } from 'vitest'
import { once } from '../../src/core/once.ts'

it('makes a value when it is first asked for, and never again', () => {
  let made = 0
  const value = once(() => {
    made += 1
    return { made }
  })
  expect(made).toBe(0)
  expect(value()).toBe(value())
  expect(made).toBe(1)
})
