import { describe, expect } from 'vitest'
import { agentsSecrets } from '../../src/families/agents-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { testAccess } from '../support/access-cases.ts'
import { settled, testSecretRequests } from '../support/secret-requests.ts'
import { testBesideActions, testLackedByServer } from '../support/secrets-beside-actions.ts'

const family = families.find(({ name }) => name === agentsSecrets.name) ?? expect.unreachable()
const ORG = { family, facts: settled }

testAccess(ORG, ['env:A', 'env:B'])
testSecretRequests(ORG, 'agents')

describe('on the sandbox', () => {
  testBesideActions('agents', ['ghec', 'dotcom'])
  testLackedByServer('agents', ['ghes-3.4', 'ghes-3.19'])
})
