import { test } from 'vitest'
import { putMany } from './put-many.ts'

test('1,000 secrets are put in one run, at the pace that GitHub takes', () => putMany(1000, 5))
