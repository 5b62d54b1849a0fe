import { describe, expect } from 'vitest'
import { dependabotSecrets } from '../../src/families/dependabot-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { testAccess } from '../support/access-cases.ts'
import { settled, testSecretRequests } from '../support/secret-requests.ts'
import { testBesideActions } from '../support/secrets-beside-actions.ts'

const family = families.find(({ name }) => name === dependabotSecrets.name) ?? expect.unreachable()
const ORG = { family, facts: settled }

testAccess(ORG, ['env:A', 'env:B'])
for (const product of ['ghes-3.4', 'ghes-3.9']) testSecretRequests({ ...ORG, product }, 'dependabot', String)
for (const product of ['ghes-3.10', 'ghec', 'dotcom']) testSecretRequests({ ...ORG, product }, 'dependabot')

describe('on the sandbox', () => {
  testBesideActions('dependabot', ['ghes-3.4', 'ghes-3.9', 'ghes-3.10', 'ghec', 'dotcom'])
})
