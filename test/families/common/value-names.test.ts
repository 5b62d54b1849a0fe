import { expect, test } from 'vitest'
import { valueNameFault } from '../../../src/families/common/value-names.ts'

test.each([
  ['NPM_TOKEN', undefined],
  ['npm', undefined],
  ['_1', undefined],
  ['MY_GITHUB_X', undefined],
  ['github_x', '`github_x`: GitHub keeps names that start with GITHUB_ to itself'],
  ['1X', "`1X`: a variable's name cannot start with a digit"],
  ['A-B', "`A-B`: a variable's name holds only letters, digits and `_`"],
  ['É', "`É`: a variable's name holds only letters, digits and `_`"],
  ['', "``: a variable's name holds only letters, digits and `_`"],
  ['VALUE: hunter2', "`VALUE…`: a variable's name holds only letters, digits and `_`"],
])('%j: %s', (name, expected) => {
  expect(valueNameFault('variable')(name)).toBe(expected)
  expect(valueNameFault('secret')(name)).toBe(expected?.replace('variable', 'secret'))
})
