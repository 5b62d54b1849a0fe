import type { Body, FamilyWorld } from './world.ts'

const access = (access_level: string): Body => ({ workflow_access: { access_level } })
const ROUTE = '/repos/{owner}/{repo}/actions/permissions/access'

/** https://docs.github.com/rest/actions/permissions */
export const workflowAccessWorld: FamilyWorld = {
  since: { '': [3, 5] },
  scopes: {
    repository: [
      {
        seed: { visibility: 'internal' },
        stages: [access('organization'), access('none')],
        faults: [
          {
            name: 'it may not be read',
            stage: access('organization'),
            answer: {
              method: 'GET',
              route: ROUTE,
              status: 403,
              body: { message: 'Must have admin rights to Repository.' },
            },
            code: 5,
            told: /could not be read/,
          },
          {
            name: 'it was made public meanwhile',
            stage: access('organization'),
            answer: {
              method: 'PUT',
              route: ROUTE,
              status: 422,
              body: { message: 'Access policy only applies to internal and private repositories.' },
            },
            code: 1,
            told: /\b422 Access policy only applies to internal and private repositories/,
          },
        ],
      },
      {
        seed: { visibility: 'internal', ...access('organization') },
        stages: [access('none'), access('organization')],
      },
    ],
  },
}
