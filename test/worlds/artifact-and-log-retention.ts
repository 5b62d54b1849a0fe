import type { Body, FamilyWorld, WorldFault } from './world.ts'

const keep = (days: number): Body => ({ artifact_and_log_retention: { days } })

/** One day more than a level may have. */
function moreThan(most: number, name: string): WorldFault {
  const told = new RegExp(`days: ${most + 1} is more than GitHub allows here: maximum_allowed_days is ${most}\\b`)
  return { name, stage: keep(most + 1), code: 2, told }
}

/** https://docs.github.com/rest/actions/permissions */
export const artifactAndLogRetentionWorld: FamilyWorld = {
  since: { '': [3, 19] },
  scopes: {
    enterprise: [
      {
        since: { '': ['ghes-3.19', 'ghec'] },
        seed: {},
        stages: [keep(400), keep(30)],
        faults: [moreThan(400, 'more than GitHub keeps')],
      },
    ],
    organization: [
      {
        seed: keep(120),
        stages: [keep(30), keep(200)],
        faults: [
          {
            name: 'it was lowered above meanwhile',
            stage: keep(200),
            answer: {
              method: 'PUT',
              route: '/orgs/{org}/actions/permissions/artifact-and-log-retention',
              status: 409,
              body: { message: 'Conflict' },
            },
            code: 1,
            told: /\b409 Conflict.*the level above holds it by policy/,
          },
          {
            name: 'it may not be read',
            stage: keep(30),
            answer: {
              method: 'GET',
              route: '/orgs/{org}/actions/permissions/artifact-and-log-retention',
              status: 404,
              body: { message: 'Not Found' },
            },
            code: 5,
            told: /could not be read/,
          },
        ],
      },
      {
        since: { '': ['ghes-3.19', 'ghec'] },
        above: keep(60),
        seed: keep(90),
        stages: [keep(14), keep(60)],
        faults: [moreThan(60, 'more than the enterprise keeps')],
      },
    ],
    repository: [
      {
        seed: { visibility: 'public' },
        stages: [keep(1), keep(90), keep(45)],
        faults: [{ ...moreThan(90, 'more than a public repository may have'), since: ['ghec', 'dotcom'] }],
      },
      {
        above: keep(20),
        seed: keep(10),
        stages: [keep(20), keep(5)],
        faults: [moreThan(20, 'more than the organization keeps')],
      },
    ],
  },
}
