import { generateKeyPairSync } from 'node:crypto'
import type { FamilyWorld } from './world.ts'

const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })
const BILLING =
  'Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.'
const PUT = '/repos/{owner}/{repo}/environments/{environment_name}'

/** https://docs.github.com/rest/deployments/environments */
export const environmentsWorld: FamilyWorld = {
  since: {
    '': [3, 4],
    can_admins_bypass: [3, 9],
    deployment_protection_rules: [3, 10],
    prevent_self_review: [3, 11],
  },
  ae: { '': ['ghae'] },
  scopes: {
    repository: [
      {
        top: {
          apps: {
            gate: { id: 9, private_key_public: PEM, installations: { acme: {} } },
            other: { private_key_public: PEM, installations: { acme: {} } },
          },
        },
        above: { plan: 'enterprise', teams: { release: { id: 12 }, ops: { id: 13 } } },
        seed: {
          environments: {
            Shared: {
              id: 1,
              wait_timer: 60,
              can_admins_bypass: false,
              reviewers: [{ team: 'release' }, { user: 'monalisa' }],
              deployment_branch_policy: 'custom_branch_policies',
              deployment_branch_policies: [
                { id: 21, branch: 'main' },
                { id: 22, branch: 'dev' },
              ],
              deployment_protection_rules: [{ id: 23, app: 'gate' }],
              secrets: { TOKEN: { value: 'planted-live-value-3f0b' } },
            },
            kept: {
              id: 2,
              deployment_branch_policy: 'protected_branches',
              deployment_branch_policies: [
                { id: 24, branch: 'anything/*' },
                { id: 25, branch: 'main' },
              ],
            },
            open: { id: 3, wait_timer: 5, reviewers: [{ team: 'ops' }] },
            old: { id: 4, secrets: { GONE: { value: 'planted-live-value-3f0b' } } },
            tmp1: { id: 5 },
            unmentioned: { id: 6, wait_timer: 7 },
          },
        },
        stages: [
          {
            prune: ['environments/tmp*'],
            environments: {
              prod: {
                wait_timer: 30,
                prevent_self_review: true,
                can_admins_bypass: false,
                reviewers: [{ user: 'monalisa' }, { team: 'Release' }],
                deployment_branch_policy: 'custom_branch_policies',
                deployment_branch_policies: ['main', 'release/*'],
                deployment_protection_rules: ['gate'],
              },
              'eu/west:1': { deployment_branch_policy: 'protected_branches' },
              plain: {},
              // All else of it stays as GitHub has it.
              shared: {
                add_reviewers: [{ team: 'ops' }],
                remove_reviewers: [{ user: 'monalisa' }],
                add_deployment_branch_policies: ['release/*'],
                remove_deployment_branch_policies: ['dev'],
                add_deployment_protection_rules: ['other'],
                remove_deployment_protection_rules: ['gate'],
              },
              kept: { deployment_branch_policies: ['main', 'hotfix/*'] },
              open: { wait_timer: 10, reviewers: [] },
              old: 'absent',
            },
          },
          {
            environments: {
              prod: {
                wait_timer: 0,
                prevent_self_review: false,
                can_admins_bypass: true,
                reviewers: [{ team: 'ops' }],
                deployment_branch_policies: [],
                deployment_protection_rules: [],
              },
              'EU/West:1': { deployment_branch_policy: 'all' },
              shared: { wait_timer: 61 },
              open: { reviewers: [{ team: 'ops' }, { user: 'monalisa' }] },
            },
          },
          {
            environments: {
              prod: { deployment_branch_policy: 'all', reviewers: [] },
              shared: { deployment_branch_policy: 'protected_branches' },
            },
          },
        ],
        faults: [
          {
            name: 'a plan without reviewers',
            stage: { environments: { new: { reviewers: [{ team: 'release' }] } } },
            answer: { method: 'PUT', route: PUT, status: 422, body: { message: BILLING } },
            code: 1,
            told: /billing plan supports the required reviewers/,
          },
          {
            name: 'a team that cannot be found',
            stage: { environments: { open: { reviewers: [{ team: 'nobody' }, { user: 'monalisa' }] } } },
            lookUps: ['GET /orgs/acme/teams/nobody'],
            code: 0,
            told: /team:acme\/nobody cannot be found with these credentials/,
          },
          {
            name: 'reviewers of whom none is left',
            stage: { environments: { open: { wait_timer: 6, reviewers: [{ user: 'nobody' }] } } },
            lookUps: ['GET /users/nobody'],
            code: 2,
            told: /`reviewers` comes to nothing: a list is never emptied by that/,
          },
          {
            name: 'self-review without reviewers',
            since: [3, 11],
            stage: { environments: { tmp1: { wait_timer: 6, prevent_self_review: true } } },
            code: 2,
            told: /prevent_self_review: true needs reviewers/,
          },
          {
            name: 'a switch to patterns that nobody sees',
            stage: { environments: { kept: { deployment_branch_policy: 'custom_branch_policies' } } },
            code: 2,
            told: /custom_branch_policies needs deployment_branch_policies: the list that GitHub kept cannot be seen/,
          },
        ],
      },
      {
        seed: {
          visibility: 'public',
          environments: {
            pages: {
              deployment_branch_policy: 'custom_branch_policies',
              deployment_branch_policies: ['main', 'dev'],
            },
          },
        },
        stages: [
          {
            environments: {
              pages: { deployment_branch_policies: ['main', 'release/*'] },
              solo: { wait_timer: 1 },
            },
          },
        ],
      },
    ],
  },
}
